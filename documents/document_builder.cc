#include "documents/document_builder.h"

#include <algorithm>
#include <utility>

#include "documents/captions.h"

namespace cairn {
namespace {

constexpr std::string_view kWhite = " \t\n\f\r\v";
constexpr std::size_t kWarningsMax = 20;
constexpr std::size_t kPropertiesMax = 16;
constexpr std::size_t kPropertyBytesMax = 500;

bool IsWhite(char sign) { return kWhite.find(sign) != std::string_view::npos; }

std::uint32_t Offset(std::size_t size) {
  return static_cast<std::uint32_t>(size);
}

}  // namespace

std::string_view TrimWhiteSpace(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

std::string CollapseLines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string line = CollapseWhiteSpace(text.substr(0, end));
    if (!line.empty()) {
      if (!out.empty()) out.push_back('\n');
      out += line;
    }
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return out;
}

std::string_view TrimCode(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  const std::size_t line = text.rfind('\n', first);
  const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
  return text.substr(begin, text.find_last_not_of(kWhite) - begin + 1);
}

void AppendCollapsed(std::string& out, std::string_view text) {
  const std::size_t start = out.size();
  bool space = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool nbsp =
        text[i] == '\xc2' && i + 1 < text.size() && text[i + 1] == '\xa0';
    if (nbsp || IsWhite(text[i])) {
      space = true;
      i += nbsp ? 1 : 0;
      continue;
    }
    if (space && out.size() > start) out.push_back(' ');
    space = false;
    out.push_back(text[i]);
  }
}

std::string CollapseWhiteSpace(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  AppendCollapsed(out, text);
  return out;
}

DocumentBuilder::DocumentBuilder(std::string_view format, const Limits& limits)
    : limits_(limits) {
  limits_.text_bytes_max =
      std::min<std::size_t>(limits.text_bytes_max, UINT32_MAX - 1);
  document_.format = std::string(format);
}

void DocumentBuilder::Fail(std::string_view what, std::string_view limit,
                           std::size_t value, std::string_view reason) {
  if (failed()) return;
  status_ = InvalidArgumentError("the document has more " + std::string(what) +
                                     " than the limit " + std::string(limit) +
                                     " of " + std::to_string(value) +
                                     ": split it, or raise the limit",
                                 reason);
}

bool DocumentBuilder::Fits(std::size_t more_bytes) {
  if (failed()) return false;
  if (document_.text.size() + more_bytes + 2 > limits_.text_bytes_max) {
    Fail("bytes of text", "text_bytes_max", limits_.text_bytes_max,
         "TEXT_TOO_LARGE");
    return false;
  }
  if (document_.blocks.size() >= limits_.blocks_max) {
    Fail("blocks", "blocks_max", limits_.blocks_max, "TOO_MANY_BLOCKS");
    return false;
  }
  return true;
}

void DocumentBuilder::Separate(BlockType type) {
  if (document_.text.empty()) return;
  const bool same_list = type == BlockType::kListItem &&
                         !document_.blocks.empty() &&
                         document_.blocks.back().type == BlockType::kListItem;
  document_.text += same_list ? "\n" : "\n\n";
}

std::uint32_t DocumentBuilder::ParentOf(BlockType type,
                                        std::uint8_t level) const {
  std::uint32_t parent = last_heading_;
  if (type != BlockType::kHeading) return parent;
  while (parent != Block::kNone && document_.blocks[parent].level >= level) {
    parent = document_.blocks[parent].heading;
  }
  return parent;
}

void DocumentBuilder::AddBlock(BlockType type, std::string_view text,
                               std::uint8_t level) {
  if (TrimWhiteSpace(text).empty() || !Fits(text.size())) return;
  Separate(type);
  Block block;
  block.type = type;
  block.level = level;
  block.heading = ParentOf(type, level);
  block.page = document_.pages;
  block.span.begin = Offset(document_.text.size());
  document_.text += text;
  block.span.end = Offset(document_.text.size());
  if (type == BlockType::kHeading) {
    last_heading_ = Offset(document_.blocks.size());
  }
  document_.blocks.push_back(std::move(block));
}

void DocumentBuilder::SetTime(const TimeRange& time) {
  if (!failed() && !document_.blocks.empty()) {
    document_.blocks.back().time = time;
  }
}

void DocumentBuilder::BeginTable(std::string_view caption, bool verbatim) {
  if (!Fits(caption.size())) return;
  table_ = Table();
  verbatim_ = verbatim;
  row_open_ = false;
  Separate(BlockType::kTable);
  table_start_ = document_.text.size();
  const std::size_t start = table_start_;
  AppendCollapsed(document_.text, caption);
  if (document_.text.size() > start) {
    table_.caption = {Offset(start), Offset(document_.text.size())};
    document_.text.push_back('\n');
  }
}

void DocumentBuilder::CloseRow() {
  if (!row_open_) return;
  row_open_ = false;
  table_.row_spans.push_back({row_start_, Offset(document_.text.size())});
  table_.columns = std::max(table_.columns, next_column_);
  document_.text.push_back('\n');
}

void DocumentBuilder::BeginRow() {
  if (!Fits(0)) return;
  CloseRow();
  row_open_ = true;
  row_start_ = Offset(document_.text.size());
  next_column_ = 0;
  ++table_.rows;
}

void DocumentBuilder::AddCell(const CellDraft& cell) {
  if (!row_open_ || cell.column < next_column_) return;
  const std::size_t gaps = cell.column - next_column_;
  if (!Fits(cell.text.size() + 3 * (gaps + 1))) return;
  if (++cells_ > limits_.cells_max) {
    Fail("table cells", "cells_max", limits_.cells_max, "TOO_MANY_CELLS");
    return;
  }
  // One slot for every column; a wide cell has one for all its columns.
  for (std::uint32_t column = next_column_; column <= cell.column; ++column) {
    if (column > 0) document_.text += " | ";
  }
  Cell out;
  out.row = table_.rows - 1;
  out.column = cell.column;
  out.row_span = std::max<std::uint32_t>(cell.row_span, 1);
  out.column_span = std::max<std::uint32_t>(cell.column_span, 1);
  out.header = cell.header;
  out.span.begin = Offset(document_.text.size());
  if (verbatim_) {
    const std::size_t start = document_.text.size();
    document_.text += TrimWhiteSpace(cell.text);
    for (std::size_t i = start; i < document_.text.size(); ++i) {
      char& sign = document_.text[i];
      if (sign == '\n' || sign == '\f') sign = ' ';
    }
  } else {
    AppendCollapsed(document_.text, cell.text);
  }
  out.span.end = Offset(document_.text.size());
  next_column_ = cell.column + out.column_span;
  table_.cells.push_back(std::move(out));
}

void DocumentBuilder::DropTable(std::size_t text_size) {
  document_.text.resize(text_size);
  while (!document_.text.empty() && document_.text.back() == '\n') {
    document_.text.pop_back();
  }
  table_ = Table();
}

void DocumentBuilder::EndTable(std::uint32_t header_rows) {
  if (failed()) return;
  CloseRow();
  const bool no_text =
      std::all_of(table_.cells.begin(), table_.cells.end(),
                  [](const Cell& cell) { return cell.span.empty(); });
  if (no_text) {
    const std::string caption(table_.caption.Of(document_.text));
    DropTable(table_start_);
    AddBlock(BlockType::kParagraph, caption);
    return;
  }
  document_.text.pop_back();  // The line break after the last row.
  for (Cell& cell : table_.cells) {
    cell.row_span = std::min(cell.row_span, table_.rows - cell.row);
    table_.columns = std::max(table_.columns, cell.column + cell.column_span);
  }
  table_.header_rows = std::min(header_rows, table_.rows);
  for (Cell& cell : table_.cells) {
    if (cell.row < table_.header_rows) cell.header = true;
  }
  table_.block = Offset(document_.blocks.size());
  Block block;
  block.type = BlockType::kTable;
  block.heading = last_heading_;
  block.page = document_.pages;
  block.table = Offset(document_.tables.size());
  block.span = {Offset(table_start_), Offset(document_.text.size())};
  document_.blocks.push_back(std::move(block));
  document_.tables.push_back(std::move(table_));
  table_ = Table();
}

void DocumentBuilder::BeginPage() {
  if (failed()) return;
  if (document_.pages >= limits_.pages_max) {
    Fail("pages", "pages_max", limits_.pages_max, "TOO_MANY_PAGES");
    return;
  }
  ++document_.pages;
  last_heading_ = Block::kNone;
}

void DocumentBuilder::SetTitle(std::string_view title) {
  document_.title = CollapseWhiteSpace(title);
  document_.title =
      std::string(CutUtf8(document_.title, limits_.title_bytes_max));
}

void DocumentBuilder::SetLanguage(std::string_view tag) {
  std::string primary(tag.substr(0, tag.find_first_of("-_")));
  for (char& sign : primary) {
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign + 32);
    if (sign < 'a' || sign > 'z') return;
  }
  if (primary.size() == 2 || primary.size() == 3) document_.language = primary;
}

void DocumentBuilder::SetProperty(std::string_view key,
                                  std::string_view value) {
  const std::string text = CollapseWhiteSpace(value);
  if (text.empty() || document_.properties.size() >= kPropertiesMax) return;
  document_.properties.emplace(key, CutUtf8(text, kPropertyBytesMax));
}

void DocumentBuilder::AddWarning(std::size_t count, std::string_view what) {
  if (count > 0) AddWarning(std::to_string(count) + " " + std::string(what));
}

void DocumentBuilder::AddWarning(std::string warning) {
  if (document_.warnings.size() < kWarningsMax) {
    document_.warnings.push_back(std::move(warning));
  }
}

ParsedDocument DocumentBuilder::FinishWithoutText() && {
  ParsedDocument document = std::move(document_);
  document.text.clear();
  document.blocks.clear();
  document.tables.clear();
  return document;
}

StatusOr<ParsedDocument> DocumentBuilder::Finish() && {
  CAIRN_RETURN_IF_ERROR(status_);
  if (document_.blocks.empty()) {
    return InvalidArgumentError(
        "the document has no text: nothing in it can be searched",
        "EMPTY_DOCUMENT");
  }
  AdoptCaptions(document_);
  return std::move(document_);
}

}  // namespace cairn
