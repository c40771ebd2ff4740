// DateText: calendar dates as tables write them.
// Pure; threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cairn {

// "2023-03-31", "31.3.2023", "3/31/2023", "31 March 2023", "Mar 31, 2023",
// "March 2023", "Q1 2023" to "2023-03-31", "2023-03", "2023-Q1". English month
// names. `day_first` settles "3/4/2023". None for dates that do not exist and
// for years outside 1000..2999; two-digit years only with a slash or dots
// ("31.3.23": 2023; from 70 on the last century).
std::optional<std::string> ReadDate(std::string_view text, bool day_first);

// 1 to 12 for "march", "mar" and "sept"; 0: not the name of a month.
int MonthOf(std::string_view folded);

// 1: the first number of "31/3/2023" is a day for certain, -1: the second is,
// 0: either, or no such date.
int DayOrderOf(std::string_view text);

}  // namespace cairn
