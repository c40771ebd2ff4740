// Blocks from lines: paragraphs, headings, list items, tables as rows, code.
//
// Paragraphs end at wider leading, indents, short last lines, changes of font
// and list markers; one that runs over the end of a column or a page is joined
// again. Headings are larger or bolder than the body, or named by the outline;
// levels come from the outline where it knows them, else from the order of
// sizes. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdf_file.h"
#include "domain/document.h"

namespace cairn::pdf {

struct LineBlock {
  BlockType type = BlockType::kParagraph;
  std::uint8_t level = 0;
  // Rows of a table-like block: line breaks and wide gaps are kept.
  bool tabular = false;
  std::int32_t table = -1;  // Of the document; its line is a stand-in.
  std::vector<Line> lines;  // At least one.
};

// `pages[i]` are the lines of page i + 1 in reading order.
std::vector<LineBlock> MakeBlocks(std::vector<std::vector<Line>> pages,
                                  const std::vector<Bookmark>& outline);

// Size of most of the text; 0 without any.
float BodySize(const std::vector<LineBlock>& blocks);

// Letters and digits only, lower case; to compare titles.
std::string Comparable(const std::string& text);

}  // namespace cairn::pdf
