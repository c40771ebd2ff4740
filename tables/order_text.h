// OrderText: what a cell can be ordered by, when it is neither a clean number
// nor a clean date.
// Pure; threads: safe.
#pragma once

#include <optional>
#include <string_view>

namespace cairn {

struct OrderKey {
  double value = 0;
  bool date = false;  // A DateOrder.
};

// "3rd", "#12", "10 (5)", "approx. 1,200", "2-1" by the first number;
// "1:31:33.7" in seconds; "December 9", "9 Dec 1993 (W)" and "2003-04" as
// dates. None: no digit, or over 64 bytes.
std::optional<OrderKey> ReadOrder(std::string_view text);

// Dates as numbers in their order: of "2023", "2023-03", "2023-03-31" and
// "2023-Q1"; a part that is not there is 0. None: not such a text.
std::optional<double> DateOrder(std::string_view iso);
// The year of a DateOrder; 0: none.
int YearOf(double date_order);
// The same day of the year 0, as texts without a year order ("June 30").
double WithoutYear(double date_order);
// `order` with no more parts than `like` has, so that "in 2023" can be
// compared.
double CutOrder(double order, double like);

}  // namespace cairn
