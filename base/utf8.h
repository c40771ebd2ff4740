// UTF-8 to code points and back. Invalid bytes (overlong forms, surrogates,
// what is above U+10FFFF, half signs) read as U+FFFD, one byte at a time, so
// that every loop ends; whole signs behind them are still found.
//
// Place: anywhere. Pure; threads: safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

constexpr char32_t kReplacement = 0xfffd;

struct CodePoint {
  char32_t value = 0;
  std::uint32_t size = 0;  // Bytes it takes, at least 1.
};

// `offset` < text.size().
CodePoint DecodeAt(std::string_view text, std::size_t offset);
std::u32string DecodeUtf8(std::string_view text);

// What is no code point becomes U+FFFD.
void AppendUtf8(std::string& out, char32_t value);

// The longest beginning of `text` within the bytes that cuts no sign.
std::string_view CutUtf8(std::string_view text, std::size_t bytes_max);

}  // namespace cairn
