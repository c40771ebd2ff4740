// Tokens: what the rules look at, words, numbers and marks with their place.
//
// Place: every file of models/rules works on a vector of tokens of one region
// (a block, a cell). Spans point into the whole text.
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"

namespace cairn::rules {

enum class TokenKind : std::uint8_t { kWord, kNumber, kMark };

struct Token {
  ByteSpan span;
  char32_t mark = 0;  // Of a kMark: its sign.
  TokenKind kind = TokenKind::kMark;
  bool capital = false;  // A word with an upper case letter in front.
  bool starts_sentence = false;
  bool space_before = false;
  bool possessive = false;  // "'s" follows; it is not part of the span.

  bool IsWord() const { return kind == TokenKind::kWord; }
  bool IsNumber() const { return kind == TokenKind::kNumber; }
  bool IsMark(char32_t sign) const {
    return kind == TokenKind::kMark && mark == sign;
  }
};

using Tokens = std::vector<Token>;

// Initials ("J."), "U.S." and common abbreviations ("Dr.", "Inc.") keep their
// full stop; "Jean-Luc" is one word, "two-year" is three tokens; "1,234.5" and
// "1990s" are one number; "'s" is cut off.
Tokens Tokenize(std::string_view text, ByteSpan region);

// Two capitals or more and no small letter: "NASA", "U.S.".
bool IsAcronym(std::string_view word);

}  // namespace cairn::rules
