#include "documents/formats/figures/figure_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "documents/embed.h"
#include "documents/formats/image/image_metadata.h"
#include "documents/formats/image/image_pages.h"
#include "text/utf8.h"

namespace cairn {
namespace {

// Some milliseconds a thousand; what stands behind them are icons and bombs.
constexpr std::size_t kLooksMax = 2'000;
// Cameras put up to 64 KiB before the size; without it a picture is read.
constexpr std::size_t kHeadBytes = std::size_t{32} << 10;

// A line of text of a screen is 16 pixels high, a few words 200 wide.
constexpr double kSideMin = 24;
constexpr double kPixelsMin = 20'000;
// Decoded in colours, more does not fit beside the document.
constexpr double kPixelsMax = 50e6;

// As shown: a quarter of an inch is a line, a square inch a logo.
constexpr double kShownSideMin = 18;
constexpr double kShownAreaMin = 72.0 * 72.0;

// Of a picture, of 100: less is rubbish that was read in a photograph.
constexpr double kConfidenceMin = 60;

bool IsSmall(double width, double height, double side_min, double area_min) {
  return std::min(width, height) < side_min || width * height < area_min;
}

// Whether letters follow each other: what is read in a photograph has none.
bool HasWord(std::string_view text) {
  constexpr std::size_t kLettersMin = 3;
  std::size_t letters = 0;
  for (const char sign : text) {
    const bool letter = IsAsciiLetter(sign) || (sign >= '0' && sign <= '9') ||
                        (static_cast<unsigned char>(sign) & 0x80) != 0;
    letters = letter ? letters + 1 : 0;
    if (letters >= kLettersMin) return true;
  }
  return false;
}

// Everything on a picture is a figure; what looks like a heading there is none
// of the document around it.
void AddFigures(ParsedDocument words, DocumentBuilder& builder) {
  for (Block& block : words.blocks) {
    if (block.table != Block::kNone) continue;
    block.type = BlockType::kFigure;
    block.level = 0;
  }
  EmbedDocument(words, "", 0, builder);
}

std::string Pictures(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " picture" : " pictures");
}

}  // namespace

bool FigurePictures::OpenPackage() {
  if (!opened_) {
    opened_ = true;
    StatusOr<ZipPackage> package = ZipPackage::Open(bytes_, limits_);
    if (package.ok()) package_.emplace(*std::move(package));
  }
  return package_.has_value();
}

bool FigurePictures::MayHoldText(std::string_view part) {
  const StatusOr<PartHead> head = package_->ReadHead(part, kHeadBytes);
  if (!head.ok()) {
    ++failed_;
    return false;
  }
  if (!contents_.emplace(head->size, head->checksum).second) return false;
  const std::optional<PictureSize> size = PictureSizeOf(head->bytes);
  if (!size.has_value()) return false;
  const double width = size->width;
  const double height = size->height;
  if (width * height == 0) return true;
  if (width * height > kPixelsMax) {
    ++left_out_;
    return false;
  }
  return !IsSmall(width, height, kSideMin, kPixelsMin);
}

void FigurePictures::Add(std::string_view part, const ShownSize& shown,
                         DocumentBuilder& builder) {
  if (part.empty() || builder.failed()) return;
  if (shown.width > 0 && shown.height > 0 &&
      IsSmall(shown.width, shown.height, kShownSideMin, kShownAreaMin)) {
    return;
  }
  if (!OpenPackage() || !package_->Has(part) || !parts_.emplace(part).second) {
    return;
  }
  if (parts_.size() > kLooksMax) {
    ++left_out_;
  } else if (MayHoldText(part)) {
    if (mode_ == Mode::kCount) {
      ++unread_;
    } else if (!pdf::MayReadMore(report_, limits_)) {
      ++left_out_;
    } else {
      Read(part, builder);
    }
  }
}

void FigurePictures::Read(std::string_view part, DocumentBuilder& builder) {
  ++report_.read;
  const StatusOr<std::string> bytes = package_->Read(part);
  if (!bytes.ok()) {
    ++failed_;
    return;
  }
  StatusOr<image::ImagePages> pages = image::ReadImagePages(
      *bytes, image::ReadImageMetadata(*bytes).orientation, limits_);
  if (!pages.ok()) {
    ++failed_;
    return;
  }
  const pdf::PictureReport& read = pages->report;
  if (read.with_words == 0) return;
  const double confidence =
      read.confidence / static_cast<double>(read.with_words);
  if (confidence < kConfidenceMin) return;
  StatusOr<ParsedDocument> words =
      std::move(pages->layout).Write({}, std::string(), limits_);
  if (!words.ok() || !HasWord(words->text)) return;
  ++with_words_;
  report_.confidence += confidence;
  report_.dropped += read.dropped;
  AddFigures(*std::move(words), builder);
}

void FigurePictures::Warn(DocumentBuilder& builder) const {
  if (with_words_ > 0) {
    builder.AddWarning(
        "text of " + Pictures(with_words_) +
        " was read, with a confidence of " +
        std::to_string(std::lround(report_.confidence /
                                   static_cast<double>(with_words_))) +
        " of 100");
  }
  if (report_.dropped > 0) {
    builder.AddWarning(std::to_string(report_.dropped) +
                       " words in pictures were no more than guesses and were "
                       "left out");
  }
  if (failed_ > 0) {
    builder.AddWarning(Pictures(failed_) + " cannot be read");
  }
  if (left_out_ > 0) {
    builder.AddWarning(
        Pictures(left_out_) + " were left out: above " +
        std::to_string(std::lround(kPixelsMax / 1e6)) +
        " million pixels, or the limits ocr_pages_max or ocr_cpu_seconds_max "
        "were reached (split the document)");
  }
}

StatusOr<ParsedDocument> FigurePictures::Finish(DocumentBuilder builder) {
  Warn(builder);
  StatusOr<ParsedDocument> document = std::move(builder).Finish();
  if (document.ok()) {
    document->unread_pictures = static_cast<std::uint32_t>(unread_);
  } else if (unread_ + report_.read > 0 &&
             ReasonOf(document.status()) == "EMPTY_DOCUMENT") {
    return InvalidArgumentError(
        "the document has no text, only " + Pictures(unread_ + report_.read) +
            (report_.read > 0 ? ", and no words were found in them"
                              : ", which were not read"),
        "NO_TEXT_LAYER");
  }
  return document;
}

}  // namespace cairn
