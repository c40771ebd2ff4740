#include "base/coding.h"

#include <cstring>

namespace cairn {

void AppendBigEndian32(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}

void AppendBigEndian64(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(value >> shift));
  }
}

std::string ToHex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * bytes.size());
  for (const char sign : bytes) {
    const auto byte = static_cast<unsigned char>(sign);
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

std::string ToHex64(std::uint64_t value) {
  std::string bytes;
  AppendBigEndian64(bytes, value);
  return ToHex(bytes);
}

void AppendVarint(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out.push_back(static_cast<char>(value | 0x80));
    value >>= 7;
  }
  out.push_back(static_cast<char>(value));
}

void AppendSignedVarint(std::string& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  AppendVarint(out, (bits << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void AppendString(std::string& out, std::string_view value) {
  AppendVarint(out, value.size());
  out.append(value);
}

void AppendFloat(std::string& out, float value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void AppendDouble(std::string& out, double value) {
  char bytes[sizeof value];
  std::memcpy(bytes, &value, sizeof value);
  out.append(bytes, sizeof value);
}

void Decoder::Fail() {
  ok_ = false;
  rest_ = {};
}

std::string_view Decoder::Bytes(std::size_t size) {
  if (size > rest_.size()) {
    Fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return bytes;
}

std::uint32_t Decoder::BigEndian32() {
  std::uint32_t value = 0;
  for (const char byte : Bytes(4)) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  return value;
}

std::uint64_t Decoder::BigEndian64() {
  std::uint64_t value = 0;
  for (const char byte : Bytes(8)) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  return value;
}

std::uint64_t Decoder::Varint() {
  std::uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    if (rest_.empty()) break;
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  Fail();
  return 0;
}

std::int64_t Decoder::SignedVarint() {
  const std::uint64_t bits = Varint();
  return static_cast<std::int64_t>(bits >> 1) ^
         -static_cast<std::int64_t>(bits & 1);
}

std::string_view Decoder::String() {
  const std::uint64_t size = Varint();
  if (size > rest_.size()) {
    Fail();
    return {};
  }
  return Bytes(static_cast<std::size_t>(size));
}

float Decoder::Float() {
  float value = 0;
  const std::string_view bytes = Bytes(sizeof value);
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

double Decoder::Double() {
  double value = 0;
  const std::string_view bytes = Bytes(sizeof value);
  if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
  return value;
}

std::size_t Decoder::Count(std::size_t item_bytes_min) {
  const std::uint64_t count = Varint();
  if (count > rest_.size() / (item_bytes_min == 0 ? 1 : item_bytes_min)) {
    Fail();
    return 0;
  }
  return static_cast<std::size_t>(count);
}

}  // namespace cairn
