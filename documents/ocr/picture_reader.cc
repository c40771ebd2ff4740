#include "documents/ocr/picture_reader.h"

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include "documents/ocr/engine.h"
#include "documents/ocr/ocr_libraries.h"
#include "documents/ocr/page_picture.h"
#include "documents/ocr/picture_lines.h"
#include "documents/ocr/pp_ocr_engine.h"
#include "documents/ocr/tesseract_engine.h"

namespace cairn::ocr {
namespace {

StatusOr<const Engine*> FindEngine() {
  const char* named = std::getenv("CAIRN_OCR_ENGINE");
  const std::string name = named == nullptr ? "" : named;
  if (name.empty() || name == "tesseract") return LoadTesseract();
  if (name == "pp-ocr") return LoadPpOcr();
  return FailedPreconditionError(
      "CAIRN_OCR_ENGINE is \"" + name +
          "\", which is no engine that reads pictures; set it to tesseract or "
          "pp-ocr",
      "UNKNOWN_OCR_ENGINE");
}

}  // namespace

Status PrepareReader() {
  CAIRN_RETURN_IF_ERROR(LoadOcr().status());
  return FindEngine().status();
}

StatusOr<ReadPage> ReadPicture(const Picture& picture) {
  CAIRN_ASSIGN_OR_RETURN(const OcrLibraries* ocr, LoadOcr());
  CAIRN_ASSIGN_OR_RETURN(const Engine* engine, FindEngine());
  if (picture.width < 3 || picture.height < 3) {
    ReadPage nothing;
    nothing.turned = {picture.width, picture.height, 0, 0};
    return nothing;
  }
  std::optional<PagePicture> page = PagePicture::Make(*ocr, picture);
  if (!page.has_value()) {
    return InvalidArgumentError("the picture is too large", "IMAGE_TOO_LARGE");
  }
  CAIRN_ASSIGN_OR_RETURN(ReadPage read, engine->Read(*page));
  if (page->letter() > 0) {
    read.lines = FindLines(page->ToPicture(), page->dark_below(),
                           page->letter() / 0.55F);
  }
  return read;
}

}  // namespace cairn::ocr
