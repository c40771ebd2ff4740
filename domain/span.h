// ByteSpan: a half-open range of bytes of a document's canonical text.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cairn {

struct ByteSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // One past the last byte.

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin >= end; }
  bool Contains(const ByteSpan& other) const {
    return begin <= other.begin && other.end <= end;
  }
  bool Overlaps(const ByteSpan& other) const {
    return begin < other.end && other.begin < end;
  }
  ByteSpan Moved(std::uint32_t by) const { return {begin + by, end + by}; }
  // The bytes of `text` inside the span; clipped, never out of range.
  std::string_view Of(std::string_view text) const {
    const std::size_t first = std::min<std::size_t>(begin, text.size());
    const std::size_t last = std::min<std::size_t>(end, text.size());
    return text.substr(first, last > first ? last - first : 0);
  }
  friend auto operator<=>(const ByteSpan&, const ByteSpan&) = default;
};

}  // namespace cairn
