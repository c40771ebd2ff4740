#include "documents/formats/office97/drawing_pictures.h"

#include "documents/formats/office97/records.h"

namespace cairn {
namespace {

constexpr std::uint16_t kDrawingGroup = 0xf000;
constexpr std::uint16_t kPictureList = 0xf001;

}  // namespace

std::string_view PictureListOf(std::string_view drawing_group) {
  return FindRecord(FindRecord(drawing_group, kDrawingGroup), kPictureList);
}

void AddBlip(const Blip& blip, const ShownSize& shown,
             DocumentPictures& pictures, DocumentBuilder& builder) {
  switch (blip.kind) {
    case Blip::Kind::kNone:
      break;
    case Blip::Kind::kPicture:
      pictures.Add(blip.picture, shown, builder);
      break;
    case Blip::Kind::kDrawing:
      pictures.CountDrawing();
      break;
    case Blip::Kind::kDamaged:
      pictures.CountFailed();
      break;
  }
}

void DrawingPictures::Add(std::uint32_t number, const ShownSize& shown,
                          DocumentBuilder& builder) {
  // It may be shown larger elsewhere, so it is not taken yet.
  if (number == 0 || builder.failed() ||
      !DocumentPictures::IsShownLarge(shown)) {
    return;
  }
  AddBlip(blips_.Take(number), shown, pictures_, builder);
}

}  // namespace cairn
