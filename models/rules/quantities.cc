#include "models/rules/quantities.h"

#include "models/rules/lexicon.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

bool IsMoneySign(const Token& token) {
  return token.IsMark(U'$') || token.IsMark(0x20ac) || token.IsMark(0xa3) ||
         token.IsMark(0xa5);
}

// "mW" and "MW" differ, but both are units: case does not matter.
bool IsUnitAt(std::string_view text, const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size()) return false;
  const Token& token = tokens[at];
  if (token.IsMark(U'%') || token.IsMark(0xb0) || IsMoneySign(token)) {
    return true;
  }
  if (!token.IsWord()) return false;
  const std::string word = LowerAscii(token.span.Of(text));
  // "5 in", "3 a", "2 C": one or two letters apart are too often words.
  if (token.space_before && (word == "in" || word == "a" || word == "s")) {
    return false;
  }
  return IsUnit(word);
}

bool IsMagnitudeAt(std::string_view text, const Tokens& tokens,
                   std::size_t at) {
  return at < tokens.size() && tokens[at].IsWord() &&
         IsMagnitude(LowerAscii(tokens[at].span.Of(text)));
}

// Tokens before the number: "$", "US$", "EUR".
std::size_t CurrencyLength(std::string_view text, const Tokens& tokens,
                           std::size_t at) {
  if (IsMoneySign(tokens[at])) return 1;
  if (!tokens[at].IsWord() ||
      !IsCurrency(LowerAscii(tokens[at].span.Of(text)))) {
    return 0;
  }
  const bool sign = at + 1 < tokens.size() && IsMoneySign(tokens[at + 1]);
  if (sign) return 2;
  // "US 1" is a road.
  return LowerAscii(tokens[at].span.Of(text)) == "us" ? 0 : 1;
}

}  // namespace

std::size_t QuantityLength(std::string_view text, const Tokens& tokens,
                           std::size_t at) {
  const std::size_t currency = CurrencyLength(text, tokens, at);
  std::size_t next = at + currency;
  if (next >= tokens.size() || !tokens[next].IsNumber()) return 0;
  ++next;
  const bool magnitude = IsMagnitudeAt(text, tokens, next);
  if (magnitude) ++next;
  if (currency > 0) return next - at;
  const bool unit = IsUnitAt(text, tokens, next);
  if (unit) ++next;
  return unit || magnitude ? next - at : 0;
}

}  // namespace cairn::rules
