#include "documents/formats/rtf/rtf_styles.h"

#include <cstddef>

#include "documents/formats/rtf/rtf_text.h"

namespace cairn {
namespace {

constexpr std::size_t kFontsMax = 10'000;
constexpr std::size_t kStylesMax = 10'000;

}  // namespace

std::string_view RtfStyles::UseFont(int font) {
  font_ = font;
  const auto found = charsets_.find(font);
  return found == charsets_.end() ? std::string_view() : found->second;
}

void RtfStyles::DefineFont(int font_charset) {
  if (charsets_.size() < kFontsMax) {
    charsets_[font_] = CharsetOfFont(font_charset);
  }
}

void RtfStyles::Word(const RtfToken& token) {
  if (token.text == "s") style_ = token.number;
  if (token.text == "outlinelevel") outline_ = token.number;
}

// "heading 1" is in the style sheet of every language; so is \outlinelevel.
void RtfStyles::EndStyle(std::string_view text) {
  const std::string_view name = text.substr(0, text.find(';'));
  if (name.starts_with("heading ") && name.size() == 9 && name[8] >= '1' &&
      name[8] <= '9') {
    outline_ = name[8] - '1';
  } else if (name == "Title") {
    outline_ = 0;
  }
  if (outline_ < kRtfBodyLevel && outlines_.size() < kStylesMax) {
    outlines_[style_] = outline_;
  }
  style_ = 0;
  outline_ = kRtfBodyLevel;
}

int RtfStyles::OutlineOf(int style) const {
  const auto found = outlines_.find(style);
  return found == outlines_.end() ? kRtfBodyLevel : found->second;
}

}  // namespace cairn
