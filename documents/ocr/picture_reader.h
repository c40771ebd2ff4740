// ReadPicture: the words and the lines of a picture.
//
// How: the picture is turned upright (quarter turns, by the shape of its
// letters, and again when what was read makes no sense), made level and read
// by an engine.
// Engine: $CAIRN_OCR_ENGINE, "pp-ocr" or "tesseract". When it is not set:
// PP-OCR, which reads better; Tesseract where PP-OCR is not there or where
// $CAIRN_OCR_LANGUAGES asks for languages.
// Threads: one at a time.
// Errors: those of PrepareReader; INVALID_ARGUMENT (DAMAGED_IMAGE,
// IMAGE_TOO_LARGE) when the engine gives up.
#pragma once

#include <string>

#include "base/status.h"
#include "documents/ocr/engine.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

// Opens libraries and loads models: call it before the jail closes.
// FAILED_PRECONDITION (NO_OCR, NO_PP_OCR, UNKNOWN_OCR_ENGINE) with the remedy.
Status PrepareReader();

// For people: which engine reads, and why the better one does not.
StatusOr<std::string> DescribeReader();

StatusOr<ReadPage> ReadPicture(const Picture& picture);
// The same by the engine that is given.
StatusOr<ReadPage> ReadPictureBy(const Engine& engine, const Picture& picture);

}  // namespace cairn::ocr
