#include "domain/document.h"

#include <algorithm>

namespace cairn {
namespace {

bool OnBorder(const std::string& text, std::uint32_t offset) {
  if (offset == text.size()) return true;
  return (static_cast<unsigned char>(text[offset]) & 0xc0) != 0x80;
}

bool Sound(const std::string& text, const ByteSpan& span) {
  return span.begin <= span.end && span.end <= text.size() &&
         OnBorder(text, span.begin) && OnBorder(text, span.end);
}

std::string At(const char* what, std::size_t index, const char* breach) {
  return std::string(what) + " " + std::to_string(index) + ": " + breach;
}

std::string FindTableBreach(const ParsedDocument& document, std::size_t index) {
  const Table& table = document.tables[index];
  if (table.block >= document.blocks.size()) {
    return At("table", index, "its block does not exist");
  }
  const Block& block = document.blocks[table.block];
  if (block.type != BlockType::kTable || block.table != index) {
    return At("table", index, "its block is not its own");
  }
  if (!Sound(document.text, table.caption)) {
    return At("table", index, "caption span out of range");
  }
  if (table.row_spans.size() != table.rows) {
    return At("table", index, "not one span a row");
  }
  for (const ByteSpan& row : table.row_spans) {
    if (!Sound(document.text, row) || !block.span.Contains(row)) {
      return At("table", index, "a row lies outside its block");
    }
  }
  for (const Cell& cell : table.cells) {
    if (cell.row + cell.row_span > table.rows ||
        cell.column + cell.column_span > table.columns) {
      return At("table", index, "a cell lies outside the grid");
    }
    if (!Sound(document.text, cell.span) ||
        (!cell.span.empty() && !block.span.Contains(cell.span))) {
      return At("table", index, "a cell lies outside its block");
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> SectionPath(const ParsedDocument& document,
                                     std::uint32_t block) {
  std::vector<std::string> path;
  std::uint32_t heading = block < document.blocks.size()
                              ? document.blocks[block].heading
                              : Block::kNone;
  while (heading < document.blocks.size()) {
    path.emplace_back(document.blocks[heading].span.Of(document.text));
    heading = document.blocks[heading].heading;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::string FindBreach(const ParsedDocument& document) {
  std::uint32_t last_end = 0;
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    if (!Sound(document.text, block.span)) {
      return At("block", i, "span out of range or inside a character");
    }
    if (block.span.begin < last_end) {
      return At("block", i, "overlaps the block before it");
    }
    last_end = block.span.end;
    if (block.heading != Block::kNone &&
        (block.heading >= i ||
         document.blocks[block.heading].type != BlockType::kHeading)) {
      return At("block", i, "its heading is not a heading before it");
    }
    if (block.time.has_value() && block.time->begin_ms > block.time->end_ms) {
      return At("block", i, "ends before it begins");
    }
    if ((block.type == BlockType::kTable) != (block.table != Block::kNone) ||
        (block.table != Block::kNone &&
         block.table >= document.tables.size())) {
      return At("block", i, "its table does not exist");
    }
  }
  for (std::size_t i = 0; i < document.tables.size(); ++i) {
    if (std::string breach = FindTableBreach(document, i); !breach.empty()) {
      return breach;
    }
  }
  return {};
}

}  // namespace cairn
