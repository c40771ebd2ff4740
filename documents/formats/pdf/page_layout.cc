#include "documents/formats/pdf/page_layout.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <utility>

#include "documents/formats/pdf/document_text.h"
#include "documents/formats/pdf/footnotes.h"
#include "documents/formats/pdf/headings.h"
#include "documents/formats/pdf/line_blocks.h"
#include "documents/formats/pdf/page_furniture.h"
#include "documents/formats/pdf/page_words.h"
#include "documents/formats/pdf/reading_order.h"
#include "documents/formats/pdf/table_finder.h"
#include "documents/formats/pdf/table_text.h"

namespace cairn::pdf {
namespace {

bool IsAlongEdge(const Turn& turn) {
  return std::min(std::fabs(turn.cosine), std::fabs(turn.sine)) < 0.01F;
}

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
      line.upright = main && IsAlongEdge(run.turn);
      line.page_top = bounds.top;
      line.page_height = bounds.height();
      lines.push_back(std::move(line));
    }
  }
  return lines;
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
    line.page_top = main->page_top;
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
std::vector<PageTable> TakeTables(
    const std::vector<std::vector<Ruling>>& rulings,
    std::vector<std::vector<Line>>& lines, std::uint32_t& regions) {
  std::vector<PageTable> tables;
  bool open = false;  // The last line before was of the last table.
  for (std::size_t page = 0; page < lines.size(); ++page) {
    PageTables found = FindTables(lines[page], rulings[page]);
    if (!found.tables.empty()) {
      const auto number = static_cast<std::uint32_t>(page + 1);
      for (PageTable& table : found.tables) {
        table.page = number;
        table.turn = TurnOf(lines[page]);
        for (PageCell& cell : table.cells) cell.page = number;
      }
      std::vector<PageTable> taken = std::move(found.tables);
      lines[page] = Reorder(std::move(found), lines[page], regions);
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

std::string TitleOf(const std::string& named,
                    const std::vector<LineBlock>& blocks,
                    const Limits& limits) {
  std::string title = Trimmed(named);
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
  title.resize(CutUtf8(title, limits.title_bytes_max).size());
  return title;
}

}  // namespace

void DocumentLayout::AddPage(PageText page) {
  for (const TextRun& run : page.runs) glyphs_ += run.glyphs.size();
  rulings_.push_back(std::move(page.rulings));
  lines_.push_back(LinesOf(std::move(page), pages() + 1, regions_));
}

StatusOr<ParsedDocument> DocumentLayout::Write(
    const std::vector<Bookmark>& outline, std::string title,
    const Limits& limits) && {
  std::vector<std::vector<Line>> lines = lines_;
  DropFurniture(lines);
  const bool nothing_left =
      std::all_of(lines.begin(), lines.end(),
                  [](const auto& page) { return page.empty(); });
  if (nothing_left) lines = std::move(lines_);
  const std::vector<PageTable> tables = TakeTables(rulings_, lines, regions_);
  for (std::vector<Line>& page : lines) MoveNotesDown(page);
  const std::vector<LineBlock> blocks = MakeBlocks(std::move(lines), outline);
  CAIRN_ASSIGN_OR_RETURN(ParsedDocument document,
                         WriteDocument(blocks, tables, limits));
  document.pages = static_cast<std::uint32_t>(rulings_.size());
  document.title = TitleOf(title, blocks, limits);
  return document;
}

}  // namespace cairn::pdf
