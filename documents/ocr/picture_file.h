// PictureFile: the pages of an image file as grey pixels.
//
// Formats: PNG, JPEG, TIFF (all pages), WebP, GIF (the first picture), BMP, as
// far as Debian's Leptonica has them. Life cycle: Open, then Next until it
// gives nothing; the bytes must outlive it. Threads: one at a time.
// Errors: those of LoadOcr; INVALID_ARGUMENT with IMAGE_TOO_LARGE (above 100
// million pixels) or DAMAGED_IMAGE.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/status.h"
#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

class PictureFile {
 public:
  static StatusOr<PictureFile> Open(std::string_view bytes);
  // The next page; nothing after the last. DAMAGED_IMAGE ends the file.
  StatusOr<std::optional<Picture>> Next();

 private:
  PictureFile(const OcrLibraries& ocr, std::string_view bytes)
      : ocr_(&ocr), bytes_(bytes) {}

  const OcrLibraries* ocr_;
  std::string_view bytes_;
  bool many_ = false;  // A TIFF.
  bool done_ = false;
  std::size_t offset_ = 0;  // Of the next page of a TIFF.
};

}  // namespace cairn::ocr
