#include "documents/formats/doc/sprm.h"

#include <algorithm>

#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint16_t kChangeTabs = 0xc615;

}  // namespace

std::uint32_t SprmValue::number() const {
  std::uint32_t value = 0;
  for (std::size_t i = std::min<std::size_t>(operand.size(), 4); i > 0; --i) {
    value = value << 8 | ByteAt(operand, i - 1);
  }
  return value;
}

bool SprmReader::Next(SprmValue& value) {
  if (list_.size() < 3) return false;
  const std::uint16_t code = U16At(list_, 0);
  std::size_t at = 2;
  std::size_t size = 0;
  switch (code >> 13) {
    case 0:
    case 1:
      size = 1;
      break;
    case 2:
    case 4:
    case 5:
      size = 2;
      break;
    case 3:
      size = 4;
      break;
    case 7:
      size = 3;
      break;
    default:
      size = ByteAt(list_, at);
      at = 3;
      if (code == static_cast<std::uint16_t>(Sprm::kCells)) {
        // Its size takes two bytes and counts one of them.
        size = U16At(list_, 2);
        at = 4;
        size -= size > 0 ? 1 : 0;
      } else if (code == kChangeTabs && size == 255) {
        // As many as its two lists of stops say.
        const std::size_t gone = ByteAt(list_, at);
        size = 1 + 4 * gone + 1;
        size += std::size_t{3} * ByteAt(list_, at + 1 + 4 * gone);
      }
  }
  value.sprm = static_cast<Sprm>(code);
  value.operand = Slice(list_, at, size);
  list_ = Slice(list_, at + size);
  return value.operand.size() == size;
}

}  // namespace cairn
