// NumberFormat: a number as a spreadsheet shows it.
//
// Place: cells of sheets, values of charts. Format codes as in ECMA-376 part 1,
// 18.8.31. Shown in one way for all readers: a point before decimals, commas
// between thousands where the code asks for groups, and dates of year, month
// and day in digits as 2026-03-14, whatever their order in the code; names of
// months and days in English. Digits that the code would round away are kept
// when the number has few of them (12.345 under "0%" is 1234.5%), since
// they are what somebody typed; likewise 3.14 under "# ?/?" stays 3.14, while
// a third is 1/3. Negative numbers have a minus, never brackets.
// Not supported: calendars other than ours.
// Threads: safe; immutable. Cost: linear in the code and the digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/ooxml/fraction.h"

namespace cairn {

class NumberFormat {
 public:
  explicit NumberFormat(std::string_view code);

  // `from_1904`: the workbook counts days from 1904.
  std::string Apply(double value, bool from_1904) const;

 private:
  enum class Kind {
    kLiteral,
    kDigit,  // 0, # or ?.
    kPoint,
    kPercent,
    kExponent,  // E+ or E-, its digits follow.
    kDate,      // A run of y, m, d, h or s.
    kElapsed,   // [h], [mm], [ss].
    kHalfDay,   // AM/PM.
    kGeneral,
    kText,  // @.
  };
  struct Token {
    Kind kind = Kind::kLiteral;
    std::string text;
  };
  struct Section {
    std::vector<Token> tokens;
    char compare = 0;  // '<', '>', '=', 'l' (<=), 'g' (>=), 'n' (<>).
    double bound = 0;
    bool date = false, groups = false, scientific = false, general = false;
    bool digits = false;
    std::optional<FractionCode> fraction;
    int thousands = 0;  // Commas that scale.
    int percents = 0, decimals = 0;
  };

  static Section ReadSection(std::string_view code);
  static void ReadBracket(std::string_view inside, Section& section);
  static std::size_t ReadLetters(std::string_view code, std::size_t at,
                                 Section& section);
  static void ReadSlash(std::string_view after, Section& section);
  static void ReadDigits(Section& section);
  static bool Holds(const Section& section, double value);
  const Section* Choose(double value) const;
  static std::string ApplyFraction(const FractionCode& code, double value);
  static std::string ApplyDigits(const Section& section, double value);
  static std::string ApplyDate(const Section& section, double serial,
                               bool from_1904);

  std::vector<Section> sections_;
};

// The shortest digits that mean the number, at most 15 of them, without an
// exponent when it is neither very large nor very small.
std::string GeneralNumber(double value);

}  // namespace cairn
