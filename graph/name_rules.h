// Name rules: which names may be linked, and where a name may stand.
//
// Place: the one definition that writing (links between documents) and asking
// (names in a question) share. Pure functions over folded tokens.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/span.h"

namespace cairn {

// Longer tokens are cut to this size when a chunk is stored; no name with such
// a token is linked, so nothing that could match is lost.
inline constexpr std::size_t kTokenBytesMax = 64;

// One folded token of running text.
struct TextToken {
  std::string term;
  ByteSpan span;        // Of the canonical text.
  bool marked = false;  // StandsOut(surface).
};

// True where the surface holds a capital letter, a digit, or a letter of a
// script without capitals.
bool StandsOut(std::string_view surface);

// Folded tokens of `text`, their spans moved by `offset`.
std::vector<TextToken> TokensOf(std::string_view text, std::uint32_t offset);

// Whether a name may have this token, at this place, as its anchor; those are
// the tokens that a chunk is found again by.
bool IsAnchorToken(const TextToken& token);

std::vector<std::string_view> SplitName(std::string_view normalized);

// Index of the anchor: the longest token that is no stop word, the first of
// equals; the longest of all when there are only stop words.
std::size_t AnchorOf(std::span<const std::string_view> tokens);

// What kind of name this is, as far as linking cares.
enum class NameShape {
  kLinkable,
  kShort,      // One token of fewer than three letters.
  kStopWords,  // Nothing else.
  kNumeric,    // Digits, ordinals and month names only.
  kTooLong,    // A token of more than kTokenBytesMax bytes.
};
NameShape ShapeOf(std::span<const std::string_view> tokens);

}  // namespace cairn
