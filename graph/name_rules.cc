#include "graph/name_rules.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/months.h"
#include "text/words.h"

namespace cairn {
namespace {

bool IsDigit(char sign) { return sign >= '0' && sign <= '9'; }

// "12", "2nd", "1990s".
bool IsNumeric(std::string_view token) {
  std::size_t digits = 0;
  while (digits < token.size() && IsDigit(token[digits])) ++digits;
  if (digits == 0) return false;
  const std::string_view ending = token.substr(digits);
  return ending.empty() || ending == "st" || ending == "nd" || ending == "rd" ||
         ending == "th" || ending == "s";
}

std::size_t LettersOf(std::string_view token) {
  return static_cast<std::size_t>(
      std::count_if(token.begin(), token.end(), [](char sign) {
        return (static_cast<unsigned char>(sign) & 0xc0) != 0x80;
      }));
}

// The code point at `at`, and `at` moved behind it; 0 for what is malformed.
std::uint32_t Next(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
  if (more == 0) return 0;
  std::uint32_t value = lead & (0x3fU >> more);
  for (int i = 0; i < more && at < text.size(); ++i) {
    value = value << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  }
  return value;
}

// Latin Extended-A pairs a capital with the next small letter; the parity of
// the capital changes at 0x139 and 0x14a, and back at 0x179.
bool IsLatinExtendedCapital(std::uint32_t point) {
  if (point == 0x178) return true;
  const bool odd = (point >= 0x139 && point <= 0x148) || point >= 0x179;
  return point != 0x138 && point != 0x149 && point != 0x17f &&
         (point % 2 == 1) == odd;
}

// Text of a caseless script always stands out: nothing tells its names apart.
bool StandsOutBeyondAscii(std::uint32_t point) {
  if (point < 0xc0) return false;
  if (point < 0x100) return point < 0xdf && point != 0xd7;
  if (point < 0x180) return IsLatinExtendedCapital(point);
  if (point < 0x370) return false;  // Other Latin, marks.
  if (point < 0x400) return point >= 0x386 && point < 0x3ac && point != 0x390;
  if (point < 0x460) return point < 0x430;   // Cyrillic.
  if (point < 0x530) return point % 2 == 0;  // Its pairs.
  if (point < 0x590) return point < 0x557;   // Armenian.
  if (point >= 0x1e00 && point < 0x1f00) return point % 2 == 0;
  return point < 0x1f00 || point > 0x218f;
}

}  // namespace

bool StandsOut(std::string_view surface) {
  std::size_t at = 0;
  while (at < surface.size()) {
    const char sign = surface[at];
    if (static_cast<unsigned char>(sign) < 0x80) {
      if ((sign >= 'A' && sign <= 'Z') || IsDigit(sign)) return true;
      ++at;
    } else if (StandsOutBeyondAscii(Next(surface, at))) {
      return true;
    }
  }
  return false;
}

std::vector<TextToken> TokensOf(std::string_view text, std::uint32_t offset) {
  std::vector<TextToken> tokens;
  std::vector<Word> words = FoldWords(text);
  tokens.reserve(words.size());
  for (Word& word : words) {
    const bool marked = StandsOut(word.span.Of(text));
    // One byte over the limit, so that no cut token equals a whole one.
    if (word.term.size() > kTokenBytesMax) word.term.resize(kTokenBytesMax + 1);
    tokens.push_back({std::move(word.term),
                      {word.span.begin + offset, word.span.end + offset},
                      marked});
  }
  return tokens;
}

bool IsAnchorToken(const TextToken& token) {
  return token.marked && token.term.size() <= kTokenBytesMax &&
         !IsStopWord(token.term);
}

std::vector<std::string_view> SplitName(std::string_view normalized) {
  std::vector<std::string_view> tokens;
  std::size_t begin = 0;
  while (begin < normalized.size()) {
    const std::size_t end =
        std::min(normalized.find(' ', begin), normalized.size());
    if (end > begin) tokens.push_back(normalized.substr(begin, end - begin));
    begin = end + 1;
  }
  return tokens;
}

std::size_t AnchorOf(std::span<const std::string_view> tokens) {
  std::size_t best = 0;
  bool best_is_stop = true;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool stop = IsStopWord(tokens[i]);
    const bool longer = tokens[i].size() > tokens[best].size();
    if (i == 0 || (best_is_stop && !stop) || (longer && stop == best_is_stop)) {
      best = i;
      best_is_stop = stop;
    }
  }
  return best;
}

NameShape ShapeOf(std::span<const std::string_view> tokens) {
  const auto all = [&](auto holds) {
    return std::all_of(tokens.begin(), tokens.end(), holds);
  };
  if (!all([](auto token) { return token.size() <= kTokenBytesMax; })) {
    return NameShape::kTooLong;
  }
  if (all([](auto token) { return IsStopWord(token); })) {
    return NameShape::kStopWords;
  }
  // A month alone is a name like any other word ("May", "April").
  if (all([](auto token) {
        return IsNumeric(token) ||
               std::find(kMonthNames.begin(), kMonthNames.end(), token) !=
                   kMonthNames.end();
      })) {
    return NameShape::kNumeric;
  }
  if (tokens.size() == 1 && LettersOf(tokens[0]) < 3) return NameShape::kShort;
  return NameShape::kLinkable;
}

}  // namespace cairn
