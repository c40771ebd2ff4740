#include "documents/formats/ooxml/number_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "documents/document_builder.h"
#include "documents/formats/ooxml/serial_date.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kCodeBytesMax = 512;
constexpr std::size_t kSectionsMax = 4;
// Decimals that somebody typed rather than computed.
constexpr int kTypedDecimalsMax = 6;
constexpr int kDecimalsMax = 30;
constexpr double kLastDay = 2958466;  // 10000-01-01.

std::string Fixed(double value, int decimals) {
  char buffer[400];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value,
                                          std::chars_format::fixed, decimals);
  return error == std::errc() ? std::string(buffer, end) : std::string();
}

// How many decimals the number has, with 15 digits in all.
int DecimalsOf(double value) {
  char buffer[64];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value,
                                          std::chars_format::scientific, 14);
  if (error != std::errc()) return 0;
  const std::string_view text(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = text.find('e');
  if (e == std::string_view::npos) return 0;
  int exponent = 0;
  const char* from = buffer + e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(from, end, exponent);
  const std::size_t last = text.substr(0, e).find_last_not_of("0.");
  const std::size_t point = text.find('.');
  const int digits = last == std::string_view::npos || last < point
                         ? 0
                         : static_cast<int>(last - point);
  return std::max(0, digits - exponent);
}

std::string Grouped(const std::string& digits) {
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out.push_back(',');
    out.push_back(digits[i]);
  }
  return out;
}

// "-$5" of "$(5)".
std::string WithMinus(std::string text) {
  constexpr std::string_view kDigits = "0123456789";
  const std::size_t open = text.find('(');
  const std::size_t close = text.rfind(')');
  if (open == std::string::npos || close == std::string::npos ||
      open > text.find_first_of(kDigits) ||
      close < text.find_last_of(kDigits)) {
    return text;
  }
  text.erase(close, 1);
  text.erase(open, 1);
  return "-" + std::string(TrimWhiteSpace(text));
}

}  // namespace

std::string GeneralNumber(double value) {
  if (!std::isfinite(value)) return {};
  if (value == 0) return "0";
  const double size = std::fabs(value);
  if (size >= 1e15 || size < 1e-9) {
    char buffer[64];
    const auto [end, error] = std::to_chars(
        buffer, buffer + sizeof buffer, value, std::chars_format::general, 15);
    return error == std::errc() ? std::string(buffer, end) : std::string();
  }
  return Fixed(value, std::min(DecimalsOf(value), kDecimalsMax));
}

NumberFormat::NumberFormat(std::string_view code) {
  code = CutUtf8(code, kCodeBytesMax);
  std::size_t begin = 0;
  bool quoted = false;
  for (std::size_t i = 0; i <= code.size(); ++i) {
    const bool end = i == code.size();
    if (!end && code[i] == '"') quoted = !quoted;
    if (!end && code[i] == '\\' && !quoted) {
      ++i;
      if (i < code.size()) continue;
      i = code.size() - 1;
      continue;
    }
    if (end || (code[i] == ';' && !quoted)) {
      if (sections_.size() < kSectionsMax) {
        sections_.push_back(ReadSection(code.substr(begin, i - begin)));
      }
      begin = i + 1;
    }
  }
}

void NumberFormat::ReadBracket(std::string_view inside, Section& section) {
  if (inside.empty()) return;
  const char first = static_cast<char>(inside[0] | 0x20);
  if (inside[0] == '$') {  // [$€-407]: the sign of a currency, then a locale.
    const std::string_view sign = inside.substr(
        1, inside.find('-') == std::string_view::npos ? std::string_view::npos
                                                      : inside.find('-') - 1);
    if (!sign.empty()) {
      section.tokens.push_back({Kind::kLiteral, std::string(sign)});
    }
  } else if (inside[0] == '<' || inside[0] == '>' || inside[0] == '=') {
    section.compare = inside[0];
    std::size_t skip = 1;
    if (inside.starts_with("<=")) section.compare = 'l', skip = 2;
    if (inside.starts_with(">=")) section.compare = 'g', skip = 2;
    if (inside.starts_with("<>")) section.compare = 'n', skip = 2;
    inside.remove_prefix(skip);
    std::from_chars(inside.data(), inside.data() + inside.size(),
                    section.bound);
  } else if ((first == 'h' || first == 'm' || first == 's') &&
             inside.size() <= 2 &&
             static_cast<char>(inside.back() | 0x20) == first) {
    section.date = true;
    section.tokens.push_back(
        {Kind::kElapsed, std::string(inside.size(), first)});
  }
}

// One past the letters at `at` that mean something; `at` when they do not.
std::size_t NumberFormat::ReadLetters(std::string_view code, std::size_t at,
                                      Section& section) {
  const auto matches = [&](std::string_view word) {
    if (code.size() - at < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (AsciiLower(code[at + i]) != word[i]) return false;
    }
    return true;
  };
  if (matches("general")) {
    section.general = true;
    section.tokens.push_back({Kind::kGeneral, {}});
    return at + 7;
  }
  if (matches("am/pm") || matches("a/p")) {
    section.tokens.push_back({Kind::kHalfDay, {}});
    section.date = true;
    return at + (matches("am/pm") ? 5 : 3);
  }
  if (matches("e+") || matches("e-")) {
    section.tokens.push_back(
        {Kind::kExponent, std::string(code.substr(at, 2))});
    section.scientific = true;
    return at + 2;
  }
  const char letter = static_cast<char>(code[at] | 0x20);
  if (std::string_view("ymdhs").find(letter) == std::string_view::npos) {
    return at;
  }
  std::size_t end = at;
  while (end < code.size() && static_cast<char>(code[end] | 0x20) == letter) {
    ++end;
  }
  section.tokens.push_back({Kind::kDate, std::string(end - at, letter)});
  section.date = true;
  return end;
}

NumberFormat::Section NumberFormat::ReadSection(std::string_view code) {
  Section section;
  std::string literal;
  const auto flush = [&] {
    if (!literal.empty()) section.tokens.push_back({Kind::kLiteral, literal});
    literal.clear();
  };
  std::size_t i = 0;
  while (i < code.size()) {
    const char sign = code[i];
    if (sign == '"') {
      const std::size_t end = std::min(code.find('"', i + 1), code.size());
      literal += code.substr(i + 1, end - i - 1);
      i = end + 1;
    } else if (sign == '\\') {
      if (i + 1 < code.size()) literal.push_back(code[i + 1]);
      i += 2;
    } else if (sign == '_' || sign == '*') {
      i += 2;  // Room as wide as a sign; a sign that fills the cell.
      while (i < code.size() &&
             (static_cast<unsigned char>(code[i]) & 0xc0) == 0x80) {
        ++i;
      }
    } else if (sign == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      flush();
      ReadBracket(code.substr(i + 1, end - i - 1), section);
      i = end + 1;
    } else if (std::string_view("0#?.%@,").find(sign) !=
               std::string_view::npos) {
      flush();
      const Kind kind = sign == '.'   ? Kind::kPoint
                        : sign == '%' ? Kind::kPercent
                        : sign == '@' ? Kind::kText
                                      : Kind::kDigit;
      section.tokens.push_back({kind, std::string(1, sign)});
      ++i;
    } else {
      flush();
      const std::size_t end = ReadLetters(code, i, section);
      if (end == i) {
        if (sign == '/') ReadSlash(code.substr(i + 1), section);
        literal.push_back(sign);
        ++i;
      } else {
        i = end;
      }
    }
  }
  flush();
  ReadDigits(section);
  return section;
}

// What stands below the line: signs for digits, or a number. Two runs of digits
// before it are a whole and what stands above the line.
void NumberFormat::ReadSlash(std::string_view after, Section& section) {
  FractionCode code;
  const std::size_t end = after.find_first_not_of("0123456789#?");
  const std::string_view below = after.substr(0, end);
  if (below.find_first_of("123456789") != std::string_view::npos) {
    std::from_chars(below.data(), below.data() + below.size(),
                    code.denominator);
    code.denominator = std::clamp(code.denominator, 0, 1'000'000);
  } else {
    for (std::size_t i = 1; i < std::min<std::size_t>(below.size(), 4); ++i) {
      code.denominator_max = code.denominator_max * 10 + 9;
    }
  }
  int runs = 0;
  bool in_run = false;
  for (const Token& token : section.tokens) {
    const bool digit = token.kind == Kind::kDigit;
    runs += digit && !in_run ? 1 : 0;
    in_run = digit;
  }
  code.whole = runs > 1;
  if (runs > 0 && !below.empty()) section.fraction = code;
}

// Commas: groups between digits, thousands after the last one.
void NumberFormat::ReadDigits(Section& section) {
  bool after_point = false;
  bool digit_seen = false;
  int commas = 0;
  std::vector<Token> tokens;
  for (Token& token : section.tokens) {
    if (section.date && token.text == ",") token.kind = Kind::kLiteral;
    if (token.kind == Kind::kDigit && token.text == ",") {
      commas += digit_seen ? 1 : 0;
      continue;
    }
    if (token.kind == Kind::kDigit) {
      if (commas > 0 && !after_point) section.groups = true;
      commas = 0;
      digit_seen = section.digits = true;
      section.decimals += after_point ? 1 : 0;
    }
    if (token.kind == Kind::kExponent) break;
    if (token.kind == Kind::kPoint) {
      after_point = true;
      section.thousands += commas;
      commas = 0;
    }
    section.percents += token.kind == Kind::kPercent ? 1 : 0;
    tokens.push_back(std::move(token));
  }
  section.thousands = std::min(section.thousands + commas, 8);
  section.percents = std::min(section.percents, 4);
  section.decimals = std::min(section.decimals, kDecimalsMax);
  if (!section.scientific) section.tokens = std::move(tokens);
  if (section.date) section.fraction.reset();
}

bool NumberFormat::Holds(const Section& section, double value) {
  switch (section.compare) {
    case '<':
      return value < section.bound;
    case '>':
      return value > section.bound;
    case '=':
      return value == section.bound;
    case 'l':
      return value <= section.bound;
    case 'g':
      return value >= section.bound;
    case 'n':
      return value != section.bound;
    default:
      return true;
  }
}

const NumberFormat::Section* NumberFormat::Choose(double value) const {
  if (sections_.empty()) return nullptr;
  if (sections_[0].compare != 0) {
    for (const Section& section : sections_) {
      if (Holds(section, value)) return &section;
    }
    return nullptr;
  }
  if (value < 0 && sections_.size() > 1) return &sections_[1];
  if (value == 0 && sections_.size() > 2) return &sections_[2];
  return &sections_[0];
}

std::string NumberFormat::Apply(double value, bool from_1904) const {
  if (!std::isfinite(value)) return {};
  const Section* const section = Choose(value);
  if (section == nullptr) return GeneralNumber(value);
  if (section->fraction) return ApplyFraction(*section->fraction, value);
  if (section->date) {
    if (value < 0 || value >= kLastDay) return GeneralNumber(value);
    return ApplyDate(*section, value, from_1904);
  }
  // A section for negative numbers writes their sign itself, or as brackets.
  const bool own_sign = section != &sections_[0] && section->compare == 0;
  const std::string sign = value < 0 && !own_sign ? "-" : "";
  if (section->scientific || !section->digits) {
    std::string out;
    bool any = section->scientific || section->tokens.empty();
    for (const Token& token : section->tokens) {
      any |= token.kind == Kind::kGeneral || token.kind == Kind::kText;
      if (token.kind == Kind::kLiteral) out += token.text;
      if (token.kind == Kind::kGeneral || token.kind == Kind::kText) {
        out += sign + GeneralNumber(std::fabs(value));
      }
    }
    // A code without digits shows words instead of the number: "yes";"no".
    if (any && !section->scientific && !out.empty()) return out;
    if (section->scientific || out.empty()) return GeneralNumber(value);
    return out;
  }
  std::string out = ApplyDigits(*section, std::fabs(value));
  // Accountants write -5 as (5); both are read, only one can be searched.
  return own_sign && value < 0 ? WithMinus(std::move(out)) : sign + out;
}

// As a decimal when the fraction would change a number that somebody typed.
std::string NumberFormat::ApplyFraction(const FractionCode& code,
                                        double value) {
  const bool typed = DecimalsOf(value) <= kTypedDecimalsMax;
  if (std::fabs(value) >= 1e15) return GeneralNumber(value);
  const std::string out = ShowFraction(value, code, typed ? 1e-9 : 1);
  return out.empty() ? GeneralNumber(value) : out;
}

std::string NumberFormat::ApplyDigits(const Section& section, double value) {
  for (int i = 0; i < section.percents; ++i) value *= 100;
  for (int i = 0; i < section.thousands; ++i) value /= 1000;
  const int typed = DecimalsOf(value);
  int decimals = section.decimals;
  if (typed <= kTypedDecimalsMax && value < 1e15) {
    decimals = std::max(decimals, typed);
  }
  // Optional decimals (#) that are zero are not shown.
  std::string digits = Fixed(value, decimals);
  std::size_t point = digits.find('.');
  std::string fraction =
      point == std::string::npos ? std::string() : digits.substr(point + 1);
  digits.resize(std::min(point, digits.size()));
  std::vector<const Token*> whole;
  std::size_t required = 0;
  bool after = false;
  for (const Token& token : section.tokens) {
    if (token.kind == Kind::kPoint) after = true;
    if (token.kind != Kind::kDigit) continue;
    if (after) {
      if (token.text == "0") ++required;
    } else {
      whole.push_back(&token);
    }
  }
  while (fraction.size() > required && fraction.ends_with('0')) {
    fraction.pop_back();
  }
  std::size_t zeros = 0;
  for (const Token* token : whole) zeros += token->text == "0" ? 1 : 0;
  if (digits.size() < zeros) digits.insert(0, zeros - digits.size(), '0');
  if (section.groups) digits = Grouped(digits);
  // Literals between whole digits, as in 000-00-0000, split them.
  std::string out;
  std::size_t placed = 0;
  std::size_t slot = 0;
  bool seen_point = false;
  for (const Token& token : section.tokens) {
    if (token.kind == Kind::kLiteral || token.kind == Kind::kPercent) {
      out += token.text;
    } else if (token.kind == Kind::kPoint) {
      if (whole.empty()) out += digits;
      seen_point = true;
      if (!fraction.empty()) out += "." + fraction;
    } else if (token.kind == Kind::kDigit && !seen_point) {
      ++slot;
      const std::size_t left = whole.size() - slot;
      const std::size_t until =
          section.groups ? (left == 0 ? digits.size() : placed)
                         : (digits.size() > left ? digits.size() - left : 0);
      if (until > placed) {
        out += digits.substr(placed, until - placed);
        placed = until;
      }
      if (left == 0 && section.decimals == 0 && !fraction.empty()) {
        out += "." + fraction;
      }
    }
  }
  return out;
}

std::string NumberFormat::ApplyDate(const Section& section, double serial,
                                    bool from_1904) {
  bool year = false, day = false, names = false, half = false, hours = false,
       month = false, millis = false;
  for (std::size_t i = 0; i < section.tokens.size(); ++i) {
    const Token& token = section.tokens[i];
    half |= token.kind == Kind::kHalfDay;
    millis |= token.kind == Kind::kPoint;
    if (token.kind == Kind::kElapsed) hours = true;
    if (token.kind != Kind::kDate) continue;
    const char unit = token.text[0];
    year |= unit == 'y';
    hours |= unit == 'h' || unit == 's';
    day |= unit == 'd' && token.text.size() <= 2;
    month |= unit == 'm';
    names |= (unit == 'm' || unit == 'd') && token.text.size() >= 3;
  }
  const Moment at = MomentOf(serial, from_1904, millis);
  std::string out;
  const bool iso = year && month && day && !names;
  if (iso) {
    out = Padded(at.year, 4) + "-" + Padded(at.month, 2) + "-" +
          Padded(at.day, 2);
    if (!hours) return out;
    out += " " + Padded(at.seconds / 3600, 2) + ":" +
           Padded(at.seconds / 60 % 60, 2);
    return at.seconds % 60 == 0 ? out : out + ":" + Padded(at.seconds % 60, 2);
  }
  char before = 0;  // The unit before; after hours "m" means minutes.
  for (std::size_t i = 0; i < section.tokens.size(); ++i) {
    const Token& token = section.tokens[i];
    if (token.kind == Kind::kDate) {
      bool minutes = before == 'h';
      for (std::size_t j = i + 1; j < section.tokens.size(); ++j) {
        if (section.tokens[j].kind != Kind::kDate) continue;
        minutes |= section.tokens[j].text[0] == 's';
        break;
      }
      out += DatePart(token.text, minutes, half, at);
      before = token.text[0];
    } else if (token.kind == Kind::kElapsed) {
      out += Elapsed(token.text[0], token.text.size(), serial);
      before = 'h';
    } else if (token.kind == Kind::kHalfDay) {
      out += at.seconds >= 43'200 ? "PM" : "AM";
    } else if (token.kind == Kind::kPoint && at.millis > 0) {
      out += "." + Padded(at.millis, 3);
    } else if (token.kind == Kind::kLiteral) {
      out += token.text;
    }
  }
  return out;
}

}  // namespace cairn
