#include "base/utf8.h"

namespace cairn {
namespace {

constexpr CodePoint kInvalid = {kReplacement, 1};

bool Continues(unsigned char byte) { return (byte & 0xc0) == 0x80; }

// A code point that UTF-8 may write, and not in fewer bytes than `size`.
bool IsSound(char32_t value, std::uint32_t size) {
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return value >= kSmallest[size] && value <= 0x10ffff &&
         (value < 0xd800 || value > 0xdfff);
}

}  // namespace

CodePoint DecodeAt(std::string_view text, std::size_t offset) {
  const auto byte_at = [text](std::size_t at) {
    return static_cast<unsigned char>(text[at]);
  };
  const unsigned char lead = byte_at(offset);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xc0 || lead > 0xf7) return kInvalid;
  const std::uint32_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (text.size() - offset < size) return kInvalid;
  char32_t value = lead & (0x7fU >> size);
  for (std::uint32_t i = 1; i < size; ++i) {
    const unsigned char byte = byte_at(offset + i);
    if (!Continues(byte)) return kInvalid;
    value = value << 6 | (byte & 0x3fU);
  }
  return IsSound(value, size) ? CodePoint{value, size} : kInvalid;
}

std::u32string DecodeUtf8(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint sign = DecodeAt(text, at);
    out.push_back(sign.value);
    at += sign.size;
  }
  return out;
}

void AppendUtf8(std::string& out, char32_t value) {
  if (!IsSound(value, 1)) value = kReplacement;
  const auto put = [&out](char32_t byte) {
    out.push_back(static_cast<char>(byte));
  };
  const auto put_rest = [&](int shift) { put(0x80 | (value >> shift & 0x3f)); };
  if (value < 0x80) {
    put(value);
  } else if (value < 0x800) {
    put(0xc0 | value >> 6);
    put_rest(0);
  } else if (value < 0x10000) {
    put(0xe0 | value >> 12);
    put_rest(6);
    put_rest(0);
  } else {
    put(0xf0 | value >> 18);
    put_rest(12);
    put_rest(6);
    put_rest(0);
  }
}

std::string_view CutUtf8(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  std::size_t end = bytes_max;
  while (end > 0 && Continues(static_cast<unsigned char>(text[end]))) --end;
  return text.substr(0, end);
}

}  // namespace cairn
