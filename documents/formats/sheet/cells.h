// Cells: what a sheet shows, whatever program wrote it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

// Rows and columns from 0, both ends inside.
struct CellRange {
  std::uint32_t top = 0, left = 0, bottom = 0, right = 0;

  bool Holds(std::uint32_t row, std::uint32_t column) const {
    return row >= top && row <= bottom && column >= left && column <= right;
  }
};

// "B7" or "$B$7:D9"; false when it is none.
bool ParseCellRange(std::string_view text, CellRange& range);

// "B7".
std::string CellName(std::uint32_t row, std::uint32_t column);

struct SheetCell {
  CellRange area;         // More than one cell when merged.
  std::string_view text;  // Lives as long as the sheet and its source.
};

struct Sheet {
  std::vector<SheetCell> cells;  // By row, then column; none without text.
  std::deque<std::string> texts;
  std::size_t formulas_without_result = 0;
};

// What all sheets of a file have taken so far.
struct SheetBudget {
  std::size_t cells = 0, text_bytes = 0;
};

// Adds a cell unless its text is empty. INVALID_ARGUMENT: TOO_MANY_CELLS,
// TEXT_TOO_LARGE.
Status AddSheetCell(std::string_view text, std::uint32_t row,
                    std::uint32_t column, const Limits& limits,
                    SheetBudget& budget, Sheet& sheet);

// Sorts by row and column and lets the merged areas of `merges` belong to
// their first cells, clipped to the rows and columns in use.
void PlaceMerges(const std::vector<CellRange>& merges, Sheet& sheet);

}  // namespace cairn
