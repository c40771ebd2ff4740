// Regions: the separate tables on a sheet.
//
// A region is cells without an empty row or column through all of them. Found
// by cutting the sheet at empty rows, each piece at empty columns, and so on
// until nothing is left to cut.
// Cost: a sort for each round of cuts, of which there are at most
// kRegionRoundsMax; independent of how far apart the cells stand.
#pragma once

#include <vector>

#include "documents/formats/sheet/cells.h"

namespace cairn {

inline constexpr int kRegionRoundsMax = 12;

struct Region {
  CellRange bounds;
  std::vector<SheetCell> cells;  // By row, then column.
};

// In reading order: by the first row, then by the first column.
std::vector<Region> FindRegions(std::vector<SheetCell> cells);

}  // namespace cairn
