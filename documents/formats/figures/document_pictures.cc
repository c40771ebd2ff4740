#include "documents/formats/figures/document_pictures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "documents/formats/figures/bitmap_head.h"
#include "documents/formats/figures/picture_size.h"

namespace cairn {
namespace {

// A tenth of a second a thousand when packed; what stands behind them are icons
// and bombs.
constexpr std::size_t kLooksMax = 2'000;

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

bool DocumentPictures::IsShownLarge(const ShownSize& shown) {
  return shown.width <= 0 || shown.height <= 0 ||
         !IsSmall(shown.width, shown.height, kShownSideMin, kShownAreaMin);
}

bool DocumentPictures::Look() {
  if (++looks_ <= kLooksMax) return true;
  words_.CountLeftOut();
  return false;
}

bool DocumentPictures::MayHoldText(std::string_view head) {
  const std::optional<PictureSize> size = PictureSizeOf(head);
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

bool DocumentPictures::IsWanted() {
  ++found_;
  if (mode_ == PictureMode::kCount) return false;
  if (words_.MayReadMore()) return true;
  words_.CountLeftOut();
  return false;
}

void DocumentPictures::Add(const StoredPicture& picture, const ShownSize& shown,
                           DocumentBuilder& builder) {
  const std::string_view bytes = picture.bytes;
  if (builder.failed() || !IsShownLarge(shown) || !Look()) return;
  std::string file;
  std::string_view head = bytes.substr(0, kHeadBytes);
  if (picture.bitmap) head = file = BitmapHead(bytes).append(head);
  if (!PictureSizeOf(head).has_value()) return CountFailed();
  if (!MayHoldText(head) ||
      !IsNew(bytes.size(), std::hash<std::string_view>()(bytes)) ||
      !IsWanted()) {
    return;
  }
  if (!picture.bitmap) return Read(bytes, builder);
  file += bytes.substr(std::min(bytes.size(), kHeadBytes));
  Read(file, builder);
}

StatusOr<ParsedDocument> DocumentPictures::Finish(DocumentBuilder builder) {
  if (drawings_ > 0) {
    builder.AddWarning(std::to_string(drawings_) +
                       (drawings_ == 1
                            ? " drawing (WMF, EMF or PICT) was left out"
                            : " drawings (WMF, EMF or PICT) were left out"));
  }
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
