#include "documents/formats/figures/bitmap_head.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "documents/formats/ole/little_endian.h"

namespace cairn {
namespace {

constexpr std::uint32_t kFileHeadBytes = 14;
constexpr std::uint32_t kCoreHeadBytes = 12;
constexpr std::uint32_t kInfoHeadBytes = 40;
constexpr std::uint32_t kPaletteBitsMax = 8;
constexpr std::uint32_t kColoursMax = 256;
constexpr std::uint32_t kBitFields = 3;  // A compression: masks of colours.

// What stands between the bitmap's head and its pixels.
std::uint32_t ColourBytes(std::string_view bitmap, std::uint32_t head) {
  if (head == kCoreHeadBytes) {
    const std::uint32_t bits = U16At(bitmap, 10);
    return bits <= kPaletteBitsMax ? 3U << bits : 0;
  }
  const std::uint32_t bits = U16At(bitmap, 14);
  std::uint32_t colours = U32At(bitmap, 32);
  if (colours == 0 && bits <= kPaletteBitsMax) colours = 1U << bits;
  // Later heads have the masks inside.
  const bool masks = head == kInfoHeadBytes && U32At(bitmap, 16) == kBitFields;
  return 4 * std::min(colours, kColoursMax) + (masks ? 12 : 0);
}

}  // namespace

std::string BitmapHead(std::string_view bitmap) {
  const std::uint32_t head = U32At(bitmap, 0);
  std::string out = "BM";
  const auto put = [&](std::uint32_t number) {
    for (int i = 0; i < 4; ++i) {
      out.push_back(static_cast<char>(number >> (8 * i)));
    }
  };
  put(kFileHeadBytes + static_cast<std::uint32_t>(bitmap.size()));
  put(0);
  put(kFileHeadBytes + head + ColourBytes(bitmap, head));
  return out;
}

}  // namespace cairn
