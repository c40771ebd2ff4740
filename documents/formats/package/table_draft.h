// TableDraft: a table as a format's parser gathers it, before it is written.
//
// Place: between the parsers of packages and DocumentBuilder, so that spans,
// gaps, header rows and tables that are mere layout are judged in one place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/document_builder.h"

namespace cairn {

struct DraftCell {
  std::string text;
  std::uint32_t column = 0;
  std::uint32_t row_span = 1, column_span = 1;
  bool header = false;
};

struct TableDraft {
  std::string caption;
  std::vector<std::vector<DraftCell>> rows;  // Cells by column.
  std::uint32_t header_rows = 0;  // Leading rows that the file marks as such.

  bool empty() const;
  std::uint32_t columns() const;
};

// A single cell, or a single column: its content is read as if the table were
// not there.
bool IsLayout(const TableDraft& table);

// 1 when the first row looks like the names of the columns, else 0; the rule
// of the CSV parser.
std::uint32_t GuessHeaderRows(const TableDraft& table);

// Drops cells that claim columns of a cell before them or hang in from above,
// and clips spans to the limits.
void WriteTable(TableDraft table, DocumentBuilder& builder);

// As a table; the cells of a layout as paragraphs.
void WriteTableOrText(TableDraft table, DocumentBuilder& builder);

// "a b; c d": the table in one line, for a cell that holds it.
std::string InOneLine(const TableDraft& table);

}  // namespace cairn
