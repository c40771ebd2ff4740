#include "text/utf8.h"

#include <unicode/uchar.h>

namespace cairn {

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& sign : lower) sign = AsciiLower(sign);
  return lower;
}

std::string LowerLetters(std::string_view text) {
  std::string lower;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = DecodeAt(text, at);
    at += point.size;
    AppendUtf8(lower, static_cast<char32_t>(
                          u_tolower(static_cast<UChar32>(point.value))));
  }
  return lower;
}

}  // namespace cairn
