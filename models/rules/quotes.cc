#include "models/rules/quotes.h"

namespace cairn::rules {
namespace {

constexpr int kWordsMax = 8;
constexpr std::size_t kTokensMax = 16;
constexpr std::size_t kSmallWordBytes = 4;

// The sign that closes a quotation opened by this one; 0: it opens none.
char32_t ClosingMark(char32_t sign) {
  switch (sign) {
    case U'"':
      return U'"';
    case 0x201c:  // Left double quotation mark.
    case 0x201e:  // Low double quotation mark.
      return 0x201d;
    case 0xab:  // Guillemets.
      return 0xbb;
    default:
      return 0;
  }
}

bool LooksLikeTitle(std::string_view text, const Tokens& tokens,
                    TokenRange range) {
  if (range.begin >= range.end) return false;
  const Token& first = tokens[range.begin];
  if (!first.capital && !first.IsNumber()) return false;
  int words = 0;
  bool letters = false;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    if (tokens[i].kind == TokenKind::kMark) continue;
    ++words;
    letters = letters || tokens[i].IsWord();
    const bool small = tokens[i].IsWord() && !tokens[i].capital;
    if (small && tokens[i].span.Of(text).size() > kSmallWordBytes) return false;
  }
  return letters && words <= kWordsMax;
}

// Cuts ",", "." at the end: American quotation puts them inside.
TokenRange Trim(const Tokens& tokens, TokenRange range) {
  while (range.begin < range.end) {
    const Token& last = tokens[range.end - 1];
    if (!last.IsMark(U',') && !last.IsMark(U'.')) break;
    --range.end;
  }
  return range;
}

}  // namespace

ByteSpan SpanOf(const Tokens& tokens, TokenRange range) {
  if (range.begin >= range.end || range.end > tokens.size()) return {};
  return {tokens[range.begin].span.begin, tokens[range.end - 1].span.end};
}

std::vector<TokenRange> FindQuotedTitles(std::string_view text,
                                         const Tokens& tokens) {
  std::vector<TokenRange> titles;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const char32_t closing = ClosingMark(tokens[i].mark);
    if (closing == 0) continue;
    std::size_t end = i + 1;
    while (end < tokens.size() && end - i <= kTokensMax &&
           !tokens[end].IsMark(closing)) {
      ++end;
    }
    if (end >= tokens.size() || !tokens[end].IsMark(closing)) continue;
    const TokenRange range = Trim(tokens, {.begin = i + 1, .end = end});
    if (!LooksLikeTitle(text, tokens, range)) continue;
    titles.push_back(range);
    i = end;
  }
  return titles;
}

}  // namespace cairn::rules
