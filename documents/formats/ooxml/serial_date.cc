#include "documents/formats/ooxml/serial_date.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace cairn {
namespace {

constexpr std::array kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kDays = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                              "Thursday", "Friday", "Saturday"};

}  // namespace

std::string Padded(long long value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

Moment MomentOf(double serial, bool from_1904, bool with_millis) {
  if (from_1904) serial += 1462;
  // Excel counts a 29 February 1900 that never was.
  if (!from_1904 && serial < 60) serial += serial >= 1 ? 1 : 0;
  const double unit = with_millis ? 86'400'000.0 : 86'400.0;
  const auto ticks = static_cast<long long>(std::llround(serial * unit));
  const auto per_day = static_cast<long long>(unit);
  const long long days = ticks / per_day;
  const long long rest = ticks % per_day;
  Moment moment;
  const std::chrono::sys_days date =
      std::chrono::sys_days(std::chrono::year(1899) / 12 / 30) +
      std::chrono::days(days);
  const std::chrono::year_month_day parts(date);
  moment.year = static_cast<int>(parts.year());
  moment.month = static_cast<unsigned>(parts.month());
  moment.day = static_cast<unsigned>(parts.day());
  moment.weekday = std::chrono::weekday(date).c_encoding();
  moment.seconds = with_millis ? rest / 1000 : rest;
  moment.millis = with_millis ? static_cast<int>(rest % 1000) : 0;
  return moment;
}

std::string DatePart(const std::string& code, bool minutes, bool half_days,
                     const Moment& at) {
  const std::size_t width = code.size();
  switch (code[0]) {
    case 'y':
      return width <= 2 ? Padded(at.year % 100, 2) : Padded(at.year, 4);
    case 'm': {
      if (minutes) return Padded(at.seconds / 60 % 60, width);
      const std::string name = kMonths[at.month - 1];
      if (width == 3) return name.substr(0, 3);
      if (width == 5) return name.substr(0, 1);
      return width >= 4 ? name : Padded(at.month, width);
    }
    case 'd': {
      const std::string name = kDays[at.weekday];
      if (width == 3) return name.substr(0, 3);
      return width >= 4 ? name : Padded(at.day, width);
    }
    case 'h': {
      long long hour = at.seconds / 3600;
      if (half_days) hour = hour % 12 == 0 ? 12 : hour % 12;
      return Padded(hour, std::min<std::size_t>(width, 2));
    }
    case 's':
      return Padded(at.seconds % 60, std::min<std::size_t>(width, 2));
    default:
      return {};
  }
}

std::string Elapsed(char unit, std::size_t width, double serial) {
  const auto seconds = static_cast<long long>(std::llround(serial * 86'400.0));
  if (unit == 'h') return Padded(seconds / 3600, width);
  return Padded(unit == 'm' ? seconds / 60 : seconds, width);
}

}  // namespace cairn
