// ImageParser: pictures and scans to canonical text with places.
//
// Threads: one parse at a time (documents/ocr).
// Errors: INVALID_ARGUMENT with DAMAGED_IMAGE, IMAGE_TOO_LARGE, TOO_MANY_PAGES,
// NO_TEXT_IN_IMAGE (neither words nor a description), TEXT_TOO_LARGE and the
// like; FAILED_PRECONDITION (NO_OCR) without Tesseract.
#pragma once

#include "documents/parser.h"

namespace cairn {

// Format "image"; needs the jail.
const FormatParser& ImageParser();

}  // namespace cairn
