#include "documents/formats/figures/picture_size.h"

#include <cstddef>

#include "documents/formats/ole/little_endian.h"

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
  if (U32At(bytes, 14) == kCoreHeader) {
    return {U16At(bytes, 18), U16At(bytes, 20)};
  }
  // A negative height is that of rows from top to bottom.
  const auto height = static_cast<std::int32_t>(U32At(bytes, 22));
  return {U32At(bytes, 18), height < 0 ? 0U - static_cast<std::uint32_t>(height)
                                       : static_cast<std::uint32_t>(height)};
}

PictureSize WebpSize(std::string_view bytes) {
  constexpr std::uint32_t kFourteenBits = 0x3fff;
  const std::string_view kind = bytes.substr(12, 4);
  constexpr std::uint32_t kTwentyFourBits = 0xffffff;
  // A cut one tells nothing, not 0 + 1.
  if (bytes.size() < (kind == "VP8L"sv ? 25U : 30U)) return {};
  if (kind == "VP8X"sv) {
    return {(U32At(bytes, 24) & kTwentyFourBits) + 1,
            (U32At(bytes, 26) >> 8) + 1};
  }
  if (kind == "VP8L"sv) {
    const std::uint32_t bits = U32At(bytes, 21);
    return {(bits & kFourteenBits) + 1, (bits >> 14 & kFourteenBits) + 1};
  }
  return {U16At(bytes, 26) & kFourteenBits, U16At(bytes, 28) & kFourteenBits};
}

}  // namespace

std::optional<PictureSize> PictureSizeOf(std::string_view head) {
  if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) {
    return PictureSize{Big(head, 16, 4), Big(head, 20, 4)};
  }
  if (head.starts_with("\xff\xd8\xff"sv)) return JpegSize(head);
  if (head.starts_with("GIF8"sv)) {
    return PictureSize{U16At(head, 6), U16At(head, 8)};
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
