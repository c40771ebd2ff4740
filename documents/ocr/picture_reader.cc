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

std::string Setting(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

struct Choice {
  const Engine* engine = nullptr;
  std::string text;  // For people.
};

StatusOr<Choice> TakeTesseract(const std::string& why) {
  CAIRN_ASSIGN_OR_RETURN(const Engine* engine, LoadTesseract());
  return Choice{engine, "read by Tesseract" + why};
}

StatusOr<Choice> Choose() {
  const std::string name = Setting("CAIRN_OCR_ENGINE");
  if (name == "tesseract") return TakeTesseract("");
  if (name.empty() && !Setting("CAIRN_OCR_LANGUAGES").empty()) {
    return TakeTesseract(", which knows the languages of CAIRN_OCR_LANGUAGES");
  }
  if (!name.empty() && name != "pp-ocr") {
    return FailedPreconditionError(
        "CAIRN_OCR_ENGINE is \"" + name +
            "\", which is no engine that reads pictures; set it to pp-ocr or "
            "tesseract",
        "UNKNOWN_OCR_ENGINE");
  }
  const StatusOr<const Engine*> better = LoadPpOcr();
  if (better.ok()) return Choice{*better, "read by PP-OCR"};
  if (!name.empty()) return better.status();
  return TakeTesseract("; " + MessageOf(better.status()));
}

// Kept for the life of the process, as what it loads.
const StatusOr<Choice>& Chosen() {
  static const auto* const chosen = new StatusOr<Choice>(Choose());
  return *chosen;
}

}  // namespace

Status PrepareReader() {
  CAIRN_RETURN_IF_ERROR(LoadOcr().status());
  return Chosen().status();
}

StatusOr<std::string> DescribeReader() {
  CAIRN_RETURN_IF_ERROR(PrepareReader());
  return Chosen()->text;
}

StatusOr<ReadPage> ReadPicture(const Picture& picture) {
  CAIRN_RETURN_IF_ERROR(PrepareReader());
  return ReadPictureBy(*Chosen()->engine, picture);
}

StatusOr<ReadPage> ReadPictureBy(const Engine& engine, const Picture& picture) {
  CAIRN_ASSIGN_OR_RETURN(const OcrLibraries* ocr, LoadOcr());
  if (picture.width < 3 || picture.height < 3) {
    ReadPage nothing;
    nothing.turned = {picture.width, picture.height, 0, 0};
    return nothing;
  }
  std::optional<PagePicture> page = PagePicture::Make(*ocr, picture);
  if (!page.has_value()) {
    return InvalidArgumentError("the picture is too large", "IMAGE_TOO_LARGE");
  }
  CAIRN_ASSIGN_OR_RETURN(ReadPage read, engine.Read(*page));
  if (page->letter() > 0) {
    read.lines = FindLines(page->ToPicture(), page->dark_below(),
                           page->letter() / 0.55F);
  }
  return read;
}

}  // namespace cairn::ocr
