// The months in English, folded, January first.
#pragma once

#include <array>
#include <string_view>

namespace cairn {

inline constexpr std::array<std::string_view, 12> kMonthNames = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};

}  // namespace cairn
