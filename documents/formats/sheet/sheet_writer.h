// WriteSheet: the cells of a sheet to tables and paragraphs.
#pragma once

#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/sheet/cells.h"

namespace cairn {

// A range that the workbook itself declares to be a table.
struct DeclaredTable {
  CellRange range;
  std::uint32_t header_rows = 1;
  std::string name;  // Empty, or one that somebody chose.
};

void WriteSheet(const Sheet& sheet, const std::vector<DeclaredTable>& declared,
                DocumentBuilder& builder);

}  // namespace cairn
