#include "documents/formats/sheet/sheet_writer.h"

#include <algorithm>
#include <utility>

#include "documents/formats/package/table_draft.h"
#include "documents/formats/sheet/regions.h"

namespace cairn {
namespace {

// A single column of longer texts is prose.
constexpr std::size_t kNoteBytes = 120;
constexpr std::size_t kTitleRowsMax = 3;
constexpr std::size_t kTitleBytesMax = 300;
// Places without a cell that a table may have for each with one, beside a few.
constexpr std::uint64_t kGapsPerCell = 50;
constexpr std::uint64_t kGapsFree = 100'000;

struct Part {
  Region region;
  TableDraft table;
  std::uint32_t header_rows = 0;  // Declared.
  bool declared = false;
};

TableDraft DraftOf(const Region& region) {
  TableDraft table;
  table.rows.resize(region.bounds.bottom - region.bounds.top + 1);
  for (const SheetCell& cell : region.cells) {
    table.rows[cell.area.top - region.bounds.top].push_back(
        {.text = std::string(cell.text),
         .column = cell.area.left - region.bounds.left,
         .row_span = cell.area.bottom - cell.area.top + 1,
         .column_span = cell.area.right - cell.area.left + 1});
  }
  return table;
}

std::uint64_t Gaps(const Region& region) {
  return (std::uint64_t{region.bounds.bottom} - region.bounds.top + 1) *
         (std::uint64_t{region.bounds.right} - region.bounds.left + 1);
}

bool IsProse(const TableDraft& table) {
  if (!IsLayout(table) || table.columns() > 1) return false;
  if (table.rows.size() == 1) return true;
  return std::any_of(table.rows.begin(), table.rows.end(),
                     [](const std::vector<DraftCell>& row) {
                       return !row.empty() &&
                              row.front().text.size() > kNoteBytes;
                     });
}

// Rows above a table that hold one cell each, at its left edge, are its title.
void TakeTitle(TableDraft& table) {
  if (table.columns() < 2) return;
  std::size_t titles = 0;
  while (titles < kTitleRowsMax && titles + 2 < table.rows.size()) {
    const std::vector<DraftCell>& row = table.rows[titles];
    if (row.size() != 1 || row.front().column != 0 ||
        row.front().row_span != 1 || row.front().text.size() > kTitleBytesMax) {
      break;
    }
    ++titles;
  }
  // All those rows, then one with several cells, or it is a list of its own.
  if (titles == 0 || table.rows[titles].size() < 2) return;
  for (std::size_t i = 0; i < titles; ++i) {
    if (!table.caption.empty()) table.caption += "; ";
    table.caption += table.rows[i].front().text;
  }
  table.rows.erase(table.rows.begin(),
                   table.rows.begin() + static_cast<std::ptrdiff_t>(titles));
}

// One empty row inside a table does not make the rest another table: the rest
// has no names of its own and no columns beside those above.
bool GoesOn(const Part& above, const Part& below) {
  if (above.declared || below.declared) return false;
  const CellRange& a = above.region.bounds;
  const CellRange& b = below.region.bounds;
  if (b.top != a.bottom + 2 || b.left < a.left || b.right > a.right) {
    return false;
  }
  if (GuessHeaderRows(above.table) == 0 || GuessHeaderRows(below.table) != 0) {
    return false;
  }
  // A title or a note below has one cell a row.
  return std::all_of(
      below.table.rows.begin(), below.table.rows.end(),
      [](const std::vector<DraftCell>& row) { return row.size() > 1; });
}

void Append(Part& above, Part below) {
  const std::uint32_t shift =
      below.region.bounds.left - above.region.bounds.left;
  for (std::vector<DraftCell>& row : below.table.rows) {
    for (DraftCell& cell : row) cell.column += shift;
    above.table.rows.push_back(std::move(row));
  }
  above.region.bounds.bottom = below.region.bounds.bottom;
}

void WritePart(Part block, DocumentBuilder& builder) {
  if (block.table.rows.empty() || IsProse(block.table)) {
    if (!block.table.caption.empty()) {
      builder.AddBlock(BlockType::kParagraph, block.table.caption);
    }
    for (const SheetCell& cell : block.region.cells) {
      builder.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(cell.text));
    }
    return;
  }
  block.table.header_rows = block.header_rows;
  WriteTable(std::move(block.table), builder);
}

// Too sparse for a table: each cell with its place.
void WriteScattered(const Region& region, DocumentBuilder& builder) {
  for (const SheetCell& cell : region.cells) {
    builder.AddBlock(BlockType::kParagraph,
                     CellName(cell.area.top, cell.area.left) + ": " +
                         CollapseWhiteSpace(cell.text));
  }
  builder.AddWarning("cells that stand far apart were read one by one, from " +
                     CellName(region.bounds.top, region.bounds.left) + " to " +
                     CellName(region.bounds.bottom, region.bounds.right));
}

// Cells of declared tables become regions of their own.
std::vector<Part> TakeDeclared(const std::vector<DeclaredTable>& declared,
                               std::vector<SheetCell>& cells) {
  std::vector<Part> blocks(declared.size());
  std::vector<SheetCell> rest;
  for (const SheetCell& cell : cells) {
    std::size_t at = 0;
    while (at < declared.size() &&
           !declared[at].range.Holds(cell.area.top, cell.area.left)) {
      ++at;
    }
    (at < declared.size() ? blocks[at].region.cells : rest).push_back(cell);
  }
  cells = std::move(rest);
  for (std::size_t i = 0; i < declared.size(); ++i) {
    blocks[i].region.bounds = declared[i].range;
    blocks[i].header_rows = declared[i].header_rows;
    blocks[i].declared = true;
    for (const SheetCell& cell : blocks[i].region.cells) {
      CellRange& bounds = blocks[i].region.bounds;
      bounds.right = std::max(bounds.right, cell.area.right);
    }
    blocks[i].table.caption = declared[i].name;
  }
  std::erase_if(blocks,
                [](const Part& block) { return block.region.cells.empty(); });
  return blocks;
}

// The rows and columns in use: a declared table may claim the whole sheet.
void Trim(Region& region) {
  CellRange bounds = region.cells.front().area;
  for (const SheetCell& cell : region.cells) {
    bounds.bottom = std::max(bounds.bottom, cell.area.top);
    bounds.left = std::min(bounds.left, cell.area.left);
    bounds.right = std::max(bounds.right, cell.area.right);
  }
  region.bounds = bounds;
}

}  // namespace

void WriteSheet(const Sheet& sheet, const std::vector<DeclaredTable>& declared,
                DocumentBuilder& builder) {
  std::vector<SheetCell> cells = sheet.cells;
  std::vector<Part> blocks = TakeDeclared(declared, cells);
  for (Part& block : blocks) Trim(block.region);
  for (Region& region : FindRegions(std::move(cells))) {
    blocks.push_back({.region = std::move(region)});
  }
  std::stable_sort(blocks.begin(), blocks.end(),
                   [](const Part& a, const Part& b) {
                     return a.region.bounds.top != b.region.bounds.top
                                ? a.region.bounds.top < b.region.bounds.top
                                : a.region.bounds.left < b.region.bounds.left;
                   });
  std::vector<Part> out;
  for (Part& block : blocks) {
    if (builder.failed()) return;
    if (Gaps(block.region) >
        kGapsFree + kGapsPerCell * block.region.cells.size()) {
      for (Part& ready : out) WritePart(std::move(ready), builder);
      out.clear();
      WriteScattered(block.region, builder);
      continue;
    }
    std::string caption = std::move(block.table.caption);
    block.table = DraftOf(block.region);
    block.table.caption = std::move(caption);
    if (!block.declared) TakeTitle(block.table);
    if (!out.empty() && GoesOn(out.back(), block)) {
      Append(out.back(), std::move(block));
    } else {
      out.push_back(std::move(block));
    }
  }
  for (Part& ready : out) WritePart(std::move(ready), builder);
}

}  // namespace cairn
