// ImagePages: what is written on the pages of an image file, before it becomes
// a document.
//
// Place: the image parser, and the pictures inside other documents
// (documents/formats/figures). Jailed process only. Threads: one at a time.
// Errors: those of ocr::PictureFile for the first page; TOO_MANY_PAGES. Later
// pages that cannot be read are empty ones.
#pragma once

#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/pdf/page_layout.h"
#include "documents/formats/pdf/page_pictures.h"

namespace cairn::image {

struct ImagePages {
  pdf::DocumentLayout layout;
  pdf::PictureReport report;
  bool damaged = false;  // Pages after the last one may be missing.
};

// `orientation`: Exif's, 1 to 8.
StatusOr<ImagePages> ReadImagePages(std::string_view bytes, int orientation,
                                    const Limits& limits);

}  // namespace cairn::image
