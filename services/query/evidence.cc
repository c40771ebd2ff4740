#include "services/query/evidence.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cairn {
namespace {

std::vector<EvidenceBlock> BlocksInside(const ParsedDocument& parsed,
                                        const ByteSpan& span) {
  std::vector<EvidenceBlock> inside;
  for (const Block& block : parsed.blocks) {
    if (!block.span.Overlaps(span)) continue;
    inside.push_back({.type = block.type,
                      .span = {std::max(block.span.begin, span.begin),
                               std::min(block.span.end, span.end)}});
  }
  return inside;
}

}  // namespace

StatusOr<const Evidence::Source*> Evidence::SourceOf(DocumentKey document) {
  const auto known = sources_.find(document.value());
  if (known != sources_.end()) return &known->second;
  Source source;
  CAIRN_ASSIGN_OR_RETURN(
      source.record, LoadDocument(*state_.store, state_.collection, document));
  CAIRN_ASSIGN_OR_RETURN(
      source.parsed, LoadParsed(*state_.store, state_.collection, document));
  return &sources_.emplace(document.value(), std::move(source)).first->second;
}

StatusOr<EvidencePassage> Evidence::MakePassage(const Found& found) {
  const Hit& hit = found.hit;
  EvidencePassage passage{.title = hit.title,
                          .context = hit.context,
                          .text = hit.text,
                          .span = hit.span,
                          .score = hit.score,
                          .similarity = found.similarity,
                          .linked = found.linked,
                          .table = hit.table,
                          .blocks = {},
                          .header_cells = {},
                          .cells = {}};
  CAIRN_ASSIGN_OR_RETURN(const Source* source, SourceOf(hit.chunk.document));
  passage.blocks = BlocksInside(source->parsed, hit.span);
  if (!hit.table) return passage;
  CAIRN_ASSIGN_OR_RETURN(
      const Chunk chunk,
      LoadChunk(*state_.store, state_.collection, hit.chunk));
  if (chunk.table >= source->parsed.tables.size()) return passage;
  const Table& table = source->parsed.tables[chunk.table];
  passage.header_rows = table.header_rows;
  for (const Cell& cell : table.cells) {
    EvidenceCell one{.cell = cell,
                     .text = std::string(cell.span.Of(source->parsed.text))};
    if (cell.row < table.header_rows) {
      passage.header_cells.push_back(std::move(one));
    } else if (cell.row >= chunk.first_row && cell.row <= chunk.last_row) {
      passage.cells.push_back(std::move(one));
    }
  }
  return passage;
}

}  // namespace cairn
