// ReadPicture: the words of a picture, by Tesseract.
//
// How: the picture is turned upright (quarter turns, by the shape of its
// letters, and again when what was read makes no sense), made level, enlarged
// when its letters are small, and read. Threads: one at a time.
// Errors: those of LoadOcr; INVALID_ARGUMENT (DAMAGED_IMAGE) when the engine
// gives up.
#pragma once

#include "base/status.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

StatusOr<ReadPage> ReadPicture(const Picture& picture);

}  // namespace cairn::ocr
