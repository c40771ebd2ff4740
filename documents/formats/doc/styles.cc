#include "documents/formats/doc/styles.h"

#include <algorithm>
#include <string>

#include "documents/formats/ole/little_endian.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// Word's own styles have numbers that are the same in every language.
constexpr unsigned kHeading1 = 1;
constexpr unsigned kHeading9 = 9;
constexpr unsigned kTitle = 62;
constexpr unsigned kMacro = 45;
constexpr unsigned kHtmlPreformatted = 101;
constexpr unsigned kNoStyle = 0xfff;
constexpr unsigned kParagraphStyle = 1;
constexpr std::size_t kNameMax = 255;

struct RawStyle {
  DocStyle own;
  unsigned based_on = kNoStyle;
};

bool NamesCode(std::string_view name) {
  const std::string lower = LowerAscii(name);
  const auto has = [&](std::string_view part) {
    return lower.find(part) != std::string::npos;
  };
  return (has("code") && !has("barcode")) || has("preformatted") ||
         has("source text");
}

// [MS-DOC 2.9.260]: numbers, a name, then lists of properties of which the
// first is the paragraph's.
RawStyle ReadStyle(std::string_view entry, std::size_t base_bytes) {
  RawStyle style;
  const unsigned number = U16At(entry, 0) & 0xfff;
  style.based_on = U16At(entry, 2) >> 4;
  if ((U16At(entry, 2) & 0xf) != kParagraphStyle) return style;
  const std::size_t length = U16At(entry, base_bytes);
  const std::string name =
      Utf16ToUtf8(Slice(entry, base_bytes + 2, 2 * std::min(length, kNameMax)));
  std::size_t at = base_bytes + 2 + 2 * length + 2;
  at += at & 1;
  const std::string_view list = Slice(entry, at + 2, U16At(entry, at));
  DocData none("");
  ApplyParagraphChanges(Slice(list, 2), none, style.own.format);
  if (number >= kHeading1 && number <= kHeading9 &&
      style.own.format.outline_level < 0) {
    style.own.format.outline_level = static_cast<int>(number - kHeading1);
  }
  style.own.title = number == kTitle;
  style.own.code =
      number == kMacro || number == kHtmlPreformatted || NamesCode(name);
  return style;
}

DocStyle Resolve(const std::vector<RawStyle>& styles, std::size_t index) {
  DocStyle out = styles[index].own;
  unsigned at = styles[index].based_on;
  for (int step = 0; step < kStyleDepthMax && at < styles.size(); ++step) {
    const DocStyle& base = styles[at].own;
    ParagraphFormat& format = out.format;
    if (format.outline_level < 0) {
      format.outline_level = base.format.outline_level;
    }
    if (format.list < 0) format.list = base.format.list;
    if (format.list_level < 0) format.list_level = base.format.list_level;
    out.code = out.code || base.code;
    if (styles[at].based_on == at) break;
    at = styles[at].based_on;
  }
  return out;
}

}  // namespace

DocStyles::DocStyles(std::string_view table, const Fib& fib) {
  const DocPart part = fib.Part(DocPartIndex::kStyles);
  const std::string_view sheet = Slice(table, part.at, part.size);
  const std::size_t head = U16At(sheet, 0);
  const std::size_t count =
      std::min<std::size_t>(U16At(sheet, 2), kDocStylesMax);
  const std::size_t base_bytes = U16At(sheet, 4);
  std::vector<RawStyle> raw;
  std::size_t at = 2 + head;
  for (std::size_t i = 0; i < count && at + 2 <= sheet.size(); ++i) {
    const std::size_t size = U16At(sheet, at);
    const std::string_view entry = Slice(sheet, at + 2, size);
    raw.push_back(entry.empty() ? RawStyle() : ReadStyle(entry, base_bytes));
    at += 2 + size;
    at += at & 1;
  }
  for (std::size_t i = 0; i < raw.size(); ++i) {
    styles_.push_back(Resolve(raw, i));
  }
}

const DocStyle& DocStyles::Of(int style) const {
  static const DocStyle* const none = new DocStyle();
  const auto index = static_cast<std::size_t>(style);
  return style >= 0 && index < styles_.size() ? styles_[index] : *none;
}

}  // namespace cairn
