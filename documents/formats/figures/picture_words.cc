#include "documents/formats/figures/picture_words.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "documents/embed.h"
#include "documents/formats/image/image_metadata.h"
#include "documents/formats/image/image_pages.h"
#include "text/words.h"

namespace cairn {
namespace {

// Of a picture, of 100: less is rubbish that was read in a photograph.
constexpr double kConfidenceMin = 60;

// A word has three letters, or is of a script that has more in one sign. What
// is read in a photograph has none, or a few by chance among single letters.
bool HasWords(std::string_view text) {
  std::size_t all = 0, in_words = 0, rich = 0;  // Signs.
  for (const Word& word : FoldWords(text)) {
    const auto signs = static_cast<std::size_t>(
        std::count_if(word.term.begin(), word.term.end(), [](char byte) {
          return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80;
        }));
    all += signs;
    if (signs >= 3) {
      in_words += signs;
    } else if (word.term.size() >= 3 * signs) {  // Of three bytes each.
      rich += signs;
    }
  }
  constexpr std::size_t kOfAll = 3;  // One in so many signs stands in a word.
  return (in_words > 0 || rich >= 2) && kOfAll * (in_words + rich) >= all;
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

}  // namespace

std::string PicturesInWords(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " picture" : " pictures");
}

void PictureWords::Read(std::string_view bytes, DocumentBuilder& builder) {
  // The pages of a TIFF share what is left of the limit.
  Limits rest = limits_;
  rest.ocr_pages_max -= std::min(rest.ocr_pages_max, report_.read);
  StatusOr<image::ImagePages> pages = image::ReadImagePages(
      bytes, image::ReadImageMetadata(bytes).orientation, rest);
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
  if (!HasWords(words->text)) return;
  ++report_.with_words;
  report_.confidence += confidence;
  report_.dropped += read.dropped;
  AddFigures(*std::move(words), builder);
}

void PictureWords::Warn(std::string_view left_out,
                        DocumentBuilder& builder) const {
  if (report_.with_words > 0) {
    builder.AddWarning(
        "text of " + PicturesInWords(report_.with_words) +
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
    builder.AddWarning(PicturesInWords(failed_) + " cannot be read");
  }
  if (left_out_ > 0) {
    builder.AddWarning(PicturesInWords(left_out_) +
                       " were left out: " + std::string(left_out) +
                       ", or a limit (ocr_pages_max, ocr_cpu_seconds_max) was "
                       "reached (split the document)");
  }
}

}  // namespace cairn
