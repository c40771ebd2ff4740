#include "base/clock_text.h"

#include <algorithm>
#include <cstdio>

namespace cairn {

std::string ClockText(std::int64_t seconds) {
  const long long time = std::max<std::int64_t>(seconds, 0);
  char text[32];
  std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", time / 3600,
                time / 60 % 60, time % 60);
  return text;
}

}  // namespace cairn
