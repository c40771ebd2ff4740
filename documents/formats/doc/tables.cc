#include "documents/formats/doc/tables.h"

#include <algorithm>
#include <utility>

#include "documents/formats/rtf/rtf_table.h"

namespace cairn {
namespace {

// Edges are measured from the margin, which cells may stand left of; the
// largest that Word writes.
constexpr int kLeftOfMarginMax = 31'680;

// Flags of a cell [MS-DOC 2.9.315].
constexpr unsigned kJoinsSideways = 3;
constexpr unsigned kJoinsAbove = 0x20;
constexpr unsigned kFirstOfJoined = 0x40;

std::string InOneLine(const std::vector<DocTables::Row>& rows) {
  std::string out;
  for (const DocTables::Row& row : rows) {
    std::string line;
    for (const DocTables::Cell& cell : row.cells) {
      const std::string text = CollapseWhiteSpace(cell.Text());
      if (text.empty()) continue;
      if (!line.empty()) line += ' ';
      line += text;
    }
    if (line.empty()) continue;
    if (!out.empty()) out += "; ";
    out += line;
  }
  return out;
}

}  // namespace

std::string DocTables::Cell::Text() const {
  std::string out;
  for (const DocBlock& block : blocks) {
    if (TrimWhiteSpace(block.text).empty()) continue;
    if (!out.empty()) out.push_back('\n');
    out += block.text;
  }
  return out;
}

void DocTables::EndCell(Level& level) {
  level.row.cells.push_back(std::move(level.cell));
  level.cell = Cell();
}

void DocTables::EndRow(Level& level, const RowFormat& format) {
  if (!level.cell.blocks.empty()) EndCell(level);
  level.row.format = format;
  level.rows.push_back(std::move(level.row));
  level.row = Row();
}

// The innermost table becomes a line of the cell around it.
void DocTables::CloseInner() {
  Level& inner = levels_.back();
  if (!inner.row.cells.empty() || !inner.cell.blocks.empty()) {
    EndRow(inner, RowFormat());
  }
  DocBlock line;
  line.text = InOneLine(inner.rows);
  // What hangs on its paragraphs is not lost with them.
  for (const Row& row : inner.rows) {
    for (const Cell& cell : row.cells) {
      for (const DocBlock& block : cell.blocks) {
        if (line.range.end == 0) line.range.begin = block.range.begin;
        line.range.end = std::max(line.range.end, block.range.end);
      }
    }
  }
  inner_.push_back(std::move(inner.rows));
  line.inner_table = inner_.size();
  levels_.pop_back();
  if (!levels_.empty()) levels_.back().cell.blocks.push_back(std::move(line));
}

void DocTables::Add(int depth, DocBlock block, Mark mark,
                    const RowFormat& row) {
  const auto wanted =
      static_cast<std::size_t>(std::clamp(depth, 1, kDocTableDepthMax));
  while (levels_.size() > wanted) CloseInner();
  if (levels_.empty()) inner_.clear();
  levels_.resize(wanted);
  Level& level = levels_.back();
  if (mark == Mark::kRow) return EndRow(level, row);
  level.cell.blocks.push_back(std::move(block));
  if (mark == Mark::kCell) EndCell(level);
}

std::vector<DocTables::Row> DocTables::Take() {
  while (levels_.size() > 1) CloseInner();
  if (levels_.empty()) return {};
  Level& level = levels_.front();
  if (!level.row.cells.empty() || !level.cell.blocks.empty()) {
    EndRow(level, RowFormat());
  }
  std::vector<Row> rows = std::move(level.rows);
  levels_.clear();
  return rows;
}

std::vector<DocTables::Row> DocTables::TakeInner(std::size_t inner_table) {
  return std::move(inner_[inner_table - 1]);
}

bool IsDocLayout(const std::vector<DocTables::Row>& rows) {
  bool lines = rows.size() > 1;
  for (const DocTables::Row& row : rows) {
    if (row.cells.size() > 1) return false;
    lines = lines && row.format.draws_rows;
    for (const DocTables::Cell& cell : row.cells) {
      lines = lines && cell.blocks.size() == 1;
    }
  }
  return !lines;
}

void WriteDocTable(std::vector<DocTables::Row> rows, DocumentBuilder& builder) {
  RtfTable table;
  for (const DocTables::Row& row : rows) {
    std::vector<RtfCellDefinition> definitions;
    std::vector<std::string> texts;
    const RowFormat& format = row.format;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      texts.push_back(row.cells[i].Text());
      if (i >= format.cells.size()) continue;
      const unsigned flags = format.cells[i];
      // Which of two cells side by side that are joined is the first, programs
      // tell in two ways; the other one is empty.
      const bool left = i > 0 && (flags & kJoinsSideways) != 0 &&
                        (format.cells[i - 1] & kJoinsSideways) != 0 &&
                        texts[i].empty();
      definitions.push_back(
          {.right_edge = format.edges[i + 1] + kLeftOfMarginMax,
           .joins_left = left,
           .joins_above =
               (flags & kJoinsAbove) != 0 && (flags & kFirstOfJoined) == 0});
    }
    table.AddRow(std::move(definitions), std::move(texts), format.header);
  }
  table.Write(builder);
}

}  // namespace cairn
