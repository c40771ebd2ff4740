// Little-endian numbers in bytes, and UTF-16 to UTF-8.
//
// Place: readers of binary Office formats, whose every offset is foreign. A
// number that is not wholly inside the bytes reads as 0 and a slice is cut at
// the end, so that no caller can read outside; where 0 could mean something the
// caller looks at the size first. Threads: safe; pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace cairn {

inline std::uint8_t ByteAt(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : 0;
}

namespace little_endian {

template <typename Number>
Number At(std::string_view bytes, std::size_t at) {
  static_assert(std::is_unsigned_v<Number>);
  if (bytes.size() < sizeof(Number) || at > bytes.size() - sizeof(Number)) {
    return 0;
  }
  Number value = 0;
  for (std::size_t i = sizeof(Number); i > 0; --i) {
    value = static_cast<Number>(value << 8 |
                                static_cast<std::uint8_t>(bytes[at + i - 1]));
  }
  return value;
}

}  // namespace little_endian

inline std::uint16_t U16At(std::string_view bytes, std::size_t at) {
  return little_endian::At<std::uint16_t>(bytes, at);
}
inline std::uint32_t U32At(std::string_view bytes, std::size_t at) {
  return little_endian::At<std::uint32_t>(bytes, at);
}
inline std::uint64_t U64At(std::string_view bytes, std::size_t at) {
  return little_endian::At<std::uint64_t>(bytes, at);
}
inline std::int16_t I16At(std::string_view bytes, std::size_t at) {
  return static_cast<std::int16_t>(U16At(bytes, at));
}
inline std::int32_t I32At(std::string_view bytes, std::size_t at) {
  return static_cast<std::int32_t>(U32At(bytes, at));
}
inline double DoubleAt(std::string_view bytes, std::size_t at) {
  const std::uint64_t bits = U64At(bytes, at);
  double value = 0;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

// Up to `count` bytes from `at`; fewer, or none, beyond the end.
inline std::string_view Slice(std::string_view bytes, std::size_t at,
                              std::size_t count = std::string_view::npos) {
  return at < bytes.size() ? bytes.substr(at, count) : std::string_view();
}

// Appends one UTF-16 unit after another as UTF-8; halves of a pair that stand
// alone become U+FFFD. The signs keep their meaning, NUL and controls too.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(std::string& out) : out_(out) {}
  void Add(std::uint16_t unit);
  // A half that still waits for its other one is damage too.
  void Finish();

 private:
  std::string& out_;
  std::uint16_t high_ = 0;
};

// UTF-16LE bytes as UTF-8; an odd last byte is left out.
std::string Utf16ToUtf8(std::string_view bytes);

}  // namespace cairn
