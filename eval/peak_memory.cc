#include "eval/peak_memory.h"

#include <fstream>
#include <string>

namespace cairn::eval {

std::uint64_t PeakMemoryBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::uint64_t kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes * 1024;
  }
  return 0;
}

void ResetPeakMemory() {
  // proc(5): writing 5 resets the high-water mark.
  std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace cairn::eval
