// Tesseract as an engine: small letters are enlarged; a page whose reading
// makes no sense is tried in its other turns.
//
// Place: picture_reader.cc. Threads: loading is safe.
// Errors: those of LoadOcr.
#pragma once

#include "base/status.h"
#include "documents/ocr/engine.h"

namespace cairn::ocr {

// The same at every call.
StatusOr<const Engine*> LoadTesseract();

}  // namespace cairn::ocr
