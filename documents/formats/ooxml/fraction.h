// Fraction: a number as a whole and a fraction, as codes such as "# ?/8" ask.
#pragma once

#include <string>

namespace cairn {

struct FractionCode {
  int denominator = 0;      // 0: the best one of at most `denominator_max`.
  int denominator_max = 9;  // At least 1.
  bool whole = true;        // 1 3/4, not 7/4.
};

// "1 3/4", "-1/3", "0"; empty when the number is no such fraction within
// `error_max`. `value`: below 1e15 in size.
std::string ShowFraction(double value, const FractionCode& code,
                         double error_max);

}  // namespace cairn
