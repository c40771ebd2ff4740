// Heads over several columns: how far they reach.
//
// The text of such a head is often narrower than the columns it stands over. A
// rule right below it tells them; else it reaches over those columns whose own
// heads it is centred on. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/table_items.h"
#include "documents/formats/pdf/table_rows.h"

namespace cairn::pdf {

// The columns of each head in `row` that stands over more than one of the heads
// in the lines `below`, down to the first row of values. `xs` are the borders
// of the columns.
std::vector<ColumnRange> FindWideHeads(const std::vector<const TextRow*>& row,
                                       const std::vector<const TextRow*>& below,
                                       const std::vector<float>& xs,
                                       const std::vector<Ruling>& rulings);

// A rule between the lines that is under `item`, but not under all of the
// table; null: none.
const Ruling* RuleUnder(const Item& item, float below,
                        const std::vector<float>& xs,
                        const std::vector<Ruling>& rulings);

}  // namespace cairn::pdf
