// Signs of UTF-8, as base/utf8.h reads and writes them, and ASCII.
#pragma once

#include <string>
#include <string_view>

#include "base/utf8.h"

namespace cairn {

inline bool IsAsciiLetter(char sign) {
  return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z');
}
inline bool IsAsciiDigit(char sign) { return sign >= '0' && sign <= '9'; }
inline bool IsAsciiAlnum(char sign) {
  return IsAsciiLetter(sign) || IsAsciiDigit(sign);
}
inline bool IsAsciiUpper(char sign) { return sign >= 'A' && sign <= 'Z'; }
inline bool IsAsciiLower(char sign) { return sign >= 'a' && sign <= 'z'; }
inline bool IsAsciiSpace(char sign) {
  return sign == ' ' || (sign >= '\t' && sign <= '\r');
}
inline char AsciiLower(char sign) {
  return IsAsciiUpper(sign) ? static_cast<char>(sign - 'A' + 'a') : sign;
}
// ASCII letters in lower case, all other bytes as they are.
std::string LowerAscii(std::string_view text);
// Letters of every alphabet in lower case.
std::string LowerLetters(std::string_view text);
inline bool IsAscii(char sign) {
  return static_cast<unsigned char>(sign) < 0x80;
}

}  // namespace cairn
