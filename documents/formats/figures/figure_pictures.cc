#include "documents/formats/figures/figure_pictures.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "documents/embed.h"
#include "documents/formats/image/image_metadata.h"
#include "text/words.h"

namespace cairn {
namespace {

// A tenth of a second a thousand when packed; what stands behind them are icons
// and bombs.
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

// Three letters, or one sign of a script that has more in it: what is read in a
// photograph has none.
bool HasWord(std::string_view text) {
  const std::vector<Word> words = FoldWords(text);
  return std::any_of(words.begin(), words.end(),
                     [](const Word& word) { return word.term.size() >= 3; });
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
    ++found_;
    if (mode_ == Mode::kCount) return;
    if (pdf::MayReadMore(report_, limits_)) {
      Read(part, builder);
    } else {
      ++left_out_;
    }
  }
}

StatusOr<image::ImagePages> FigurePictures::ReadPages(std::string_view part) {
  CAIRN_ASSIGN_OR_RETURN(const std::string bytes, package_->Read(part));
  // The pages of a TIFF share what is left of the limit.
  Limits rest = limits_;
  rest.ocr_pages_max -= std::min(rest.ocr_pages_max, report_.read);
  return image::ReadImagePages(
      bytes, image::ReadImageMetadata(bytes).orientation, rest);
}

void FigurePictures::Read(std::string_view part, DocumentBuilder& builder) {
  StatusOr<image::ImagePages> pages = ReadPages(part);
  if (!pages.ok()) {
    ++report_.read;
    ++failed_;
    return;
  }
  const pdf::PictureReport& read = pages->report;
  report_.read += read.read + read.failed.size();
  if (pages->damaged || !read.failed.empty()) ++failed_;
  if (!read.left_out.empty()) ++left_out_;
  if (read.with_words == 0) return;
  const double confidence =
      read.confidence / static_cast<double>(read.with_words);
  if (confidence < kConfidenceMin) return;
  StatusOr<ParsedDocument> words =
      std::move(pages->layout).Write({}, std::string(), limits_);
  if (!words.ok()) {
    ++left_out_;
    return;
  }
  if (!HasWord(words->text)) return;
  ++report_.with_words;
  report_.confidence += confidence;
  report_.dropped += read.dropped;
  AddFigures(*std::move(words), builder);
}

void FigurePictures::Warn(DocumentBuilder& builder) const {
  if (report_.with_words > 0) {
    builder.AddWarning(
        "text of " + Pictures(report_.with_words) +
        " was read, with a confidence of " +
        std::to_string(std::lround(report_.confidence /
                                   static_cast<double>(report_.with_words))) +
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
        " million pixels, behind the first " + std::to_string(kLooksMax) +
        ", or a limit (ocr_pages_max, ocr_cpu_seconds_max) was reached (split "
        "the document)");
  }
}

StatusOr<ParsedDocument> FigurePictures::Finish(DocumentBuilder builder) {
  Warn(builder);
  StatusOr<ParsedDocument> document = std::move(builder).Finish();
  const bool counted = mode_ == Mode::kCount;
  if (document.ok()) {
    if (counted) document->unread_pictures = static_cast<std::uint32_t>(found_);
  } else if (found_ > 0 && ReasonOf(document.status()) == "EMPTY_DOCUMENT") {
    return InvalidArgumentError("the document has no text but for " +
                                    Pictures(found_) +
                                    (counted ? "; pictures were not read"
                                             : "; no words were found there"),
                                "NO_TEXT_LAYER");
  }
  return document;
}

}  // namespace cairn
