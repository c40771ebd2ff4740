// ClockText: a time from a beginning as people read it.
#pragma once

#include <cstdint>
#include <string>

namespace cairn {

// "0:00:04", "1:02:03"; of less than nothing "0:00:00".
std::string ClockText(std::int64_t seconds);

}  // namespace cairn
