// DecompressRtf: RTF as Outlook compresses it [MS-OXRTFCP].
//
// Pure; threads: safe. Damaged input gives what can be read of it; the checksum
// is not looked at. Limits: what comes out is at most nine times as long, and
// ends within 136 bytes behind `bytes_max`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cairn {

// Empty when the bytes are none.
std::string DecompressRtf(std::string_view bytes, std::size_t bytes_max);

}  // namespace cairn
