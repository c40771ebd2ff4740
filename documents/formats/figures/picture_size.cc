#include "documents/formats/figures/picture_size.h"

#include <cstddef>
#include <cstdlib>

namespace cairn {
namespace {

using namespace std::string_view_literals;

// Numbers past the end of the bytes are 0.
std::uint32_t Big(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::uint32_t Little(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = size; i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return value;
}

// The first frame header among the segments.
PictureSize JpegSize(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 4 <= bytes.size() && bytes[at] == '\xff') {
    const std::uint32_t marker = Big(bytes, at + 1, 1);
    if (marker == 0xff) {  // Padding.
      ++at;
      continue;
    }
    const bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
                       marker != 0xc8 && marker != 0xcc;
    if (frame) return {Big(bytes, at + 7, 2), Big(bytes, at + 5, 2)};
    at += 2 + Big(bytes, at + 2, 2);
  }
  return {};
}

PictureSize BitmapSize(std::string_view bytes) {
  constexpr std::uint32_t kCoreHeader = 12;
  if (Little(bytes, 14, 4) == kCoreHeader) {
    return {Little(bytes, 18, 2), Little(bytes, 20, 2)};
  }
  // A negative height is that of rows from top to bottom.
  const auto height = static_cast<std::int32_t>(Little(bytes, 22, 4));
  return {Little(bytes, 18, 4), height < 0
                                    ? 0U - static_cast<std::uint32_t>(height)
                                    : static_cast<std::uint32_t>(height)};
}

PictureSize WebpSize(std::string_view bytes) {
  constexpr std::uint32_t kFourteenBits = 0x3fff;
  const std::string_view kind = bytes.substr(12, 4);
  if (kind == "VP8X"sv) {
    return {Little(bytes, 24, 3) + 1, Little(bytes, 27, 3) + 1};
  }
  if (kind == "VP8L"sv) {
    const std::uint32_t bits = Little(bytes, 21, 4);
    return {(bits & kFourteenBits) + 1, (bits >> 14 & kFourteenBits) + 1};
  }
  return {Little(bytes, 26, 2) & kFourteenBits,
          Little(bytes, 28, 2) & kFourteenBits};
}

}  // namespace

std::optional<PictureSize> PictureSizeOf(std::string_view head) {
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) {
    return PictureSize{Big(head, 16, 4), Big(head, 20, 4)};
  }
  if (head.starts_with("\xff\xd8\xff"sv)) return JpegSize(head);
  if (head.starts_with("GIF8"sv)) {
    return PictureSize{Little(head, 6, 2), Little(head, 8, 2)};
  }
  if (head.starts_with("BM"sv)) return BitmapSize(head);
  if (head.starts_with("RIFF"sv) && head.size() >= 16 &&
      head.substr(8, 4) == "WEBP"sv) {
    return WebpSize(head);
  }
  if (head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv)) {
    return PictureSize{};
  }
  return std::nullopt;
}

}  // namespace cairn
