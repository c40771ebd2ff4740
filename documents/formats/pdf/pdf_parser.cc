#include "documents/formats/pdf/pdf_parser.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/document_text.h"
#include "documents/formats/pdf/footnotes.h"
#include "documents/formats/pdf/headings.h"
#include "documents/formats/pdf/line_blocks.h"
#include "documents/formats/pdf/page_furniture.h"
#include "documents/formats/pdf/page_text.h"
#include "documents/formats/pdf/page_words.h"
#include "documents/formats/pdf/pdf_file.h"
#include "documents/formats/pdf/pdfium.h"
#include "documents/formats/pdf/reading_order.h"
#include "documents/formats/pdf/table_finder.h"
#include "documents/formats/pdf/table_text.h"

namespace cairn {
namespace pdf {
namespace {

constexpr std::size_t kBookmarksMax = 5000;

// What reading the pages gave.
struct Pages {
  std::vector<std::vector<Line>> lines;
  std::vector<std::vector<Ruling>> rulings;
  std::uint32_t regions = 0;
  std::vector<std::uint32_t> without_text;
  std::vector<std::uint32_t> damaged;
  std::size_t glyphs = 0, unreadable = 0;
};

std::vector<Line> LinesOf(PageText text, std::uint32_t page,
                          std::uint32_t& region) {
  std::vector<Line> lines;
  for (TextRun& run : text.runs) {
    const bool main = &run == &text.runs.front();
    const Rect bounds = run.turn.ToReading({0, 0, text.width, text.height});
    for (Line& line : OrderLines(MakePieces(std::move(run.glyphs)), region)) {
      line.page = page;
      line.turn = run.turn;
      line.main = main;
      line.upright = main && run.turn == Turn{};
      line.page_height = bounds.height();
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

StatusOr<Pages> ReadPages(const PdfFile& file, const Limits& limits) {
  Pages pages;
  for (std::uint32_t page = 1; page <= file.pages(); ++page) {
    StatusOr<PageText> text = file.ReadPage(page);
    pages.lines.emplace_back();
    pages.rulings.emplace_back();
    if (!text.ok()) {
      pages.damaged.push_back(page);
      continue;
    }
    std::size_t glyphs = 0;
    for (const TextRun& run : text->runs) glyphs += run.glyphs.size();
    if (glyphs == 0) pages.without_text.push_back(page);
    pages.glyphs += glyphs;
    pages.unreadable += text->unreadable;
    if (pages.glyphs > limits.text_bytes_max) {
      return InvalidArgumentError(
          "the PDF has more text than the limit "
          "text_bytes_max of " +
              std::to_string(limits.text_bytes_max) + " bytes; split it",
          "TEXT_TOO_LARGE");
    }
    pages.rulings.back() = std::move(text->rulings);
    pages.lines.back() = LinesOf(*std::move(text), page, pages.regions);
  }
  return pages;
}

// Puts what remains of a page and the stand-ins of its tables in order again.
std::vector<Line> Reorder(PageTables found, const std::vector<Line>& before,
                          std::uint32_t& region) {
  const auto main = std::find_if(before.begin(), before.end(),
                                 [](const Line& line) { return line.main; });
  std::vector<Line> lines = OrderLines(found.rest, region);
  for (Line& line : lines) {
    line.page = main->page;
    line.turn = main->turn;
    line.main = true;
    line.upright = main->upright;
    line.page_height = main->page_height;
  }
  std::move(found.aside.begin(), found.aside.end(), std::back_inserter(lines));
  return lines;
}

// Of the page's main direction.
Turn TurnOf(const std::vector<Line>& lines) {
  for (const Line& line : lines) {
    if (line.main) return line.turn;
  }
  return {};
}

// Takes the tables out of the lines and leaves stand-ins for them.
std::vector<PageTable> TakeTables(Pages& pages,
                                  std::vector<std::vector<Line>>& lines) {
  std::vector<PageTable> tables;
  bool open = false;  // The last line before was of the last table.
  for (std::size_t page = 0; page < lines.size(); ++page) {
    PageTables found = FindTables(lines[page], pages.rulings[page]);
    if (!found.tables.empty()) {
      const auto number = static_cast<std::uint32_t>(page + 1);
      for (PageTable& table : found.tables) {
        table.page = number;
        table.turn = TurnOf(lines[page]);
        for (PageCell& cell : table.cells) cell.page = number;
      }
      std::vector<PageTable> taken = std::move(found.tables);
      lines[page] = Reorder(std::move(found), lines[page], pages.regions);
      std::vector<Line> kept;
      for (Line& line : lines[page]) {
        if (line.table() >= 0) {
          const auto index = static_cast<std::size_t>(line.table());
          const bool first = kept.empty();
          if (first && open && JoinTables(tables.back(), taken[index])) {
            continue;
          }
          line.pieces.front().table = static_cast<std::int32_t>(tables.size());
          tables.push_back(std::move(taken[index]));
        }
        kept.push_back(std::move(line));
      }
      // A page that is nothing but the rest of a table leaves the table open.
      open = kept.empty() || kept.back().table() >= 0;
      lines[page] = std::move(kept);
    } else {
      open = false;
    }
  }
  return tables;
}

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

void AddWarnings(const Pages& pages, ParsedDocument& document) {
  if (!pages.damaged.empty()) {
    document.warnings.push_back("pages that cannot be read were left out: " +
                                PageList(pages.damaged));
  }
  if (!pages.without_text.empty()) {
    document.warnings.push_back("pages without text, images only perhaps: " +
                                PageList(pages.without_text));
  }
  if (pages.unreadable * 20 > pages.glyphs) {
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
  if (pages.damaged.size() == pages.lines.size()) {
    return InvalidArgumentError(
        "the PDF is damaged: none of its pages can be read; open it in a "
        "viewer and save or print it to a new PDF",
        "DAMAGED_PDF");
  }
  return InvalidArgumentError(
      "the PDF has no text layer, as scans have none; run optical character "
      "recognition first, for instance ocrmypdf IN OUT",
      "NO_TEXT_LAYER");
}

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() &&
         text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// Titles left by programs: names of files, templates, placeholders.
bool IsSensibleTitle(const std::string& title) {
  const std::string plain = Comparable(title);
  std::size_t letters = 0;
  for (const char32_t sign : DecodeUtf8(plain)) letters += IsLetter(sign);
  if (letters < 3) return false;
  for (const std::string_view end :
       {"doc", "docx", "pdf", "indd", "qxd", "qxp", "dvi", "tex", "xls", "xlsx",
        "ppt", "pptx", "rtf", "html", "htm", "wpd", "ps", "txt"}) {
    if (EndsWith(title, "." + std::string(end))) return false;
  }
  for (const char* start :
       {"microsoftword", "microsoftpowerpoint", "microsoftexcel", "untitled",
        "powerpointpresent", "slide1", "notitle", "title", "document1"}) {
    if (plain.rfind(start, 0) == 0) return false;
  }
  return title.find(' ') != std::string::npos || letters * 2 > title.size();
}

std::string Trimmed(const std::string& text) {
  std::string out;
  for (const char sign : text) {
    if (sign == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += sign;
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

void CutAtBorder(std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return;
  while (bytes_max > 0 &&
         (static_cast<unsigned char>(text[bytes_max]) & 0xc0) == 0x80) {
    --bytes_max;
  }
  text.resize(bytes_max);
}

std::string TitleOf(const PdfFile& file, const std::vector<LineBlock>& blocks,
                    const Limits& limits) {
  std::string title = Trimmed(file.MetadataTitle());
  if (!IsSensibleTitle(title)) {
    const LineBlock* largest = nullptr;
    for (const LineBlock& block : blocks) {
      if (block.lines.front().page > 1) break;
      if (block.type != BlockType::kHeading) continue;
      const float size = block.lines.front().size;
      if (largest == nullptr || size > largest->lines.front().size * 1.02F) {
        largest = &block;
      }
    }
    title = largest == nullptr ? std::string() : PlainText(*largest);
  }
  CutAtBorder(title, limits.title_bytes_max);
  return title;
}

StatusOr<ParsedDocument> ParsePdf(const ParseInput& input,
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
  CAIRN_ASSIGN_OR_RETURN(Pages pages, ReadPages(file, limits));
  if (pages.glyphs == 0) return NoText(pages);
  std::vector<std::vector<Line>> lines = pages.lines;
  DropFurniture(lines);
  const bool nothing_left =
      std::all_of(lines.begin(), lines.end(),
                  [](const auto& page) { return page.empty(); });
  if (nothing_left) lines = pages.lines;
  const std::vector<PageTable> tables = TakeTables(pages, lines);
  for (std::vector<Line>& page : lines) MoveNotesDown(page);
  const std::vector<LineBlock> blocks =
      MakeBlocks(std::move(lines), file.Bookmarks(kBookmarksMax));
  CAIRN_ASSIGN_OR_RETURN(ParsedDocument document,
                         WriteDocument(blocks, tables, limits));
  document.format = "pdf";
  document.pages = file.pages();
  document.title = TitleOf(file, blocks, limits);
  AddWarnings(pages, document);
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
    return ParsePdf(input, limits);
  }
};

}  // namespace
}  // namespace pdf

const FormatParser& PdfParser() {
  static const pdf::Parser parser;
  return parser;
}

}  // namespace cairn
