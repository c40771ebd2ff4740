// PackageParser: a PictureFormat that is a package, as FigurePictures reads it.
#pragma once

#include "documents/formats/figures/figure_pictures.h"
#include "documents/formats/figures/picture_format.h"

namespace cairn {

class PackageParser : public PictureFormat {
 public:
  using PictureFormat::PictureFormat;

 private:
  StatusOr<ParsedDocument> ParseWith(PictureMode mode, const ParseInput& input,
                                     const Limits& limits) const final {
    FigurePictures pictures(input.bytes, mode, limits);
    return ParsePackage(input, limits, pictures);
  }
  // Tells `pictures` of each picture and ends with its Finish.
  virtual StatusOr<ParsedDocument> ParsePackage(
      const ParseInput& input, const Limits& limits,
      FigurePictures& pictures) const = 0;
};

}  // namespace cairn
