#include "documents/formats/rtf/rtf_picture.h"

#include "base/coding.h"

namespace cairn {
namespace {

constexpr double kTwipsPerPoint = 20;

}  // namespace

void RtfPicture::Word(const RtfToken& token) {
  const std::string_view word = token.text;
  if (word == "bin") {
    bytes_ += token.data;
  } else if (word == "pngblip" || word == "jpegblip") {
    kind_ = Kind::kPicture;
  } else if (word == "dibitmap") {
    kind_ = Kind::kBitmap;
  } else if (word == "emfblip" || word == "wmetafile" || word == "pmmetafile" ||
             word == "macpict") {
    kind_ = Kind::kDrawing;
  } else if (word == "picwgoal") {
    width_ = token.number;
  } else if (word == "pichgoal") {
    height_ = token.number;
  } else if (word == "picscalex") {
    scale_x_ = token.number;
  } else if (word == "picscaley") {
    scale_y_ = token.number;
  }
}

void RtfPicture::AddHex(std::string_view digits) {
  if (kind_ == Kind::kDrawing) return;
  for (const char digit : digits) {
    const int value = HexValue(digit);
    if (value < 0) continue;
    if (high_ < 0) {
      high_ = value;
      continue;
    }
    bytes_.push_back(static_cast<char>(high_ << 4 | value));
    high_ = -1;
  }
}

void RtfPicture::Write(DocumentPictures& pictures,
                       DocumentBuilder& builder) const {
  const auto points = [](int twips, int percent) {
    return twips / kTwipsPerPoint * percent / 100;
  };
  const ShownSize shown{points(width_, scale_x_), points(height_, scale_y_)};
  if (!DocumentPictures::IsShownLarge(shown)) return;
  if (kind_ == Kind::kDrawing) {
    pictures.CountDrawing();
  } else if (kind_ == Kind::kUnknown) {
    pictures.CountFailed();
  } else if (!bytes_.empty()) {  // Else it is linked.
    pictures.Add({.bytes = bytes_, .bitmap = kind_ == Kind::kBitmap}, shown,
                 builder);
  }
}

}  // namespace cairn
