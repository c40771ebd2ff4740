// Columns of rows of items: where white space runs down between them.
//
// A river is a vertical strip that the items of most rows leave free, with text
// on both sides in enough of them. Rows with few items (titles, subheadings,
// spanning heads) have no say. Linear in items and page width. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/table_items.h"

namespace cairn::pdf {

struct RiverOptions {
  float left = 0, right = 0;  // The strip that is looked at.
  std::size_t rows_min = 2;   // That must have text on both sides.
  float share_min = 0.2F;     // Of the rows with a say.
};

// Middles of the rivers, ascending.
std::vector<float> FindRivers(const std::vector<const TextRow*>& rows,
                              const RiverOptions& options);

}  // namespace cairn::pdf
