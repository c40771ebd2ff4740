// ReadXlsSheet: the cells of a worksheet, its comments, its text boxes and its
// drawing.
//
// Place: under XlsParser. Threads: none. Limits: kMergesMax areas; comments and
// boxes count as cells.
// Errors: INVALID_ARGUMENT: TOO_MANY_CELLS, TEXT_TOO_LARGE.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/sheet/cells.h"
#include "documents/formats/xls/xls_workbook.h"

namespace cairn {

struct XlsComment {
  std::uint32_t row = 0, column = 0;
  std::string author, text;
};

struct XlsSheet {
  Sheet sheet;
  std::vector<XlsComment> comments;
  std::vector<std::string> boxes;
  std::string drawing;                   // Records that ReadDrawing reads.
  std::vector<std::string> chart_texts;  // Titles of charts, axes and series.
  std::size_t charts = 0, old_pictures = 0;
};

// `entry`: one of the workbook's, which must outlive the sheet.
StatusOr<XlsSheet> ReadXlsSheet(std::string_view stream,
                                const XlsSheetEntry& entry,
                                const XlsWorkbook& workbook,
                                const Limits& limits, SheetBudget& budget);

}  // namespace cairn
