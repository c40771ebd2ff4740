// HtmlTables: a <table> element to rows of cells.
//
// Place: under WriteHtml. Places cells on the grid as the HTML standard says
// (row and column spans), with bounds on what a span may claim.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/html/html_tree.h"

namespace cairn {

struct HtmlCell {
  const GumboNode* node = nullptr;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1, column_span = 1;
  bool header = false;
};

struct HtmlTable {
  const GumboNode* caption = nullptr;
  std::vector<std::vector<HtmlCell>> rows;
  std::uint32_t header_rows = 0;

  // One cell or one column without headers, or tables inside one that has
  // neither headers nor a caption: a layout whose content is read as if the
  // table were not there.
  bool layout = false;
};

HtmlTable ReadHtmlTable(const GumboNode& table);

// All visible text inside, line breaks as spaces.
std::string HtmlTextOf(const GumboNode& node);

// The same of a cell, whose pictures say something only where no words stand: a
// flag beside a name is decoration, and the name is what is asked for.
std::string HtmlCellTextOf(const GumboNode& cell);

// What is not simply the text inside: alternative texts of pictures, check
// boxes, raised digits, sources of formulas. False: `element` is none of them.
bool AppendSpecial(const GumboNode& element, std::string& out);

}  // namespace cairn
