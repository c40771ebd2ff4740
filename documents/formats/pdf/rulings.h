// Rulings put together and into grids.
//
// Pure geometry, in points of reading space. Linear but for sorting; joining
// lines into grids compares every horizontal with every vertical one, of at
// most 3000 each.
#pragma once

#include <cstddef>
#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

// Pieces of one line, and lines drawn twice, become one; what is too short to
// part cells is dropped.
std::vector<Ruling> MergeRulings(std::vector<Ruling> rulings);

// Lines that touch each other, or horizontal ones alone that begin and end in
// the same places.
struct Grid {
  Rect box;
  std::vector<float> xs, ys;  // Borders of columns and rows, ascending.
  std::vector<Ruling> across, down;
  // The first or last of `ys` is no ruling but where vertical ones end.
  bool loose_top = false, loose_bottom = false;
  bool open = false;  // Horizontal lines alone: no column is ruled.
};

// Grids of horizontal and vertical lines, at least two rows or columns.
std::vector<Grid> FindGrids(const std::vector<Ruling>& rulings);

// Whether a line of `rulings` lies at `at` and covers most of [from, to].
bool IsRuled(const std::vector<Ruling>& rulings, float at, float from,
             float to);

}  // namespace cairn::pdf
