// PP-OCR as an engine: one network finds lines of text, another reads each of
// them.
//
// How: the page, made smaller where it is large, goes through the first
// network; every region of text is cut out level and 48 pixels high and goes
// through the second. Regions that are higher than wide tell that the page
// lies; the better reading of a few tells what is up.
// Place: picture_reader.cc. Threads: loading is safe.
// Errors: those of LoadNetworks; INTERNAL when the runtime fails.
#pragma once

#include "base/status.h"
#include "documents/ocr/engine.h"

namespace cairn::ocr {

// The same at every call; never null on OK.
StatusOr<const Engine*> LoadPpOcr();

}  // namespace cairn::ocr
