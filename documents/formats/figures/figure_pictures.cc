#include "documents/formats/figures/figure_pictures.h"

#include <utility>

namespace cairn {

bool FigurePictures::OpenPackage() {
  if (!opened_) {
    opened_ = true;
    StatusOr<ZipPackage> package = ZipPackage::Open(bytes_, limits_);
    if (package.ok()) package_.emplace(*std::move(package));
  }
  return package_.has_value();
}

void FigurePictures::Add(std::string_view part, const ShownSize& shown,
                         DocumentBuilder& builder) {
  if (part.empty() || builder.failed()) return;
  if (!DocumentPictures::IsShownLarge(shown)) return;
  if (!OpenPackage() || !package_->Has(part) || !parts_.emplace(part).second ||
      !pictures_.Look()) {
    return;
  }
  const StatusOr<PartHead> head =
      package_->ReadHead(part, DocumentPictures::kHeadBytes);
  if (!head.ok()) return pictures_.CountFailed();
  if (!pictures_.IsNew(head->size, head->checksum) ||
      !pictures_.MayHoldText(head->bytes) || !pictures_.IsWanted()) {
    return;
  }
  const StatusOr<std::string> bytes = package_->Read(part);
  bytes.ok() ? pictures_.Read(*bytes, builder) : pictures_.CountFailed();
}

}  // namespace cairn
