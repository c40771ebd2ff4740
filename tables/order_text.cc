#include "tables/order_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "tables/date_text.h"
#include "tables/number_text.h"
#include "text/months.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::size_t kTextMax = 64;
constexpr double kMonth = 32;          // Days are 0 to 31.
constexpr double kYear = 13 * kMonth;  // Months are 0 to 12.

int NumberOf(std::string_view digits) {
  int value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

bool IsDigits(std::string_view text) {
  for (const char sign : text) {
    if (!IsAsciiDigit(sign)) return false;
  }
  return !text.empty();
}

double OrderOf(int year, int month, int day) {
  return year * kYear + month * kMonth + day;
}

// A month's name with a day, a year or both beside it.
std::optional<OrderKey> AsDate(std::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  for (const Word& word : FoldWords(text)) {
    const std::string_view term = word.term;
    const std::size_t digits = term.find_first_not_of("0123456789");
    const std::string_view number = term.substr(0, digits);
    if (const int found = MonthOf(term); found != 0) {
      if (month == 0) month = found;
    } else if (number.size() == 4 && number.size() == term.size()) {
      if (year == 0) year = NumberOf(number);
    } else if ((number.size() == 1 || number.size() == 2) && day == 0) {
      const int value = NumberOf(number);
      if (value >= 1 && value <= 31) day = value;
    }
  }
  if (month == 0 || (day == 0 && year == 0)) return std::nullopt;
  return OrderKey{OrderOf(year, month, day), true};
}

// "1:31:33.7", "9:58".
std::optional<OrderKey> AsTime(std::string_view text) {
  double seconds = 0;
  std::size_t parts = 0;
  while (true) {
    const auto part = ReadNumber(text, '.');
    if (!part) return std::nullopt;
    seconds = seconds * 60 + part->value;
    ++parts;
    text.remove_prefix(part->bytes);
    if (!text.starts_with(":")) break;
    text.remove_prefix(1);
  }
  if (parts < 2) return std::nullopt;
  return OrderKey{seconds, false};
}

}  // namespace

std::optional<OrderKey> ReadOrder(std::string_view text) {
  const std::size_t first = text.find_first_of("0123456789");
  if (first == std::string_view::npos || text.size() > kTextMax) {
    return std::nullopt;
  }
  if (auto date = AsDate(text)) return date;
  if (auto time = AsTime(text.substr(first))) return time;
  const auto number = ReadNumber(text.substr(first), '.');
  if (!number) return std::nullopt;
  const bool minus =
      first > 0 &&
      (text[first - 1] == '-' || text.substr(0, first).ends_with("\u2212")) &&
      (first == 1 || !IsAsciiAlnum(text[first - 2]));
  // "2003-04" and "2003/04" are seasons.
  const std::string_view rest = text.substr(first + number->bytes);
  if (number->bytes == 4 && number->value >= 1000 && number->value < 2200 &&
      (rest.starts_with("-") || rest.starts_with("/") ||
       rest.starts_with("\u2013"))) {
    return OrderKey{OrderOf(static_cast<int>(number->value), 0, 0), true};
  }
  return OrderKey{minus ? -number->value : number->value, false};
}

std::optional<double> DateOrder(std::string_view iso) {
  if (iso.size() < 4 || !IsDigits(iso.substr(0, 4))) return std::nullopt;
  const int year = NumberOf(iso.substr(0, 4));
  if (iso.size() == 4) return OrderOf(year, 0, 0);
  if (iso.size() < 7 || iso[4] != '-') return std::nullopt;
  const std::string_view month = iso.substr(5, 2);
  if (month[0] == 'Q' && IsAsciiDigit(month[1]) && iso.size() == 7) {
    return OrderOf(year, 3 * (month[1] - '1') + 1, 0);
  }
  if (!IsDigits(month) || NumberOf(month) > 12) return std::nullopt;
  if (iso.size() == 7) return OrderOf(year, NumberOf(month), 0);
  if (iso.size() != 10 || iso[7] != '-' || !IsDigits(iso.substr(8))) {
    return std::nullopt;
  }
  return OrderOf(year, NumberOf(month), NumberOf(iso.substr(8)));
}

int YearOf(double date_order) {
  return static_cast<int>(std::floor(date_order / kYear));
}

double WithoutYear(double date_order) {
  return date_order - YearOf(date_order) * kYear;
}

double CutOrder(double order, double like) {
  for (const double part : {kYear, kMonth}) {
    if (std::fmod(like, part) == 0) return std::floor(order / part) * part;
  }
  return order;
}

}  // namespace cairn
