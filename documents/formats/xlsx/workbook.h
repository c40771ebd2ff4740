// Workbook: what the sheets of an Excel file share.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/ooxml/number_format.h"
#include "documents/formats/ooxml/opc_package.h"

namespace cairn {

struct SheetEntry {
  std::string name;
  std::string part;
  std::string type;  // "worksheet", "chartsheet", ...
  bool hidden = false;
};

class Workbook {
 public:
  static StatusOr<Workbook> Read(OpcPackage& package);

  const std::vector<SheetEntry>& sheets() const { return sheets_; }
  // Empty for an index out of range.
  std::string_view SharedString(std::size_t index) const;
  // A number as the cell's style shows it.
  std::string Shown(double value, std::size_t style) const;

 private:
  void ReadStyles(XmlNode styles);
  void ReadStrings(XmlNode strings);

  std::vector<SheetEntry> sheets_;
  std::vector<std::string> strings_;
  std::vector<NumberFormat> formats_;
  std::vector<std::size_t> format_of_style_;
  bool from_1904_ = false;
};

// The text of a string item or a comment: rich runs joined, phonetic guides
// left out, "_x000D_" undone.
std::string RichText(XmlNode item);

}  // namespace cairn
