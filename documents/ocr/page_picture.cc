#include "documents/ocr/page_picture.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "documents/ocr/picture_lines.h"

namespace cairn::ocr {
namespace {

constexpr float kPi = 3.14159265F;
constexpr float kSkewMin = 0.15F;           // Degrees; less does no harm.
constexpr float kSkewConfidenceMin = 3.0F;  // As Leptonica advises.
constexpr float kOrientationMin = 8.0F;     // Leptonica's own default.
constexpr int kComponentHeightMin = 5;

// The middle height of what looks like letters.
float LetterHeight(const OcrLibraries& ocr, Pix* binary) {
  Boxa* boxes = ocr.ConnCompBB(binary, 8);
  if (boxes == nullptr) return 0;
  std::vector<int> heights;
  const int count = ocr.BoxaGetCount(boxes);
  for (int i = 0; i < count; ++i) {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    ocr.BoxaGetBoxGeometry(boxes, i, &left, &top, &width, &height);
    if (height >= kComponentHeightMin && width >= 2 && width < 4 * height &&
        height < 8 * width) {
      heights.push_back(height);
    }
  }
  ocr.BoxaDestroy(&boxes);
  if (heights.empty()) return 0;
  const auto middle =
      heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), middle, heights.end());
  return static_cast<float>(*middle);
}

// Quarter turns clockwise that make the letters stand upright, by the share of
// letters that rise above the others.
int QuarterTurns(const OcrLibraries& ocr, Pix* binary) {
  float up = 0;
  float left = 0;
  if (ocr.OrientDetect(binary, &up, &left, 0, 0) != 0) return 0;
  if (std::fabs(up) >= kOrientationMin &&
      std::fabs(up) > 2.5F * std::fabs(left)) {
    return up > 0 ? 0 : 2;
  }
  if (std::fabs(left) >= kOrientationMin &&
      std::fabs(left) > 2.5F * std::fabs(up)) {
    return left > 0 ? 1 : 3;
  }
  return 0;
}

}  // namespace

PagePicture::PagePicture(const OcrLibraries& ocr, PixOwner pix)
    : ocr_(&ocr), pix_(std::move(pix)) {
  turned_.width = static_cast<std::uint32_t>(ocr.GetWidth(pix_.get()));
  turned_.height = static_cast<std::uint32_t>(ocr.GetHeight(pix_.get()));
}

std::optional<PagePicture> PagePicture::Make(const OcrLibraries& ocr,
                                             const Picture& picture) {
  PixOwner pix = ToPix(ocr, picture);
  if (pix == nullptr) return std::nullopt;
  PagePicture page(ocr, std::move(pix));
  page.dark_below_ = DarkBelow(picture);
  if (const PixOwner binary = page.Binary(); binary != nullptr) {
    page.letter_ = LetterHeight(ocr, binary.get());
    page.Turn(QuarterTurns(ocr, binary.get()));
  }
  page.MakeLevel();
  return page;
}

PixOwner PagePicture::Binary() const {
  return Own(*ocr_, ocr_->ThresholdToBinary(pix_.get(), dark_below_));
}

void PagePicture::Turn(int quarters) {
  quarters &= 3;
  if (quarters == 0) return;
  PixOwner turned = Own(*ocr_, ocr_->RotateOrth(pix_.get(), quarters));
  if (turned == nullptr) return;
  pix_ = std::move(turned);
  turned_.quarters = (turned_.quarters + quarters) & 3;
  turned_.width = static_cast<std::uint32_t>(ocr_->GetWidth(pix_.get()));
  turned_.height = static_cast<std::uint32_t>(ocr_->GetHeight(pix_.get()));
}

// Small turns keep the size of the picture; its corners are cut.
void PagePicture::MakeLevel() {
  const PixOwner binary = Binary();
  float degrees = 0;
  float confidence = 0;
  if (binary == nullptr ||
      ocr_->FindSkew(binary.get(), &degrees, &confidence) != 0 ||
      confidence < kSkewConfidenceMin || std::fabs(degrees) < kSkewMin) {
    return;
  }
  const float radians = degrees * kPi / 180;
  PixOwner level = Own(*ocr_, ocr_->RotateAMGray(pix_.get(), radians, 255));
  if (level == nullptr) return;
  pix_ = std::move(level);
  turned_.radians = radians;
}

std::optional<PagePicture> PagePicture::Middle() const {
  const int width = ocr_->GetWidth(pix_.get());
  const int height = ocr_->GetHeight(pix_.get());
  Box* box = ocr_->BoxCreate(width / 4, height / 4, width / 2, height / 2);
  PixOwner part = Own(*ocr_, ocr_->ClipRectangle(pix_.get(), box, nullptr));
  ocr_->BoxDestroy(&box);
  if (part == nullptr) return std::nullopt;
  PagePicture middle(*ocr_, std::move(part));
  middle.dark_below_ = dark_below_;
  middle.letter_ = letter_;
  return middle;
}

}  // namespace cairn::ocr
