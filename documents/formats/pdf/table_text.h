// Canonical text of a table: a line a row, cells parted by " | ".
//
// One slot for every column, empty where no cell begins, as in the tables of
// the other formats (documents/document_builder.h). Pure.
#pragma once

#include <string>

#include "documents/formats/pdf/table_layout.h"
#include "domain/document.h"

namespace cairn::pdf {

// Lines of a cell as one text: a word cut by a hyphen keeps the hyphen.
std::string CellText(const PageCell& cell);

// Appends the rows of `table` to `text`. The block and the caption are left for
// the caller.
Table WriteTable(const PageTable& table, std::string& text);

// "Table 3: ...", "Tab. 2", "Figure 1.4".
bool IsCaptionText(const std::string& text);

// Joins tables that run on over pages: `next` begins its page and has the
// columns of `table`, which ends the page before. A head that is repeated is
// kept once. False: they are two tables.
bool JoinTables(PageTable& table, const PageTable& next);

}  // namespace cairn::pdf
