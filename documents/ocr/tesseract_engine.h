// Tesseract as an engine: small letters are enlarged; a page whose reading
// makes no sense is tried in its other turns.
//
// Languages: $CAIRN_OCR_LANGUAGES, else "eng".
// Place: picture_reader.cc. Threads: loading is safe.
// Errors: those of LoadOcr; NO_OCR too without the models of a language.
#pragma once

#include "base/status.h"
#include "documents/ocr/engine.h"

namespace cairn::ocr {

// The same at every call; never null on OK.
StatusOr<const Engine*> LoadTesseract();

}  // namespace cairn::ocr
