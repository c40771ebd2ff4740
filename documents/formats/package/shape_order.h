// ShapeOrder: in which order people read the boxes on a slide.
//
// The slide is cut at its widest gaps, across or along, and each part again,
// until no gap is left; boxes that overlap keep the order they were given in.
// Cost: a sort for each of at most kShapeCutsMax rounds.
#pragma once

#include <cstddef>
#include <vector>

namespace cairn {

inline constexpr int kShapeCutsMax = 24;

struct ShapeBox {
  double left = 0, top = 0, right = 0, bottom = 0;
};

// Indexes of `boxes` in reading order.
std::vector<std::size_t> ReadingOrder(const std::vector<ShapeBox>& boxes);

}  // namespace cairn
