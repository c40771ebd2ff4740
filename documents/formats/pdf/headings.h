// Headings among the blocks of a document, and their levels.
#pragma once

#include <string>
#include <vector>

#include "documents/formats/pdf/line_blocks.h"

namespace cairn::pdf {

// Turns paragraphs and list items that are headings into such. Looks at the
// whole document: its body size, whether its body is bold, its outline.
void MarkHeadings(std::vector<LineBlock>& blocks,
                  const std::vector<Bookmark>& outline);

// All lines of a block in one, parted by spaces.
std::string PlainText(const LineBlock& block);

}  // namespace cairn::pdf
