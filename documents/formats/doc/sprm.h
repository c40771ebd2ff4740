// SprmReader: the properties that Word lists as changes to a default
// [MS-DOC 2.2.5].
//
// Threads: none. Cost: linear; stops at the first that does not fit.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cairn {

// Those that are read.
enum class Sprm : std::uint16_t {
  // Of characters.
  kDeleted = 0x0800,
  kHidden = 0x083c,
  kSpecial = 0x0855,
  kSymbol = 0x6a09,
  kRaised = 0x2a48,
  kObject = 0x080a,
  kBinary = 0x0806,  // At its place stands what a field of a form keeps.
  kPicturePlace = 0x6a03,
  // Of paragraphs.
  kStyle = 0x4600,
  kInTable = 0x2416,
  kRowEnd = 0x2417,
  kTableDepth = 0x6649,
  kInnerCellEnd = 0x244b,
  kInnerRowEnd = 0x244c,
  kListLevel = 0x260a,
  kList = 0x460b,
  kOutlineLevel = 0x2640,
  kElsewhere = 0x6646,  // The list goes on in the data stream.
  kElsewhereOld = 0x6645,
  // Of table rows.
  kCells = 0xd608,
  kHeaderRow = 0x3404,
  kBordersOld = 0xd605,
  kBorders = 0xd613,
  kJoinAbove = 0xd62b,
};

struct SprmValue {
  Sprm sprm = Sprm::kStyle;
  std::string_view operand;  // Without its size.

  std::uint32_t number() const;  // Of up to four bytes.
  bool on() const { return (number() & 1) != 0; }
};

class SprmReader {
 public:
  explicit SprmReader(std::string_view list) : list_(list) {}
  bool Next(SprmValue& value);

 private:
  std::string_view list_;
};

}  // namespace cairn
