// Tables of Word documents: rows, cells, merges.
#pragma once

#include <string>
#include <vector>

#include "documents/formats/package/table_draft.h"
#include "documents/formats/package/xml.h"

namespace cairn {

// Gives the text of a cell's content.
class DocxTableText {
 public:
  virtual ~DocxTableText() = default;
  virtual std::string CellText(XmlNode cell) = 0;
};

// No row has two cells, and it is no list in a grid: several rows of one
// paragraph each with lines between them (`draws_rows`).
bool IsDocxLayout(XmlNode table, bool draws_rows);

// Every cell in reading order.
std::vector<XmlNode> DocxCells(XmlNode table);

TableDraft ReadDocxTable(XmlNode table, DocxTableText& text);

}  // namespace cairn
