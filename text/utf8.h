// UTF-8 walking, for the rest of text/. Invalid bytes read as U+FFFD, one byte
// at a time, so that every loop ends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

constexpr char32_t kReplacement = 0xfffd;

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  // Bytes it takes, at least 1.
};

// `offset` < text.size().
CodePoint DecodeAt(std::string_view text, std::size_t offset);
void AppendUtf8(std::string& out, char32_t value);

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
inline bool IsAscii(char sign) {
  return static_cast<unsigned char>(sign) < 0x80;
}

}  // namespace cairn
