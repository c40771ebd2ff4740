// MakePptTable: the cells of a table out of the places of its shapes.
#pragma once

#include <string>
#include <vector>

#include "documents/formats/package/shape_order.h"
#include "documents/formats/package/table_draft.h"

namespace cairn {

struct PptCell {
  ShapeBox box;  // In the coordinates of the group.
  std::string text;
};

// Cells that begin at one line share a row or a column; one that reaches over
// lines at which others begin spans them. Cost: sorting.
TableDraft MakePptTable(std::vector<PptCell> cells);

}  // namespace cairn
