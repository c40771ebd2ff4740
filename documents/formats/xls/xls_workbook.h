// XlsWorkbook: what the sheets of an old Excel file share.
//
// Life cycle: Read once; the stream must outlive it. Threads: none.
// Errors: INVALID_ARGUMENT: ENCRYPTED_PACKAGE, UNSUPPORTED_VERSION (before
// Excel 5), DAMAGED_OLE_FILE, TEXT_TOO_LARGE, TOO_MANY_CELLS.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/ooxml/number_format.h"
#include "documents/formats/xls/biff.h"

namespace cairn {

struct XlsSheetEntry {
  std::string name;
  // Its records in the stream. No two sheets share one, or reading them would
  // cost more than the file is long.
  std::size_t begin = 0, end = 0;
  bool hidden = false;
  bool worksheet = true;  // Else a chart or a macro sheet.
  bool code = false;      // Macros and Visual Basic.
};

class XlsWorkbook {
 public:
  static StatusOr<XlsWorkbook> Read(std::string_view stream,
                                    const Limits& limits);

  const std::vector<XlsSheetEntry>& sheets() const { return sheets_; }
  // Empty for an index out of range.
  std::string_view SharedString(std::size_t index) const;
  // A number as the cell's style shows it.
  std::string Shown(double value, std::size_t style) const;
  // What the drawings of all sheets share; empty: nothing.
  std::string_view drawing_group() const { return drawing_group_; }
  // Unicode strings; else bytes of the code page.
  bool biff8() const { return biff8_; }
  // The string at `at` of a record, with its count before it.
  std::string TextAt(const BiffRecord& record, std::size_t at,
                     bool short_count = false) const;

 private:
  Status ReadGlobal(const BiffRecord& record, const Limits& limits);
  Status ReadStrings(const BiffRecord& record, const Limits& limits);
  void ReadSheetEntry(const BiffRecord& record);
  void MakeFormats();
  void SetEnds(std::size_t stream_bytes);

  std::vector<XlsSheetEntry> sheets_;
  std::vector<std::string> strings_;
  std::vector<std::pair<int, std::string>> codes_;  // By number of the format.
  std::vector<int> format_of_style_;                // Numbers of formats.
  std::vector<NumberFormat> formats_;
  std::vector<std::size_t> shown_;  // Index into formats_ by style.
  std::string drawing_group_;
  int code_page_ = 1252;
  bool biff8_ = true, from_1904_ = false;
};

}  // namespace cairn
