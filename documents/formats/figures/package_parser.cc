#include "documents/formats/figures/package_parser.h"

#include "documents/formats/image/image_parser.h"

namespace cairn {

StatusOr<ParsedDocument> PackageParser::Parse(const ParseInput& input,
                                              const Limits& limits) const {
  FigurePictures pictures(input.bytes, FigurePictures::Mode::kCount, limits);
  return ParsePackage(input, limits, pictures);
}

Status PackageParser::PictureReader::PrepareForJail() const {
  CAIRN_RETURN_IF_ERROR(format_.PrepareForJail());
  return ImageParser().PrepareForJail();
}

StatusOr<ParsedDocument> PackageParser::PictureReader::Parse(
    const ParseInput& input, const Limits& limits) const {
  FigurePictures pictures(input.bytes, FigurePictures::Mode::kRead, limits);
  return format_.ParsePackage(input, limits, pictures);
}

}  // namespace cairn
