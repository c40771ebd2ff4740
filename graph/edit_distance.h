// Edit distance for looking names up in spite of a slip.
#pragma once

#include <cstddef>
#include <string_view>

namespace cairn {

// Insertions, deletions, replacements and swaps of neighbours (optimal string
// alignment), counted in bytes; more than `bound` is reported as bound + 1.
std::size_t EditDistance(std::string_view a, std::string_view b,
                         std::size_t bound);

}  // namespace cairn
