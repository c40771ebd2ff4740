#include "documents/formats/pdf/page_text.h"

#include <algorithm>

namespace cairn::pdf {
namespace {

Rect Rotated(const Rect& rect, float cosine, float sine) {
  Rect out{1e9F, 1e9F, -1e9F, -1e9F};
  for (const float x : {rect.left, rect.right}) {
    for (const float y : {rect.top, rect.bottom}) {
      const float u = x * cosine + y * sine;
      const float v = y * cosine - x * sine;
      out.Include({u, v, u, v});
    }
  }
  return out;
}

bool Within(char32_t sign, char32_t first, char32_t last) {
  return sign >= first && sign <= last;
}

}  // namespace

void Rect::Include(const Rect& other) {
  left = std::min(left, other.left);
  top = std::min(top, other.top);
  right = std::max(right, other.right);
  bottom = std::max(bottom, other.bottom);
}

Rect Turn::ToReading(const Rect& page) const {
  return Rotated(page, cosine, sine);
}

Rect Turn::ToPage(const Rect& reading) const {
  return Rotated(reading, cosine, -sine);
}

std::string Line::Text(const char* gap) const {
  std::string out;
  for (const Piece& piece : pieces) {
    if (!out.empty()) out += gap;
    out += piece.text;
  }
  return out;
}

std::uint32_t Line::letters() const {
  std::uint32_t sum = 0;
  for (const Piece& piece : pieces) sum += piece.letters;
  return sum;
}

std::uint32_t Line::signs() const {
  std::uint32_t sum = 0;
  for (const Piece& piece : pieces) sum += piece.signs;
  return sum;
}

Box Line::PageBox() const {
  const Rect rect = turn.ToPage(box);
  return {page, rect.left, rect.top, rect.right, rect.bottom};
}

void AppendSign(std::string& out, char32_t sign) {
  static constexpr const char* kLigatures[] = {"ff",  "fi", "fl", "ffi",
                                               "ffl", "st", "st"};
  if (Within(sign, 0xfb00, 0xfb06)) {
    out += kLigatures[sign - 0xfb00];
  } else {
    AppendUtf8(out, sign);
  }
}

bool IsRightToLeft(char32_t sign) {
  return Within(sign, 0x590, 0x8ff) || Within(sign, 0xfb1d, 0xfdff) ||
         Within(sign, 0xfe70, 0xfefe);
}

bool IsIdeograph(char32_t sign) {
  return Within(sign, 0x2e80, 0x9fff) || Within(sign, 0xf900, 0xfaff) ||
         Within(sign, 0xff00, 0xff60) || Within(sign, 0x20000, 0x3ffff);
}

bool IsLetter(char32_t sign) {
  if (sign < 0x80) {
    return Within(sign | 0x20, 'a', 'z');
  }
  return sign >= 0xaa && sign != 0xab && sign != 0xac && sign != 0xad &&
         !Within(sign, 0xae, 0xb4) && !Within(sign, 0xb6, 0xb9) &&
         !Within(sign, 0xbb, 0xbf) && sign != 0xd7 && sign != 0xf7 &&
         !Within(sign, 0x2000, 0x2bff) && !Within(sign, 0x3000, 0x303f) &&
         !Within(sign, 0xe000, 0xf8ff) && !Within(sign, 0xff00, 0xff20);
}

// Case is asked of Latin, Greek and Cyrillic only, without a locale.
bool IsLowerCase(char32_t sign) {
  if (sign < 0x80) return Within(sign, 'a', 'z');
  if (Within(sign, 0xdf, 0xff)) return sign != 0xf7;
  if (Within(sign, 0x100, 0x17f)) return sign % 2 == 1;
  return Within(sign, 0x3ac, 0x3ce) || Within(sign, 0x430, 0x45f);
}

bool IsUpperCase(char32_t sign) {
  if (sign < 0x80) return Within(sign, 'A', 'Z');
  if (Within(sign, 0xc0, 0xde)) return sign != 0xd7;
  if (Within(sign, 0x100, 0x17f)) return sign % 2 == 0;
  return Within(sign, 0x386, 0x3ab) || Within(sign, 0x400, 0x42f);
}

}  // namespace cairn::pdf
