#include "documents/formats/package/title.h"

#include <array>
#include <string>

#include "documents/document_builder.h"
#include "text/utf8.h"

namespace cairn {
bool IsSensibleTitle(std::string_view title) {
  const std::string plain = LowerAscii(TrimWhiteSpace(title));
  if (plain.size() < 3) return false;
  constexpr std::array kGeneric = {
      "powerpoint presentation", "powerpoint-pr", "word document", "untitled",
      "microsoft word - ",       "microsoft pow", "slide 1",       "book1",
      "présentation powerpoint", "document1",     "presentation1"};
  for (const std::string_view start : kGeneric) {
    if (plain.starts_with(start)) return false;
  }
  for (const std::string_view end :
       {".doc", ".docx", ".docm", ".dot", ".dotx", ".ppt", ".pptx", ".xls",
        ".xlsx", ".odt", ".ods", ".odp", ".rtf"}) {
    if (plain.ends_with(end)) return false;
  }
  return true;
}

}  // namespace cairn
