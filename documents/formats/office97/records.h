// OfficeRecords: the records that drawings [MS-ODRAW] and presentations
// [MS-PPT] consist of: a head of eight bytes, then atoms' data or, in a
// container, further records.
//
// Lengths are foreign: a record ends where what holds it ends, whatever it
// says. Threads: safe; pure. Cost: of a step none, of FindRecord the number of
// records beside each other, whatever is inside of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cairn {

inline constexpr std::size_t kRecordHeadBytes = 8;

struct OfficeRecord {
  std::uint16_t type = 0;
  std::uint16_t instance = 0;
  std::string_view body;
};

// The first record of `bytes`, which is taken off; none when no head is left.
std::optional<OfficeRecord> TakeRecord(std::string_view& bytes);

// The body of the first record of this type; empty: there is none.
std::string_view FindRecord(std::string_view bytes, std::uint16_t type);

// Properties of a shape, by their numbers in [MS-ODRAW] 2.3.
class ShapeProperties {
 public:
  // `shape`: what the container of a shape holds.
  explicit ShapeProperties(std::string_view shape) : shape_(shape) {}

  std::uint32_t Number(std::uint16_t id) const;  // 0: not given.
  std::string Text(std::uint16_t id) const;      // UTF-8, no controls.

 private:
  std::string_view shape_;
};

}  // namespace cairn
