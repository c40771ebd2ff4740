#include "documents/formats/figures/figure_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cairn {
namespace {

// A tenth of a second a thousand when packed; what stands behind them are icons
// and bombs.
constexpr std::size_t kLooksMax = 2'000;
// Cameras put up to 64 KiB before the size; without it a picture is read.
constexpr std::size_t kHeadBytes = std::size_t{32} << 10;

// A line of text of a screen is 16 pixels high, a few words 200 wide.
constexpr double kSideMin = 24;
constexpr double kPixelsMin = 20'000;
// Decoded in colours, more does not fit beside the document.
constexpr double kPixelsMax = 50e6;

// As shown: a quarter of an inch is a line, a square inch a logo.
constexpr double kShownSideMin = 18;
constexpr double kShownAreaMin = 72.0 * 72.0;

bool IsSmall(double width, double height, double side_min, double area_min) {
  return std::min(width, height) < side_min || width * height < area_min;
}

}  // namespace

bool FigurePictures::OpenPackage() {
  if (!opened_) {
    opened_ = true;
    StatusOr<ZipPackage> package = ZipPackage::Open(bytes_, limits_);
    if (package.ok()) package_.emplace(*std::move(package));
  }
  return package_.has_value();
}

bool FigurePictures::MayHoldText(std::string_view part) {
  const StatusOr<PartHead> head = package_->ReadHead(part, kHeadBytes);
  if (!head.ok()) {
    words_.CountFailed();
    return false;
  }
  if (!contents_.emplace(head->size, head->checksum).second) return false;
  const std::optional<PictureSize> size = PictureSizeOf(head->bytes);
  if (!size.has_value()) return false;
  const double width = size->width;
  const double height = size->height;
  if (width * height == 0) return true;
  if (width * height > kPixelsMax) {
    words_.CountLeftOut();
    return false;
  }
  return !IsSmall(width, height, kSideMin, kPixelsMin);
}

void FigurePictures::Add(std::string_view part, const ShownSize& shown,
                         DocumentBuilder& builder) {
  if (part.empty() || builder.failed()) return;
  if (shown.width > 0 && shown.height > 0 &&
      IsSmall(shown.width, shown.height, kShownSideMin, kShownAreaMin)) {
    return;
  }
  if (!OpenPackage() || !package_->Has(part) || !parts_.emplace(part).second) {
    return;
  }
  if (parts_.size() > kLooksMax) {
    words_.CountLeftOut();
  } else if (MayHoldText(part)) {
    ++found_;
    if (mode_ == PictureMode::kCount) return;
    if (!words_.MayReadMore()) return words_.CountLeftOut();
    const StatusOr<std::string> bytes = package_->Read(part);
    bytes.ok() ? words_.Read(*bytes, builder) : words_.CountFailed();
  }
}

StatusOr<ParsedDocument> FigurePictures::Finish(DocumentBuilder builder) {
  words_.Warn("above " + std::to_string(std::lround(kPixelsMax / 1e6)) +
                  " million pixels, behind the first " +
                  std::to_string(kLooksMax),
              builder);
  StatusOr<ParsedDocument> document = std::move(builder).Finish();
  const bool counted = mode_ == PictureMode::kCount;
  if (document.ok()) {
    if (counted) document->unread_pictures = static_cast<std::uint32_t>(found_);
  } else if (found_ > 0 && ReasonOf(document.status()) == "EMPTY_DOCUMENT") {
    return InvalidArgumentError("the document has no text but for " +
                                    PicturesInWords(found_) +
                                    (counted ? "; pictures were not read"
                                             : "; no words were found there"),
                                "NO_TEXT_LAYER");
  }
  return document;
}

}  // namespace cairn
