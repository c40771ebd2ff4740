// ShapeOrder: in which order people read the boxes on a slide.
//
// The slide is cut at its widest gaps, across or along, and each part again,
// until no gap is left; boxes that overlap keep the order they were given in.
// Cost: a sort for each of at most kShapeCutsMax rounds.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace cairn {

inline constexpr int kShapeCutsMax = 24;

struct ShapeBox {
  double left = 0, top = 0, right = 0, bottom = 0;
};

// From the coordinates inside a group to those of the slide.
struct ShapeScale {
  double x = 0, y = 0, wide = 1, high = 1;

  ShapeBox OnSlide(const ShapeBox& box) const {
    return {x + box.left * wide, y + box.top * high, x + box.right * wide,
            y + box.bottom * high};
  }
  // Of a group that stands at `own` (in these coordinates) and spans `inner` in
  // its own; the same where that is empty.
  ShapeScale Inside(const ShapeBox& own, const ShapeBox& inner) const;
};

// Indexes of `boxes` in reading order.
std::vector<std::size_t> ReadingOrder(const std::vector<ShapeBox>& boxes);
// In the order given when the place of one is unknown.
std::vector<std::size_t> ReadingOrder(
    const std::vector<std::optional<ShapeBox>>& boxes);

}  // namespace cairn
