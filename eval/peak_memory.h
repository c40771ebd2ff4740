// Peak memory of this process, from /proc.
// Threads: safe. Where /proc does not tell, it is unknown and not an error.
#pragma once

#include <cstdint>

namespace cairn::eval {

// Most resident bytes since the start or the last reset; 0: unknown.
std::uint64_t PeakMemoryBytes();
// From here on only new peaks count; without permission nothing happens.
void ResetPeakMemory();

}  // namespace cairn::eval
