// Lines in reading order from pieces scattered over a page.
//
// Columns of prose are read one after the other; what stands in rows (tables,
// forms) is read row by row. A vertical gap is a gutter between columns when
// many rows agree on it and both sides read like prose, or one side is a
// justified column and the other does not keep step with its lines. Headings
// and figures across all columns part a page into bands. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

// `region` is the number of the first region and is counted up. Page, turn and
// the like are left for the caller.
std::vector<Line> OrderLines(const std::vector<Piece>& pieces,
                             std::uint32_t& region);

}  // namespace cairn::pdf
