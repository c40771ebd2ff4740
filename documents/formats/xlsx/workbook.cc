#include "documents/formats/xlsx/workbook.h"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/formats/ooxml/built_in_format.h"

namespace cairn {
namespace {

constexpr std::size_t kStylesMax = 100'000;
constexpr std::size_t kSheetsMax = 10'000;

void AppendUnescaped(std::string_view text, std::string& out) {
  for (;;) {
    const std::size_t at = text.find("_x00");
    if (at == std::string_view::npos || text.size() - at < 7) break;
    const std::string_view code = text.substr(at + 4, 3);
    out += text.substr(0, at);
    if (code == "0D_" || code == "0A_" || code == "09_") {
      out.push_back(code == "09_" ? '\t' : '\n');
      text.remove_prefix(at + 7);
    } else if (code == "5F_") {
      out.push_back('_');
      text.remove_prefix(at + 7);
    } else {
      out += text.substr(at, 4);
      text.remove_prefix(at + 4);
    }
  }
  out += text;
}

}  // namespace

std::string RichText(XmlNode item) {
  std::string out;
  for (const XmlNode child : item.children()) {
    const std::string_view name = LocalName(child);
    if (name == "t") AppendUnescaped(AllText(child), out);
    if (name == "r") AppendUnescaped(AllText(ChildOf(child, "t")), out);
  }
  return out;
}

StatusOr<Workbook> Workbook::Read(OpcPackage& package) {
  CAIRN_ASSIGN_OR_RETURN(const std::string part,
                         package.MainPart("xl/workbook.xml"));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<XmlDocument> main,
                         package.Load(part));
  const Relationships relationships = package.RelationshipsOf(part);
  Workbook workbook;
  workbook.from_1904_ =
      IsTrue(AttributeOf(ChildOf(main->root(), "workbookPr"), "date1904"));
  for (const XmlNode node : ChildOf(main->root(), "sheets").children()) {
    const auto found = relationships.find(PrefixedAttributeOf(node, "id"));
    if (found == relationships.end() || workbook.sheets_.size() >= kSheetsMax) {
      continue;
    }
    SheetEntry sheet;
    sheet.name = AttributeOf(node, "name");
    sheet.part = found->second.target;
    sheet.type = found->second.type;
    const std::string_view state = AttributeOf(node, "state");
    sheet.hidden = state == "hidden" || state == "veryHidden";
    workbook.sheets_.push_back(std::move(sheet));
  }
  if (const auto styles =
          package.LoadIfAny(TargetOfType(relationships, "styles"))) {
    workbook.ReadStyles(styles->root());
  }
  if (const auto strings =
          package.LoadIfAny(TargetOfType(relationships, "sharedStrings"))) {
    workbook.ReadStrings(strings->root());
  }
  return workbook;
}

void Workbook::ReadStyles(XmlNode styles) {
  std::map<int, std::string> codes;
  for (const XmlNode node : ChildOf(styles, "numFmts").children()) {
    codes.emplace(NumberOf(AttributeOf(node, "numFmtId"), -1),
                  AttributeOf(node, "formatCode"));
  }
  std::map<int, std::size_t> known;
  for (const XmlNode node : ChildOf(styles, "cellXfs").children()) {
    if (!Is(node, "xf") || format_of_style_.size() >= kStylesMax) continue;
    const int id = NumberOf(AttributeOf(node, "numFmtId"), 0);
    const auto [at, is_new] = known.try_emplace(id, formats_.size());
    if (is_new) {
      const auto code = codes.find(id);
      formats_.emplace_back(code == codes.end() ? BuiltInFormat(id)
                                                : code->second);
    }
    format_of_style_.push_back(at->second);
  }
}

void Workbook::ReadStrings(XmlNode strings) {
  for (const XmlNode item : strings.children()) {
    if (Is(item, "si")) strings_.push_back(RichText(item));
  }
}

std::string_view Workbook::SharedString(std::size_t index) const {
  return index < strings_.size() ? std::string_view(strings_[index])
                                 : std::string_view();
}

std::string Workbook::Shown(double value, std::size_t style) const {
  if (style >= format_of_style_.size()) return GeneralNumber(value);
  return formats_[format_of_style_[style]].Apply(value, from_1904_);
}

}  // namespace cairn
