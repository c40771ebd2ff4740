// RtfStyles: the character sets of a file's fonts, and which of its styles are
// headings.
//
// Place: under RtfReader. Threads: none. Limits: 10,000 of each.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "documents/formats/rtf/rtf_lexer.h"

namespace cairn {

inline constexpr int kRtfBodyLevel = 9;  // \outlinelevel of other text.

class RtfStyles {
 public:
  // The character set of a font; empty: the document's own.
  std::string_view UseFont(int font);
  // Of the font used last, which the table of fonts is about to define.
  void DefineFont(int font_charset);

  // A word within the style sheet.
  void Word(const RtfToken& token);
  // `text`: its name, then other things.
  void EndStyle(std::string_view text);
  // From 0; kRtfBodyLevel: no heading.
  int OutlineOf(int style) const;

 private:
  std::map<int, std::string_view> charsets_;
  int font_ = 0;
  std::map<int, int> outlines_;
  int style_ = 0, outline_ = kRtfBodyLevel;  // The one being defined.
};

}  // namespace cairn
