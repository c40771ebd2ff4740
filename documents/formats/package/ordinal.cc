#include "documents/formats/package/ordinal.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace cairn {
namespace {

constexpr int kRomanMax = 3999;

std::string Roman(int value) {
  struct Numeral {
    int value;
    const char* text;
  };
  constexpr std::array kNumerals = {
      Numeral{1000, "m"}, Numeral{900, "cm"}, Numeral{500, "d"},
      Numeral{400, "cd"}, Numeral{100, "c"},  Numeral{90, "xc"},
      Numeral{50, "l"},   Numeral{40, "xl"},  Numeral{10, "x"},
      Numeral{9, "ix"},   Numeral{5, "v"},    Numeral{4, "iv"},
      Numeral{1, "i"}};
  std::string out;
  for (const Numeral& numeral : kNumerals) {
    for (; value >= numeral.value; value -= numeral.value) out += numeral.text;
  }
  return out;
}

// a..z, aa, bb, ...
std::string Letters(int value) {
  const auto times = static_cast<std::size_t>((value - 1) / 26 + 1);
  return std::string(std::min<std::size_t>(times, 8),
                     static_cast<char>('a' + (value - 1) % 26));
}

std::string Upper(std::string text) {
  for (char& sign : text) {
    if (sign >= 'a' && sign <= 'z') sign = static_cast<char>(sign - 32);
  }
  return text;
}

}  // namespace

std::string FormatOrdinal(int value, std::string_view format) {
  if (value >= 1) {
    if (format == "lowerLetter") return Letters(value);
    if (format == "upperLetter") return Upper(Letters(value));
    if (value <= kRomanMax) {
      if (format == "lowerRoman") return Roman(value);
      if (format == "upperRoman") return Upper(Roman(value));
    }
  }
  const std::string digits = std::to_string(value);
  return format == "decimalZero" && value >= 0 && value < 10 ? "0" + digits
                                                             : digits;
}

}  // namespace cairn
