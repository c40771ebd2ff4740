// SerialDate: the days that spreadsheets count, as parts of dates.
#pragma once

#include <cstddef>
#include <string>

namespace cairn {

struct Moment {
  int year = 0;
  unsigned month = 1, day = 1, weekday = 0;
  long long seconds = 0;  // Of the day.
  int millis = 0;
};

// `serial`: days since 1900 or 1904, from 0 to the year 9999.
Moment MomentOf(double serial, bool from_1904, bool with_millis);

// What a run of y, m, d, h or s in a format code stands for. `minutes`: an m
// beside hours or seconds.
std::string DatePart(const std::string& code, bool minutes, bool half_days,
                     const Moment& at);

// Whole hours, minutes or seconds: [h], [m], [s].
std::string Elapsed(char unit, std::size_t width, double serial);

// With leading zeros.
std::string Padded(long long value, std::size_t width);

}  // namespace cairn
