#include "documents/formats/pdf/page_pictures.h"

#include <cmath>
#include <ctime>
#include <utility>

#include "documents/ocr/picture_reader.h"

namespace cairn::pdf {
namespace {

constexpr float kDotsPerInch = 300;
constexpr float kDoubtful = 70;  // Confidence of a page, of 100.

std::size_t GlyphsOf(const PageText& page) {
  std::size_t glyphs = 0;
  for (const TextRun& run : page.runs) glyphs += run.glyphs.size();
  return glyphs;
}

}  // namespace

// "2, 5-7 and 12 more".
std::string PageList(const std::vector<std::uint32_t>& pages) {
  constexpr std::size_t kRangesMax = 12;
  std::string out;
  std::size_t ranges = 0;
  for (std::size_t i = 0; i < pages.size(); ++ranges) {
    if (ranges == kRangesMax) {
      return out + " and " + std::to_string(pages.size() - i) + " more";
    }
    std::size_t last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) {
      ++last;
    }
    if (!out.empty()) out += ", ";
    out += std::to_string(pages[i]);
    if (last > i) out += "-" + std::to_string(pages[last]);
    i = last + 1;
  }
  return out;
}

void PictureReport::Add(std::uint32_t page, const ocr::ReadPage& page_read) {
  ++read;
  dropped += page_read.dropped;
  if (page_read.words.empty()) return;
  ++with_words;
  confidence += page_read.confidence;
  if (page_read.confidence < kDoubtful) doubtful.push_back(page);
}

bool MayReadMore(const PictureReport& report, const Limits& limits) {
  const double seconds =
      static_cast<double>(std::clock()) / static_cast<double>(CLOCKS_PER_SEC);
  return report.read + report.failed.size() < limits.ocr_pages_max &&
         seconds < 0.8 * limits.parser_cpu_seconds_max;
}

void AddWarnings(const PictureReport& report, ParsedDocument& document) {
  std::vector<std::string>& warnings = document.warnings;
  if (report.with_words > 0) {
    warnings.push_back(
        "text of " + std::to_string(report.read) +
        (report.read == 1 ? " page" : " pages") +
        " was read from pictures, with a confidence of " +
        std::to_string(std::lround(report.confidence /
                                   static_cast<double>(report.with_words))) +
        " of 100");
  }
  if (!report.doubtful.empty()) {
    warnings.push_back("pages that could hardly be read (confidence below " +
                       std::to_string(std::lround(kDoubtful)) +
                       "), check them: " + PageList(report.doubtful));
  }
  if (report.dropped > 0) {
    warnings.push_back(std::to_string(report.dropped) +
                       " words were no more than guesses and were left out");
  }
  if (!report.failed.empty()) {
    warnings.push_back("pages whose picture cannot be read: " +
                       PageList(report.failed));
  }
  if (!report.left_out.empty()) {
    warnings.push_back(
        "pages that were left out, since the limits ocr_pages_max or "
        "ocr_cpu_seconds_max were reached (split the document): " +
        PageList(report.left_out));
  }
}

bool PagePictures::Read(std::uint32_t page, PageText& text) {
  if (!MayReadMore(report_, limits_)) {
    report_.left_out.push_back(page);
    return false;
  }
  const StatusOr<ocr::Picture> picture = file_.RenderPage(page, kDotsPerInch);
  const StatusOr<ocr::ReadPage> read =
      picture.ok() ? ocr::ReadPicture(*picture) : picture.status();
  if (!read.ok()) {
    report_.failed.push_back(page);
    return false;
  }
  report_.Add(page, *read);
  const float scale = 72 / picture->dots_per_inch;
  PageText words = ToPageText(*read, scale);
  if (GlyphsOf(words) < GlyphsOf(text)) return false;
  text = std::move(words);
  report_.places.push_back({page, read->turned, scale, scale});
  return true;
}

}  // namespace cairn::pdf
