// Signs: what a code point is to words, names and sentences.
//
// Place: of text/ alone. Pure; threads: safe.
#pragma once

namespace cairn {

inline bool IsApostrophe(char32_t sign) {
  return sign == '\'' || sign == 0x2019;
}

// Han and kana: no space tells where a word of them ends.
inline bool IsUnspaced(char32_t sign) {
  return (sign >= 0x3040 && sign <= 0x30ff && sign != 0x30fb) ||
         (sign >= 0x3400 && sign <= 0x4dbf) ||
         (sign >= 0x4e00 && sign <= 0x9fff) || sign == 0x3005 ||
         (sign >= 0x20000 && sign <= 0x3ffff);
}

inline bool IsHangul(char32_t sign) { return sign >= 0xac00 && sign <= 0xd7a3; }

}  // namespace cairn
