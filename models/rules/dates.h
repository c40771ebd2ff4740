// Dates: ISO, "12 March 1999", "March 12, 1999", "March 1999", "1999", "1990s".
// Threads: pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "models/rules/tokens.h"

namespace cairn::rules {

// Tokens of the date that starts at token `at`; 0: none does. `at` in range.
std::size_t DateLength(std::string_view text, const Tokens& tokens,
                       std::size_t at);

}  // namespace cairn::rules
