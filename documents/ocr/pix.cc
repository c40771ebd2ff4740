#include "documents/ocr/pix.h"

#include <bit>
#include <cstring>

namespace cairn::ocr {
namespace {

// Leptonica keeps pixels in words of the machine, the leftmost in the highest
// byte.
void SwapOnLittleEndian(const OcrLibraries& ocr, Pix* pix) {
  if constexpr (std::endian::native == std::endian::little) {
    ocr.EndianByteSwap(pix);
  }
}

}  // namespace

PixOwner ToPix(const OcrLibraries& ocr, const Picture& picture) {
  PixOwner pix =
      Own(ocr, ocr.CreateNoInit(static_cast<int>(picture.width),
                                static_cast<int>(picture.height), 8));
  if (pix == nullptr) return pix;
  auto* row = reinterpret_cast<std::uint8_t*>(ocr.GetData(pix.get()));
  const auto stride = static_cast<std::size_t>(ocr.GetWpl(pix.get())) * 4;
  for (std::size_t y = 0; y < picture.height; ++y, row += stride) {
    std::memcpy(row, picture.grey.data() + y * picture.width, picture.width);
    std::memset(row + picture.width, 0xff, stride - picture.width);
  }
  SwapOnLittleEndian(ocr, pix.get());
  return pix;
}

Picture ToPicture(const OcrLibraries& ocr, Pix* pix) {
  Picture picture;
  picture.width = static_cast<std::uint32_t>(ocr.GetWidth(pix));
  picture.height = static_cast<std::uint32_t>(ocr.GetHeight(pix));
  picture.grey.resize(std::size_t{picture.width} * picture.height);
  SwapOnLittleEndian(ocr, pix);
  const auto* row = reinterpret_cast<const std::uint8_t*>(ocr.GetData(pix));
  const auto stride = static_cast<std::size_t>(ocr.GetWpl(pix)) * 4;
  for (std::size_t y = 0; y < picture.height; ++y, row += stride) {
    std::memcpy(picture.grey.data() + y * picture.width, row, picture.width);
  }
  SwapOnLittleEndian(ocr, pix);
  return picture;
}

}  // namespace cairn::ocr
