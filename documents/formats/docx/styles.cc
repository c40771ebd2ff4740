#include "documents/formats/docx/styles.h"

#include <algorithm>
#include <utility>

#include "text/utf8.h"

namespace cairn {
namespace {

constexpr int kInheritanceMax = 32;

// Word names its own styles in English in every language.
void ReadName(std::string_view name, ParagraphStyle& style) {
  if (name.starts_with("heading ") || name.starts_with("heading")) {
    const std::string_view digits =
        name.substr(name.starts_with("heading ") ? 8 : 7);
    const int level = NumberOf(digits, 0);
    if (digits.size() == 1 && level >= 1 && level <= 9 &&
        style.outline_level < 0) {
      style.outline_level = level - 1;
    }
  }
  if (name == "title") style.title = true;
  if (name.find("code") != std::string_view::npos ||
      name.find("preformatted") != std::string_view::npos ||
      name.find("source text") != std::string_view::npos || name == "macro" ||
      name == "macro text") {
    style.code = name.find("barcode") == std::string_view::npos;
  }
}

}  // namespace

std::optional<bool> DrawsRowsOf(XmlNode table_properties) {
  const XmlNode line = ChildAt(table_properties, "tblBorders", "insideH");
  if (!line) return std::nullopt;
  const std::string_view kind = AttributeOf(line, "val");
  return kind != "nil" && kind != "none";
}

ParagraphStyle ReadParagraphProperties(XmlNode properties) {
  ParagraphStyle style;
  if (const XmlNode outline = ChildOf(properties, "outlineLvl")) {
    style.outline_level =
        std::clamp(NumberOf(AttributeOf(outline, "val"), 9), 0, 9);
  }
  if (const XmlNode numbering = ChildOf(properties, "numPr")) {
    if (const XmlNode list = ChildOf(numbering, "numId")) {
      style.list = NumberOf(AttributeOf(list, "val"), 0);
    }
    if (const XmlNode level = ChildOf(numbering, "ilvl")) {
      style.list_level =
          std::clamp(NumberOf(AttributeOf(level, "val"), 0), 0, 8);
    }
  }
  return style;
}

DocxStyles::DocxStyles(XmlNode styles) {
  for (const XmlNode node : styles.children()) {
    if (!Is(node, "style")) continue;
    const std::string_view type = AttributeOf(node, "type");
    const std::string id(AttributeOf(node, "styleId"));
    if (type == "table") {
      const std::optional<bool> draws = DrawsRowsOf(ChildOf(node, "tblPr"));
      table_styles_.emplace(
          id, TableStyle{.based_on = std::string(
                             AttributeOf(ChildOf(node, "basedOn"), "val")),
                         .says = draws.has_value(),
                         .draws_rows = draws.value_or(false)});
    }
    if (type != "paragraph" && !type.empty()) continue;
    Style style;
    style.name = LowerAscii(AttributeOf(ChildOf(node, "name"), "val"));
    style.based_on = AttributeOf(ChildOf(node, "basedOn"), "val");
    style.own = ReadParagraphProperties(ChildOf(node, "pPr"));
    ReadName(style.name, style.own);
    if (IsTrue(AttributeOf(node, "default"))) default_ = id;
    styles_.emplace(id, std::move(style));
  }
}

bool DocxStyles::DrawsRows(std::string_view table_style) const {
  std::string at(table_style);
  for (int step = 0; step < kInheritanceMax; ++step) {
    const auto found = table_styles_.find(at);
    if (found == table_styles_.end()) return false;
    if (found->second.says) return found->second.draws_rows;
    at = found->second.based_on;
  }
  return false;
}

ParagraphStyle DocxStyles::Of(std::string_view id) const {
  ParagraphStyle out;
  std::string at(id.empty() ? std::string_view(default_) : id);
  if (!styles_.contains(at)) {
    ReadName(LowerAscii(at), out);
    return out;
  }
  for (int step = 0; step < kInheritanceMax && !at.empty(); ++step) {
    const auto found = styles_.find(at);
    if (found == styles_.end()) break;
    const ParagraphStyle& style = found->second.own;
    if (out.outline_level < 0) out.outline_level = style.outline_level;
    if (out.list < 0) out.list = style.list;
    if (out.list_level < 0) out.list_level = style.list_level;
    out.title |= style.title && step == 0;
    out.code |= style.code;
    if (found->second.based_on == at) break;
    at = found->second.based_on;
  }
  return out;
}

}  // namespace cairn
