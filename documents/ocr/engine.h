// Engine: what reads the words of a picture.
//
// Place: picture_reader.h picks one by the setting and makes the page ready;
// Tesseract and PP-OCR are the two there are. Threads: one at a time.
// Errors: INVALID_ARGUMENT (DAMAGED_IMAGE) when the engine gives up.
#pragma once

#include "base/status.h"
#include "documents/ocr/page_picture.h"
#include "documents/ocr/picture.h"

namespace cairn::ocr {

class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  // The words of the page, which is turned by quarters where it makes more
  // sense so. Lines are left to the caller.
  virtual StatusOr<ReadPage> Read(PagePicture& page) const = 0;
};

}  // namespace cairn::ocr
