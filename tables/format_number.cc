// FormatNumber: computed numbers as people read them.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>

#include "tables/table_engine.h"

namespace cairn {

std::string_view ScaleWord(double scale) {
  if (scale == 1e3) return "thousand";
  if (scale == 1e6) return "million";
  if (scale == 1e9) return "billion";
  if (scale == 1e12) return "trillion";
  return {};
}

std::string FormatNumber(double number, double scale, std::string_view unit) {
  const std::string_view word = ScaleWord(scale);
  const double shown = word.empty() ? number : number / scale;
  char digits[400];
  std::snprintf(digits, sizeof digits, "%.4f", std::abs(shown));
  std::string text = digits;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with(".")) text.pop_back();
  for (std::size_t at = std::min(text.find('.'), text.size()); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  if (number < 0 && text != "0") text.insert(0, "-");
  if (!word.empty()) text += " " + std::string(word);
  if (!unit.empty()) text += " " + std::string(unit);
  return text;
}

}  // namespace cairn
