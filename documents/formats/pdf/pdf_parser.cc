#include "documents/formats/pdf/pdf_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/page_layout.h"
#include "documents/formats/pdf/page_pictures.h"
#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/pdf_file.h"
#include "documents/formats/pdf/pdfium.h"
#include "documents/formats/pdf/picture_text.h"
#include "documents/ocr/picture_reader.h"

namespace cairn {
namespace pdf {
namespace {

constexpr std::size_t kBookmarksMax = 5000;

// What reading the pages gave.
struct Pages {
  DocumentLayout layout;
  std::vector<std::uint32_t> blank;
  std::vector<std::uint32_t> pictures;  // Not read.
  std::vector<std::uint32_t> damaged;
  std::size_t unreadable = 0;
  PictureReport report;
};

// Pages without text, and those whose little text stands beside or on a
// picture of the page: numbers and stamps on scans.
bool IsPicture(const PageText& page) {
  constexpr std::size_t kStampGlyphs = 80;
  constexpr float kShare = 0.6F;
  std::size_t glyphs = 0;
  for (const TextRun& run : page.runs) glyphs += run.glyphs.size();
  if (page.blank) return false;
  return glyphs == 0 || page.unreadable > glyphs ||
         (glyphs < kStampGlyphs && page.picture_share > kShare);
}

StatusOr<Pages> ReadPages(const PdfFile& file, bool read_pictures,
                          const Limits& limits) {
  Pages pages;
  PagePictures pictures(file, limits, pages.report);
  for (std::uint32_t page = 1; page <= file.pages(); ++page) {
    StatusOr<PageText> text = file.ReadPage(page);
    if (!text.ok()) {
      pages.damaged.push_back(page);
      pages.layout.AddPage({});
      continue;
    }
    if (IsPicture(*text)) {
      if (!read_pictures) {
        pages.pictures.push_back(page);
      } else if (pictures.Read(page, *text)) {
        text->unreadable = 0;
      }
    } else if (text->runs.empty()) {
      pages.blank.push_back(page);
    }
    pages.unreadable += text->unreadable;
    pages.layout.AddPage(*std::move(text));
    if (pages.layout.glyphs() > limits.text_bytes_max) {
      return InvalidArgumentError(
          "the PDF has more text than the limit "
          "text_bytes_max of " +
              std::to_string(limits.text_bytes_max) + " bytes; split it",
          "TEXT_TOO_LARGE");
    }
  }
  return pages;
}

void AddWarnings(const Pages& pages, std::size_t glyphs,
                 ParsedDocument& document) {
  if (!pages.damaged.empty()) {
    document.warnings.push_back("pages that cannot be read were left out: " +
                                PageList(pages.damaged));
  }
  if (!pages.blank.empty()) {
    document.warnings.push_back("pages without text: " + PageList(pages.blank));
  }
  if (!pages.pictures.empty()) {
    document.warnings.push_back("pages without text, images only perhaps: " +
                                PageList(pages.pictures));
  }
  AddWarnings(pages.report, document);
  if (pages.unreadable * 20 > glyphs) {
    document.warnings.push_back(
        std::to_string(pages.unreadable) +
        " characters have no known meaning in the file's fonts and were left "
        "out; the text may have gaps");
  }
}

// Page numbers of Cairn count pages; the file may print others.
void WarnOfLabels(const PdfFile& file, ParsedDocument& document) {
  constexpr std::uint32_t kPagesMax = 1000;
  constexpr std::size_t kExamplesMax = 3;
  std::string examples;
  std::size_t count = 0;
  std::int64_t shift = INT64_MIN;  // Of the labels since the last example.
  for (std::uint32_t page = 1; page <= std::min(file.pages(), kPagesMax);
       ++page) {
    const std::string label = file.PageLabel(page);
    if (label.empty() || label == std::to_string(page)) continue;
    std::int64_t number = 0;
    const bool is_number =
        label.size() < 8 &&
        label.find_first_not_of("0123456789") == std::string::npos;
    if (is_number) number = std::stoll(label) - page;
    const std::int64_t here = is_number ? number : INT64_MAX;
    if (here == shift || ++count > kExamplesMax) continue;
    shift = here;
    examples += examples.empty() ? "" : ", ";
    examples += "page " + std::to_string(page) + " is \"" +
                label.substr(0, label.size() < 20 ? label.size() : 0) + "\"";
  }
  if (examples.empty()) return;
  document.warnings.push_back(
      "pages are counted from 1; the file labels them otherwise: " + examples);
}

Status NoText(const Pages& pages) {
  if (pages.damaged.size() == pages.layout.pages()) {
    return InvalidArgumentError(
        "the PDF is damaged: none of its pages can be read; open it in a "
        "viewer and save or print it to a new PDF",
        "DAMAGED_PDF");
  }
  if (!pages.report.left_out.empty() && pages.report.read == 0) {
    return InvalidArgumentError(
        "the PDF has no text layer, and the limits ocr_pages_max or "
        "ocr_cpu_seconds_max leave no time to read its pictures; raise them",
        "NO_TEXT_LAYER");
  }
  if (pages.report.read + pages.report.failed.size() > 0) {
    return InvalidArgumentError(
        "the PDF has no text layer, and no words were found in the pictures "
        "of its " +
            std::to_string(pages.layout.pages()) + " pages",
        "NO_TEXT_LAYER");
  }
  return InvalidArgumentError(
      "the PDF has no text layer, as scans have none; run optical character "
      "recognition first, for instance ocrmypdf IN OUT",
      "NO_TEXT_LAYER");
}

StatusOr<ParsedDocument> ParsePdf(const ParseInput& input, bool read_pictures,
                                  const Limits& limits) {
  if (input.bytes.size() > limits.document_bytes_max) {
    return InvalidArgumentError(
        "the PDF has " + std::to_string(input.bytes.size()) +
            " bytes, above the limit document_bytes_max of " +
            std::to_string(limits.document_bytes_max),
        "DOCUMENT_TOO_LARGE");
  }
  CAIRN_ASSIGN_OR_RETURN(const PdfFile file, PdfFile::Open(input.bytes));
  if (file.pages() > limits.pages_max) {
    return InvalidArgumentError("the PDF has " + std::to_string(file.pages()) +
                                    " pages, above the limit pages_max of " +
                                    std::to_string(limits.pages_max) +
                                    "; split it",
                                "TOO_MANY_PAGES");
  }
  CAIRN_ASSIGN_OR_RETURN(Pages pages, ReadPages(file, read_pictures, limits));
  const std::size_t glyphs = pages.layout.glyphs();
  if (glyphs == 0) return NoText(pages);
  CAIRN_ASSIGN_OR_RETURN(
      ParsedDocument document,
      std::move(pages.layout)
          .Write(file.Bookmarks(kBookmarksMax), file.MetadataTitle(), limits));
  document.format = "pdf";
  document.unread_pictures = static_cast<std::uint32_t>(pages.pictures.size());
  for (const PagePlace& place : pages.report.places) PutBack(place, document);
  AddWarnings(pages, glyphs, document);
  WarnOfLabels(file, document);
  return document;
}

class Parser final : public FormatParser {
 public:
  std::string_view name() const override { return "pdf"; }
  bool needs_jail() const override { return true; }
  Status PrepareForJail() const override { return LoadPdfium().status(); }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    return ParsePdf(input, false, limits);
  }
  const FormatParser* picture_reader() const override {
    return &ScannedPdfParser();
  }
};

// The same with pages read that are pictures.
class ScanParser final : public FormatParser {
 public:
  std::string_view name() const override { return "scanned_pdf"; }
  bool needs_jail() const override { return true; }
  bool reads_pictures() const override { return true; }
  Status PrepareForJail() const override {
    CAIRN_RETURN_IF_ERROR(LoadPdfium().status());
    return ocr::PrepareReader();
  }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    return ParsePdf(input, true, limits);
  }
};

}  // namespace
}  // namespace pdf

const FormatParser& PdfParser() {
  static const pdf::Parser parser;
  return parser;
}

const FormatParser& ScannedPdfParser() {
  static const pdf::ScanParser parser;
  return parser;
}

}  // namespace cairn
