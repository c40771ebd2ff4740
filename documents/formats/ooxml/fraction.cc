#include "documents/formats/ooxml/fraction.h"

#include <cmath>
#include <cstdint>

namespace cairn {
namespace {

constexpr int kStepsMax = 40;

struct Ratio {
  double over = 0, under = 1;
};

// Convergents of the continued fraction; the last one is cut to the bound.
Ratio Nearest(double value, double under_max) {
  Ratio before{.over = 1, .under = 0};
  Ratio older{.over = 0, .under = 1};
  double rest = value;
  for (int i = 0; i < kStepsMax; ++i) {
    const double whole = std::floor(rest);
    const Ratio next{.over = older.over + whole * before.over,
                     .under = older.under + whole * before.under};
    if (next.under > under_max) {
      const double fits = std::floor((under_max - older.under) / before.under);
      const Ratio cut{.over = older.over + fits * before.over,
                      .under = older.under + fits * before.under};
      return std::fabs(cut.over / cut.under - value) <
                     std::fabs(before.over / before.under - value)
                 ? cut
                 : before;
    }
    older = before;
    before = next;
    if (rest - whole < 1e-9) break;
    rest = 1 / (rest - whole);
  }
  return before;
}

std::string Digits(double value) {
  return std::to_string(static_cast<std::int64_t>(value));
}

}  // namespace

std::string ShowFraction(double value, const FractionCode& code,
                         double error_max) {
  const double size = std::fabs(value);
  double whole = code.whole ? std::floor(size) : 0;
  Ratio part;
  if (code.denominator > 0) {
    part.under = code.denominator;
    part.over = std::round((size - whole) * part.under);
  } else {
    part = Nearest(size - whole, code.denominator_max);
  }
  if (std::fabs(whole + part.over / part.under - size) > error_max) return {};
  if (code.whole && part.over >= part.under) {
    whole += 1;
    part.over = 0;
  }
  std::string out;
  if (whole > 0) out = Digits(whole);
  if (part.over > 0) {
    if (!out.empty()) out += ' ';
    out += Digits(part.over) + "/" + Digits(part.under);
  }
  if (out.empty()) return "0";
  return value < 0 ? "-" + out : out;
}

}  // namespace cairn
