// NumberText: the digits of a number in any locale's marks to a double.
// Pure; threads: safe.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace cairn {

struct NumberText {
  double value = 0;
  std::size_t bytes = 0;  // That the digits and marks take.
  // The decimal mark that was used or that the grouping implies; 0: either.
  char decimal = 0;
};

// Reads digits with marks from the start of `text`: "1,234.5", "1.234,5",
// "1 234", "1'234", "12", ".5". `decimal` settles "1,234" and "1.234". None
// when there is no digit or the groups are not of three.
std::optional<NumberText> ReadNumber(std::string_view text, char decimal);

}  // namespace cairn
