#include "documents/formats/figures/picture_format.h"

#include "documents/formats/image/image_parser.h"

namespace cairn {

Status PictureFormat::PictureReader::PrepareForJail() const {
  CAIRN_RETURN_IF_ERROR(format_.PrepareForJail());
  return ImageParser().PrepareForJail();
}

}  // namespace cairn
