#include "models/rules/dates.h"

#include "models/rules/lexicon.h"
#include "text/utf8.h"

namespace cairn::rules {
namespace {

// The value of a plain run of 1 to 4 digits, else -1.
int Digits(std::string_view word) {
  if (word.empty() || word.size() > 4) return -1;
  int value = 0;
  for (const char sign : word) {
    if (!IsAsciiDigit(sign)) return -1;
    value = value * 10 + (sign - '0');
  }
  return value;
}

class Matcher {
 public:
  Matcher(std::string_view text, const Tokens& tokens, std::size_t at)
      : text_(text), tokens_(tokens), at_(at) {}

  std::size_t Iso() const {
    if (!Year(0) || !Joined(1, U'-') || !Joined(3, U'-')) return 0;
    const int month = Value(2), day = Value(4);
    const bool fits = month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return fits && !Has(1)->space_before && !Has(2)->space_before &&
                   !Has(4)->space_before
               ? 5
               : 0;
  }

  // "12 March [,] [1999]", "12th of March" is left to "March".
  std::size_t DayFirst() const {
    if (!Day(0) || !Month(1)) return 0;
    if (Year(2)) return 3;
    return Joined(2, U',') && Year(3) ? 4 : 2;
  }

  // "March 12 [,] [1999]", "March [,] 1999".
  std::size_t MonthFirst() const {
    if (!Month(0)) return 0;
    if (Year(1)) return 2;
    if (Joined(1, U',') && Year(2)) return 3;
    if (!Day(1)) return 0;
    if (Year(2)) return 3;
    return Joined(2, U',') && Year(3) ? 4 : 2;
  }

  std::size_t YearAlone() const { return Year(0) || Decade(0) ? 1 : 0; }

 private:
  const Token* Has(std::size_t ahead) const {
    const std::size_t i = at_ + ahead;
    return i < tokens_.size() ? &tokens_[i] : nullptr;
  }
  std::string_view Text(std::size_t ahead) const {
    const Token* token = Has(ahead);
    return token == nullptr ? std::string_view() : token->span.Of(text_);
  }
  int Value(std::size_t ahead) const { return Digits(Text(ahead)); }
  bool Joined(std::size_t ahead, char32_t mark) const {
    const Token* token = Has(ahead);
    return token != nullptr && token->IsMark(mark);
  }
  bool Year(std::size_t ahead) const {
    const int value = Text(ahead).size() == 4 ? Value(ahead) : -1;
    return value >= 1000 && value <= 2099;
  }
  bool Decade(std::size_t ahead) const {
    const std::string_view word = Text(ahead);
    if (word.size() != 5 || word[4] != 's' || word[3] != '0') return false;
    const int value = Digits(word.substr(0, 4));
    return value >= 1000 && value <= 2099;
  }
  bool Day(std::size_t ahead) const {
    std::string_view word = Text(ahead);
    const std::size_t size = word.size();
    if (size > 2 && !IsAsciiDigit(word[size - 1])) word.remove_suffix(2);
    const int value = Digits(word);
    return value >= 1 && value <= 31 && word.size() <= 2;
  }
  bool Month(std::size_t ahead) const {
    const Token* token = Has(ahead);
    return token != nullptr && token->IsWord() && token->capital &&
           IsMonth(LowerAscii(Text(ahead)));
  }

  std::string_view text_;
  const Tokens& tokens_;
  std::size_t at_;
};

}  // namespace

std::size_t DateLength(std::string_view text, const Tokens& tokens,
                       std::size_t at) {
  const Token& token = tokens[at];
  const Matcher matcher(text, tokens, at);
  if (token.IsWord()) return token.capital ? matcher.MonthFirst() : 0;
  if (!token.IsNumber()) return 0;
  if (const std::size_t length = matcher.Iso()) return length;
  if (const std::size_t length = matcher.DayFirst()) return length;
  return matcher.YearAlone();
}

}  // namespace cairn::rules
