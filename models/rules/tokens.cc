#include "models/rules/tokens.h"

#include <algorithm>
#include <utility>

#include "models/rules/lexicon.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

// Letters by block, without a Unicode library: punctuation, symbols, emoji and
// the replacement sign are none. Good enough to find word borders of names.
bool IsLetter(char32_t sign) {
  if (sign < 0x80) return IsAsciiLetter(static_cast<char>(sign));
  if (sign < 0xc0) return sign == 0xaa || sign == 0xb5 || sign == 0xba;
  if (sign == 0xd7 || sign == 0xf7) return false;
  if (sign >= 0x2000 && sign < 0x2c00) return false;
  if (sign >= 0x3000 && sign < 0x3005) return false;
  if (sign >= 0x3008 && sign < 0x3021) return false;
  if (sign >= 0xe000 && sign < 0xf900) return false;
  if (sign >= 0xff00 && sign < 0xff10) return false;
  return sign != kReplacement && sign < 0x1f000;
}

bool IsPairedUpper(char32_t sign) {
  const bool even = sign % 2 == 0;
  if (sign >= 0x100 && sign <= 0x137) return even;
  if (sign >= 0x139 && sign <= 0x148) return !even;
  if (sign >= 0x14a && sign <= 0x177) return even;
  if (sign >= 0x179 && sign <= 0x17e) return !even;
  if (sign >= 0x200 && sign <= 0x233) return even;
  if (sign >= 0x460 && sign <= 0x4bf) return even;
  if (sign >= 0x4d0 && sign <= 0x52f) return even;
  return sign >= 0x1e00 && sign <= 0x1eff && even;
}

bool IsUpper(char32_t sign) {
  if (sign < 0x80) return IsAsciiUpper(static_cast<char>(sign));
  if (sign >= 0xc0 && sign <= 0xde) return sign != 0xd7;
  if (sign == 0x178) return true;
  if (sign >= 0x386 && sign <= 0x3ab) return sign != 0x390;
  if (sign >= 0x400 && sign <= 0x42f) return true;
  if (sign >= 0x531 && sign <= 0x556) return true;
  return IsPairedUpper(sign);
}

bool IsDigit(char32_t sign) { return sign >= '0' && sign <= '9'; }
bool IsSpace(char32_t sign) {
  return sign <= ' ' || sign == 0xa0 || sign == 0x3000 ||
         (sign >= 0x2000 && sign <= 0x200a);
}
bool IsApostrophe(char32_t sign) { return sign == '\'' || sign == 0x2019; }

// Makes the tokens of one region, left to right.
class Scanner {
 public:
  Scanner(std::string_view text, ByteSpan region)
      : text_(text.substr(0, std::min<std::size_t>(region.end, text.size()))),
        at_(std::min<std::size_t>(region.begin, text_.size())) {}

  Tokens Run() {
    while (SkipSpace()) {
      const CodePoint point = Peek(at_);
      if (IsLetter(point.value)) {
        ScanWord();
      } else if (IsDigit(point.value)) {
        ScanNumber();
      } else {
        ScanMark(point);
      }
    }
    return std::move(tokens_);
  }

 private:
  CodePoint Peek(std::size_t at) const {
    if (at >= text_.size()) return {.value = 0, .size = 0};
    return DecodeAt(text_, at);
  }

  bool SkipSpace() {
    space_ = false;
    int breaks = 0;
    while (at_ < text_.size()) {
      const CodePoint point = Peek(at_);
      if (!IsSpace(point.value)) return true;
      breaks += point.value == '\n' ? 1 : 0;
      if (breaks >= 2) sentence_ = true;
      space_ = true;
      at_ += point.size;
    }
    return false;
  }

  Token& Emit(TokenKind kind, std::size_t end) {
    Token token;
    token.span = {static_cast<std::uint32_t>(at_),
                  static_cast<std::uint32_t>(end)};
    token.kind = kind;
    token.space_before = space_;
    token.starts_sentence = sentence_;
    if (kind != TokenKind::kMark) sentence_ = false;
    at_ = end;
    tokens_.push_back(token);
    return tokens_.back();
  }

  // "-Luc", "-upon-Avon", "-16" after a capitalised part: its end, else `at`.
  std::size_t HyphenPart(std::size_t at) const {
    if (Peek(at).value != '-') return at;
    const char32_t next = Peek(at + 1).value;
    if (IsUpper(next) || IsDigit(next)) return at + 1;
    std::size_t small = at + 1;
    while (small < at + 7 && IsLetter(Peek(small).value)) {
      small += Peek(small).size;
    }
    const bool bridge = small > at + 1 && Peek(small).value == '-' &&
                        IsUpper(Peek(small + 1).value);
    return bridge ? small + 1 : at;
  }

  std::size_t LettersEnd(std::size_t at) const {
    while (true) {
      const CodePoint point = Peek(at);
      if (point.size == 0) return at;
      if (IsApostrophe(point.value)) {
        const CodePoint next = Peek(at + point.size);
        if (!IsLetter(next.value)) return at;
        const bool s = next.value == 's' || next.value == 'S';
        const char32_t after = Peek(at + point.size + next.size).value;
        if (s && !IsLetter(after)) return at;
      } else if (!IsLetter(point.value) && !IsDigit(point.value)) {
        return at;
      }
      at += point.size;
    }
  }

  // "J." and "U.S.": single capitals, each with its full stop.
  std::size_t InitialsEnd(std::size_t at) const {
    std::size_t end = at;
    while (true) {
      const CodePoint letter = Peek(end);
      if (!IsUpper(letter.value)) return end;
      if (Peek(end + letter.size).value != '.') return end;
      end += letter.size + 1;
    }
  }

  void ScanWord() {
    const std::size_t begin = at_;
    std::size_t end = InitialsEnd(begin);
    const bool initials = end > begin;
    // "U.S.Air" is two words; "J.R" is rare enough.
    if (!initials) end = LettersEnd(begin);
    const bool capital = IsUpper(Peek(begin).value) || IsMixed(begin, end);
    if (capital && !initials) {
      for (std::size_t next = HyphenPart(end); next != end;
           next = HyphenPart(end)) {
        end = LettersEnd(next);
      }
    }
    if (!initials && Peek(end).value == '.' &&
        IsAbbreviation(LowerAscii(text_.substr(begin, end - begin)))) {
      ++end;
    }
    Token& token = Emit(TokenKind::kWord, end);
    token.capital = capital;
    token.possessive = SkipPossessive();
  }

  // "iPhone", "eBay": small first, a capital second or third.
  bool IsMixed(std::size_t begin, std::size_t end) const {
    const std::size_t last = std::min(end, begin + 3);
    for (std::size_t i = begin + 1; i < last; ++i) {
      if (IsAsciiUpper(text_[i])) return true;
    }
    return false;
  }

  bool SkipPossessive() {
    const CodePoint apostrophe = Peek(at_);
    if (!IsApostrophe(apostrophe.value)) return false;
    const char32_t s = Peek(at_ + apostrophe.size).value;
    if (s != 's' && s != 'S') return false;
    if (IsLetter(Peek(at_ + apostrophe.size + 1).value)) return false;
    at_ += apostrophe.size + 1;
    return true;
  }

  void ScanNumber() {
    std::size_t end = at_;
    while (true) {
      const char32_t sign = Peek(end).value;
      const bool joint =
          (sign == ',' || sign == '.') && IsDigit(Peek(end + 1).value);
      if (!IsDigit(sign) && !joint) break;
      ++end;
    }
    // "1990s", "12th", "3D"; longer letters are a unit of their own ("5km").
    const std::size_t letters = LettersEnd(end);
    const std::string tail = LowerAscii(text_.substr(end, letters - end));
    if (IsNumberEnding(tail)) end = letters;
    Emit(TokenKind::kNumber, end);
  }

  void ScanMark(CodePoint point) {
    const bool ends = point.value == '.' || point.value == '!' ||
                      point.value == '?' || point.value == 0x3002;
    Emit(TokenKind::kMark, at_ + point.size).mark = point.value;
    sentence_ = sentence_ || ends;
  }

  std::string_view text_;
  std::size_t at_;
  bool space_ = false;
  bool sentence_ = true;
  Tokens tokens_;
};

}  // namespace

Tokens Tokenize(std::string_view text, ByteSpan region) {
  return Scanner(text, region).Run();
}

bool IsAcronym(std::string_view word) {
  int capitals = 0;
  for (const char sign : word) {
    if (IsAsciiLower(sign)) return false;
    capitals += IsAsciiUpper(sign) ? 1 : 0;
  }
  return capitals >= 2;
}

}  // namespace cairn::rules
