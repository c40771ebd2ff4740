// Big-endian numbers in bytes, as both containers of films have them.
//
// Place: readers of foreign bytes: a number that is not wholly inside them
// reads as 0, so that no caller can read outside. Threads: safe; pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cairn::film {

// `size` is at most 8.
inline std::uint64_t NumberAt(std::string_view bytes, std::size_t at,
                              std::size_t size) {
  if (at > bytes.size() || bytes.size() - at < size) return 0;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

inline std::uint32_t U32At(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint32_t>(NumberAt(bytes, at, 4));
}

// Bytes from `at`; fewer, or none, beyond the end.
inline std::string_view From(std::string_view bytes, std::size_t at,
                             std::size_t count = std::string_view::npos) {
  return at < bytes.size() ? bytes.substr(at, count) : std::string_view();
}

// Of more than eight bytes the first are zero.
inline void AppendNumber(std::string& out, std::uint64_t value,
                         std::size_t size) {
  for (std::size_t i = size; i > 0; --i) {
    const std::uint64_t shifted = i > 8 ? 0 : value >> (8 * (i - 1));
    out.push_back(static_cast<char>(shifted & 0xff));
  }
}

}  // namespace cairn::film
