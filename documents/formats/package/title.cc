#include "documents/formats/package/title.h"

#include <array>
#include <string>

#include "documents/document_builder.h"

namespace cairn {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& sign : out) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
  }
  return out;
}

}  // namespace

bool IsSensibleTitle(std::string_view title) {
  const std::string plain = Lower(TrimWhiteSpace(title));
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
