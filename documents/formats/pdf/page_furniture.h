// Running headers, footers and page numbers: what repeats on page after page
// and belongs to no sentence.
//
// A line at the edge of its page goes when the same line (digits aside) stands
// in the same place on several pages; lines of one number only when the number
// counts with the pages. Pure.
#pragma once

#include <vector>

#include "documents/formats/pdf/page_text.h"

namespace cairn::pdf {

// `pages[i]` are the lines of page i + 1.
void DropFurniture(std::vector<std::vector<Line>>& pages);

}  // namespace cairn::pdf
