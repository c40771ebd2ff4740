// Quantities: a number with a unit or a currency, "5 km", "40%", "$3 million".
// Threads: pure.
#pragma once

#include <cstddef>
#include <string_view>

#include "models/rules/tokens.h"

namespace cairn::rules {

// Tokens of the quantity that starts at token `at`; 0: none. `at` in range.
std::size_t QuantityLength(std::string_view text, const Tokens& tokens,
                           std::size_t at);

}  // namespace cairn::rules
