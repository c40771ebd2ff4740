#include "documents/embed.h"

#include <algorithm>
#include <string>

namespace cairn {
namespace {

void EmbedTable(const ParsedDocument& part, const Table& table,
                DocumentBuilder& builder) {
  const ByteSpan block = part.blocks[table.block].span;
  // A caption outside of the block is a paragraph of its own already.
  const bool inside =
      table.caption.begin >= block.begin && table.caption.end <= block.end;
  builder.BeginTable(inside ? table.caption.Of(part.text) : std::string_view(),
                     /*verbatim=*/true);
  std::size_t next = 0;
  for (std::uint32_t row = 0; row < table.rows && !builder.failed(); ++row) {
    builder.BeginRow();
    for (; next < table.cells.size() && table.cells[next].row == row; ++next) {
      const Cell& cell = table.cells[next];
      builder.AddCell({.text = cell.span.Of(part.text),
                       .column = cell.column,
                       .row_span = cell.row_span,
                       .column_span = cell.column_span,
                       .header = cell.header});
    }
  }
  builder.EndTable(table.header_rows);
}

}  // namespace

void EmbedDocument(const ParsedDocument& part, std::string_view name,
                   std::uint8_t levels_down, DocumentBuilder& builder) {
  for (const Block& block : part.blocks) {
    if (builder.failed()) return;
    if (block.table != Block::kNone) {
      EmbedTable(part, part.tables[block.table], builder);
      continue;
    }
    const bool heading = block.type == BlockType::kHeading;
    const int level = block.level + (heading ? levels_down : 0);
    builder.AddBlock(
        block.type, block.span.Of(part.text),
        static_cast<std::uint8_t>(heading ? std::min(level, 6) : level));
  }
  for (const std::string& warning : part.warnings) {
    builder.AddWarning(name.empty() ? warning
                                    : std::string(name) + ": " + warning);
  }
}

}  // namespace cairn
