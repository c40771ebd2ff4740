#include "text/utf8.h"

#include <unicode/utf8.h>

namespace cairn {

CodePoint DecodeAt(std::string_view text, std::size_t offset) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  auto next = static_cast<std::int64_t>(offset);
  const auto length = static_cast<std::int64_t>(text.size());
  UChar32 value = 0;
  U8_NEXT(bytes, next, length, value);
  if (value < 0) return {kReplacement, 1};
  return {static_cast<char32_t>(value),
          static_cast<std::uint32_t>(next - static_cast<std::int64_t>(offset))};
}

void AppendUtf8(std::string& out, char32_t value) {
  std::uint8_t bytes[4];
  std::int32_t size = 0;
  UBool failed = 0;
  U8_APPEND(bytes, size, 4, static_cast<UChar32>(value), failed);
  if (failed != 0) {
    AppendUtf8(out, kReplacement);
    return;
  }
  out.append(reinterpret_cast<const char*>(bytes),
             static_cast<std::size_t>(size));
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& sign : lower) sign = AsciiLower(sign);
  return lower;
}

}  // namespace cairn
