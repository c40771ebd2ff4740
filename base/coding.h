// Byte codings of keys and stored records.
//
// Place: storage keys (big-endian fixed width, so that byte order is number
// order) and record bodies (little varints, length-prefixed strings, raw
// floats in host order; the formats are little-endian only).
// Errors: a Decoder never reads past its input: it turns bad once, returns
// zeros from then on, and the caller checks ok() at the end of a record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

void AppendBigEndian32(std::string& out, std::uint32_t value);
void AppendBigEndian64(std::string& out, std::uint64_t value);
void AppendVarint(std::string& out, std::uint64_t value);
// ZigZag, for values that may be negative.
void AppendSignedVarint(std::string& out, std::int64_t value);
void AppendString(std::string& out, std::string_view value);
void AppendFloat(std::string& out, float value);
void AppendDouble(std::string& out, double value);

// Two lower-case hexadecimal digits a byte.
std::string ToHex(std::string_view bytes);
// Sixteen digits.
std::string ToHex64(std::uint64_t value);
// Of a digit in either case; -1: it is none.
int HexValue(char digit);

class Decoder {
 public:
  explicit Decoder(std::string_view input) : rest_(input) {}

  std::uint32_t BigEndian32();
  std::uint64_t BigEndian64();
  std::uint64_t Varint();
  std::int64_t SignedVarint();
  // Points into the input.
  std::string_view String();
  // `size` raw bytes, pointing into the input.
  std::string_view Bytes(std::size_t size);
  float Float();
  double Double();

  // A count of items of at least `item_bytes_min` bytes each: turns bad when
  // the rest of the input cannot hold them, so that a damaged record never
  // makes a reader reserve gigabytes.
  std::size_t Count(std::size_t item_bytes_min = 1);

  bool ok() const { return ok_; }
  bool done() const { return ok_ && rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  void Fail();

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace cairn
