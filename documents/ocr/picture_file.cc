#include "documents/ocr/picture_file.h"

#include <cmath>
#include <string>

#include "documents/ocr/pix.h"

namespace cairn::ocr {
namespace {

constexpr double kPixelsMax = 100e6;
// Larger pictures are made smaller: letters stay large enough to be read.
constexpr double kPixelsKept = 30e6;
constexpr int kResolutionMin = 60, kResolutionMax = 2400;

Status Damaged() {
  return InvalidArgumentError(
      "the image is damaged and cannot be read; open it in a viewer and save "
      "it anew",
      "DAMAGED_IMAGE");
}

Status TooLarge(double pixels) {
  return InvalidArgumentError(
      "the image has " + std::to_string(std::llround(pixels / 1e6)) +
          " million pixels, above the limit of 100 million; make it smaller or "
          "cut it into parts",
      "IMAGE_TOO_LARGE");
}

}  // namespace

StatusOr<PictureFile> PictureFile::Open(std::string_view bytes) {
  CAIRN_ASSIGN_OR_RETURN(const OcrLibraries* ocr, LoadOcr());
  PictureFile file(*ocr, bytes);
  file.many_ = bytes.starts_with("II") || bytes.starts_with("MM");
  int format = 0;
  int width = 0;
  int height = 0;
  int bits = 0;
  int samples = 0;
  int colour_map = 0;
  if (ocr->ReadHeaderMem(reinterpret_cast<const std::uint8_t*>(bytes.data()),
                         bytes.size(), &format, &width, &height, &bits,
                         &samples, &colour_map) != 0 ||
      width <= 0 || height <= 0) {
    return Damaged();
  }
  const double pixels = static_cast<double>(width) * height;
  if (pixels > kPixelsMax) return TooLarge(pixels);
  return file;
}

StatusOr<std::optional<Picture>> PictureFile::Next() {
  if (done_) return std::optional<Picture>();
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes_.data());
  PixOwner pix = Own(*ocr_, many_ ? ocr_->ReadMemFromMultipageTiff(
                                        data, bytes_.size(), &offset_)
                                  : ocr_->ReadMem(data, bytes_.size()));
  done_ = !many_ || offset_ == 0 || pix == nullptr;
  if (pix == nullptr) return Damaged();
  const int resolution = ocr_->GetXRes(pix.get());
  const double pixels = static_cast<double>(ocr_->GetWidth(pix.get())) *
                        ocr_->GetHeight(pix.get());
  if (pixels > kPixelsMax) return TooLarge(pixels);
  if (ocr_->GetSpp(pix.get()) == 4) {
    pix = Own(*ocr_, ocr_->RemoveAlpha(pix.get()));
    if (pix == nullptr) return Damaged();
  }
  pix = Own(*ocr_, ocr_->ConvertTo8(pix.get(), 0));
  if (pix == nullptr) return Damaged();
  float scale = 1;
  if (pixels > kPixelsKept) {
    scale = static_cast<float>(std::sqrt(kPixelsKept / pixels));
    pix = Own(*ocr_, ocr_->ScaleAreaMap(pix.get(), scale, scale));
    if (pix == nullptr) return Damaged();
  }
  Picture picture = ToPicture(*ocr_, pix.get());
  if (resolution >= kResolutionMin && resolution <= kResolutionMax) {
    picture.dots_per_inch = static_cast<float>(resolution) * scale;
  } else {
    picture.dots_per_inch = 72 * scale;
  }
  return std::optional<Picture>(std::move(picture));
}

}  // namespace cairn::ocr
