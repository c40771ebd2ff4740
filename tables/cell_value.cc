#include "tables/cell_value.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "tables/date_text.h"
#include "tables/number_text.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kTextMax = 256;
constexpr std::size_t kUnitMax = 12;

struct Currency {
  std::string_view sign;
  std::string_view code;
};
// The longest sign first where one begins another.
constexpr std::array kCurrencies = {
    Currency{"US$", "USD"},   Currency{"A$", "AUD"},
    Currency{"C$", "CAD"},    Currency{"HK$", "HKD"},
    Currency{"$", "USD"},     Currency{"€", "EUR"},
    Currency{"£", "GBP"},     Currency{"¥", "JPY"},
    Currency{"₹", "INR"},     Currency{"₩", "KRW"},
    Currency{"USD", "USD"},   Currency{"EUR", "EUR"},
    Currency{"GBP", "GBP"},   Currency{"JPY", "JPY"},
    Currency{"CHF", "CHF"},   Currency{"CAD", "CAD"},
    Currency{"AUD", "AUD"},   Currency{"CNY", "CNY"},
    Currency{"RMB", "CNY"},   Currency{"INR", "INR"},
    Currency{"SEK", "SEK"},   Currency{"NOK", "NOK"},
    Currency{"DKK", "DKK"},   Currency{"PLN", "PLN"},
    Currency{"Rs.", "INR"},   Currency{"dollars", "USD"},
    Currency{"euros", "EUR"}, Currency{"euro", "EUR"}};

struct Scale {
  std::string_view word;
  double factor;
};
// After a number; "m" alone is a metre as well and needs a currency.
constexpr std::array kScales = {Scale{"thousand", 1e3}, Scale{"million", 1e6},
                                Scale{"billion", 1e9},  Scale{"trillion", 1e12},
                                Scale{"mn", 1e6},       Scale{"mln", 1e6},
                                Scale{"bn", 1e9},       Scale{"tn", 1e12}};
constexpr std::array kMoneyScales = {Scale{"k", 1e3}, Scale{"m", 1e6},
                                     Scale{"b", 1e9}, Scale{"t", 1e12}};
// In a header.
constexpr std::array kHeaderScales = {
    Scale{"thousand", 1e3}, Scale{"thousands", 1e3}, Scale{"000s", 1e3},
    Scale{"000", 1e3},      Scale{"million", 1e6},   Scale{"millions", 1e6},
    Scale{"mn", 1e6},       Scale{"mln", 1e6},       Scale{"billion", 1e9},
    Scale{"billions", 1e9}, Scale{"bn", 1e9}};

constexpr std::array<std::string_view, 14> kMissing = {
    "-",  "–",   "—", "−",   "n/a",  "na", "n.a.",
    "..", "...", "…", "nil", "none", "--", "not available"};

std::string_view Trimmed(std::string_view text) {
  constexpr std::array<std::string_view, 3> kSpaces = {"\u00a0", "\u2009",
                                                       "\u202f"};
  for (bool more = true; more;) {
    more = false;
    if (!text.empty() && IsAsciiSpace(text.front())) {
      text.remove_prefix(1);
      more = true;
    }
    if (!text.empty() && IsAsciiSpace(text.back())) {
      text.remove_suffix(1);
      more = true;
    }
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) {
        text.remove_prefix(space.size());
        more = true;
      }
      if (text.ends_with(space)) {
        text.remove_suffix(space.size());
        more = true;
      }
    }
  }
  return text;
}

bool TakePrefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text = Trimmed(text.substr(prefix.size()));
  return true;
}

// A currency at the start; a code must end there.
std::string_view TakeCurrency(std::string_view& text) {
  for (const Currency& currency : kCurrencies) {
    if (!text.starts_with(currency.sign)) continue;
    const std::size_t end = currency.sign.size();
    if (IsAsciiLetter(currency.sign.back()) && end < text.size() &&
        IsAsciiLetter(text[end])) {
      continue;
    }
    text = Trimmed(text.substr(end));
    return currency.code;
  }
  return {};
}

bool TakeMinus(std::string_view& text) {
  return TakePrefix(text, "-") || TakePrefix(text, "−") ||
         TakePrefix(text, "–");
}

// "7" of "7¹"; but "10⁶" and "m²" mean what they say.
std::string_view WithoutRaised(std::string_view text) {
  constexpr std::array<std::string_view, 10> kRaised = {
      "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string_view rest = text;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view sign : kRaised) {
      if (!rest.ends_with(sign)) continue;
      rest.remove_suffix(sign.size());
      more = true;
    }
  }
  const bool number = !rest.empty() && IsAsciiDigit(rest.back());
  return number && !rest.ends_with("10") ? rest : text;
}

// "*", "†", "[1]", "(a)", "¹" after a number.
std::string_view WithoutNote(std::string_view text) {
  text = WithoutRaised(text);
  for (const std::string_view sign : {"*", "†", "‡", "§"}) {
    while (text.ends_with(sign)) {
      text = Trimmed(text.substr(0, text.size() - sign.size()));
    }
  }
  if (text.size() < 3 || (text.back() != ']' && text.back() != ')')) {
    return text;
  }
  const char open = text.back() == ']' ? '[' : '(';
  const std::size_t begin = text.rfind(open);
  if (begin == std::string_view::npos || begin == 0 ||
      text.size() - begin > 4) {
    return text;
  }
  return Trimmed(text.substr(0, begin));
}

template <std::size_t n>
double FactorOf(std::string_view word, const std::array<Scale, n>& scales) {
  for (const Scale& scale : scales) {
    if (word == scale.word) return scale.factor;
  }
  return 0;
}

// What stands around a number.
struct Around {
  bool negative = false;
  double factor = 0;  // Of the cell's own scale; 0: it names none.
  std::string unit;
};

// The word that follows, up to a space.
std::string_view FirstWord(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t"));
}

bool StartsUnit(std::string_view word) {
  return IsAsciiLetter(word[0]) || word.starts_with("°") ||
         word.starts_with("µ");
}

// "%", "bn", "USD", "km"; false when something else is left.
bool ReadTail(std::string_view tail, Around& around) {
  tail = Trimmed(tail);
  while (!tail.empty()) {
    const std::string_view word = FirstWord(tail);
    const std::string lower = LowerAscii(word);
    double factor = FactorOf(lower, kScales);
    if (factor == 0 && !around.unit.empty()) {
      factor = FactorOf(lower, kMoneyScales);
    }
    if (tail.starts_with("%") || lower == "percent" || lower == "pct") {
      around.unit = "%";
      tail = Trimmed(tail.substr(tail.starts_with("%") ? 1 : word.size()));
      continue;
    }
    if (factor != 0 && around.factor == 0) {
      around.factor = factor;
      tail = Trimmed(tail.substr(word.size()));
      continue;
    }
    if (const auto code = TakeCurrency(tail); !code.empty()) {
      if (!around.unit.empty() && around.unit != code) return false;
      around.unit = code;
      continue;
    }
    // A unit ends the cell.
    if (!around.unit.empty() || word.size() != tail.size() ||
        word.size() > kUnitMax || !StartsUnit(word)) {
      return false;
    }
    around.unit = word;
    return true;
  }
  return true;
}

// Signs before the number: "-", "(", "+", a currency, in any order.
bool ReadHead(std::string_view& text, Around& around) {
  if (text.starts_with("(") && text.ends_with(")")) {
    around.negative = true;
    text = Trimmed(text.substr(1, text.size() - 2));
  }
  for (int step = 0; step < 3; ++step) {
    if (TakeMinus(text)) {
      if (around.negative) return false;
      around.negative = true;
    } else if (TakePrefix(text, "+")) {
      continue;
    } else if (const auto code = TakeCurrency(text); !code.empty()) {
      around.unit = code;
    }
  }
  // "$(1.5)".
  if (text.starts_with("(") && text.ends_with(")") && !around.negative) {
    around.negative = true;
    text = Trimmed(text.substr(1, text.size() - 2));
  }
  return true;
}

std::optional<CellValue> AsNumber(std::string_view text,
                                  const CellStyle& style) {
  Around around;
  // A note in parentheses could be a negative number as a whole.
  if (!text.starts_with("(")) text = WithoutNote(text);
  if (!ReadHead(text, around)) return std::nullopt;
  const auto number = ReadNumber(text, style.decimal);
  if (!number) return std::nullopt;
  if (!ReadTail(text.substr(number->bytes), around)) return std::nullopt;
  CellValue value{.kind = CellKind::kNumber, .number = number->value};
  value.unit = around.unit.empty() ? style.unit : around.unit;
  // What the cell says of its scale goes before what the header says.
  if (around.factor != 0) {
    value.scale = around.factor;
  } else if (value.unit != "%") {
    value.scale = style.scale;
  }
  value.number *= value.scale;
  if (around.negative) value.number = -value.number;
  return value;
}

bool IsYear(std::string_view text) {
  return text.size() == 4 && (text[0] == '1' || text[0] == '2') &&
         std::all_of(text.begin(), text.end(), IsAsciiDigit);
}

}  // namespace

const char* NameOf(CellKind kind) {
  switch (kind) {
    case CellKind::kText:
      return "text";
    case CellKind::kMissing:
      return "missing";
    case CellKind::kNumber:
      return "number";
    case CellKind::kDate:
      return "date";
  }
  return "text";
}

CellValue ReadCell(std::string_view text, const CellStyle& style) {
  text = Trimmed(text);
  if (text.empty()) return {.kind = CellKind::kMissing};
  if (text.size() > kTextMax) return {};
  const std::string lower = LowerAscii(text);
  if (std::find(kMissing.begin(), kMissing.end(), lower) != kMissing.end()) {
    return {.kind = CellKind::kMissing};
  }
  if (style.years && IsYear(text)) {
    return {.kind = CellKind::kDate, .date = std::string(text)};
  }
  if (auto date = ReadDate(text, style.day_first)) {
    return {.kind = CellKind::kDate, .date = *std::move(date)};
  }
  return AsNumber(text, style).value_or(CellValue());
}

void ReadHeader(std::string_view header, CellStyle& style) {
  for (const Word& word : FoldWords(header)) {
    const double factor = FactorOf(word.term, kHeaderScales);
    if (factor != 0) style.scale = factor;
    if (word.term == "year" || word.term == "years") style.years = true;
  }
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (i > 0 && IsAsciiAlnum(header[i - 1])) continue;
    std::string_view rest = header.substr(i);
    if (const auto code = TakeCurrency(rest); !code.empty()) {
      style.unit = code;
      // "$m", "€bn".
      const double factor = FactorOf(
          LowerAscii(rest.substr(0, rest.find_first_of(" ),;"))), kMoneyScales);
      if (factor != 0) style.scale = factor;
    }
    if (rest.starts_with("%")) style.unit = "%";
  }
}

char DecimalMarkOf(std::string_view text) {
  text = Trimmed(text);
  Around around;
  if (text.size() > kTextMax || !ReadHead(text, around)) return 0;
  const auto number = ReadNumber(text, '.');
  return number ? number->decimal : 0;
}

}  // namespace cairn
