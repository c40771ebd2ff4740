// FormatOrdinal: the numbers of list items as office programs write them.
#pragma once

#include <string>
#include <string_view>

namespace cairn {

// `format` in the words of Office Open XML: "decimal", "decimalZero",
// "lowerLetter", "upperLetter", "lowerRoman", "upperRoman"; others, and numbers
// that a format cannot say, count in digits.
std::string FormatOrdinal(int value, std::string_view format);

}  // namespace cairn
