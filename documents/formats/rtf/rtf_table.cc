#include "documents/formats/rtf/rtf_table.h"

#include <algorithm>
#include <map>
#include <utility>

#include "documents/formats/package/table_draft.h"

namespace cairn {
namespace {

// Edges so near are one: programs round them. 1440 twips are an inch.
constexpr int kSameEdgeTwips = 40;
constexpr int kNoEdgeTwips = 1440;  // Width of a cell without a definition.

}  // namespace

void RtfTable::AddRow(std::vector<RtfCellDefinition> definitions,
                      std::vector<std::string> texts, bool header) {
  std::vector<PlacedCell> row;
  int edge = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    RtfCellDefinition cell;
    cell.right_edge = edge + kNoEdgeTwips;
    if (i < definitions.size() && definitions[i].right_edge > edge) {
      cell.right_edge = definitions[i].right_edge;
    }
    if (i < definitions.size()) {
      cell.joins_left = definitions[i].joins_left;
      cell.joins_above = definitions[i].joins_above;
    }
    edge = cell.right_edge;
    if (cell.joins_left && !row.empty()) {
      row.back().right_edge = edge;
      if (!texts[i].empty()) row.back().text += " " + texts[i];
      continue;
    }
    PlacedCell placed;
    placed.text = std::move(texts[i]);
    placed.right_edge = edge;
    placed.joins_above = cell.joins_above;
    row.push_back(std::move(placed));
  }
  if (header && header_rows_ == rows_.size()) ++header_rows_;
  rows_.push_back(std::move(row));
}

void RtfTable::Place() {
  std::map<int, std::uint32_t> columns;  // Right edge to column.
  for (const auto& row : rows_) {
    for (const PlacedCell& cell : row) {
      if (columns.size() < kRtfColumnsMax) columns.emplace(cell.right_edge, 0);
    }
  }
  std::uint32_t count = 0;
  int last = 0;
  for (auto& [edge, column] : columns) {
    if (count == 0 || edge - last > kSameEdgeTwips) {
      ++count;
      last = edge;
    }
    column = count - 1;
  }
  for (auto& row : rows_) {
    std::uint32_t next = 0;
    for (PlacedCell& cell : row) {
      auto it = columns.lower_bound(cell.right_edge);
      const std::uint32_t right = it == columns.end() ? count - 1 : it->second;
      cell.column = next;
      cell.column_span = right >= next ? right - next + 1 : 1;
      next = cell.column + cell.column_span;
    }
  }
}

// A cell that joins the one above lengthens it.
void RtfTable::JoinRows() {
  std::map<std::uint32_t, PlacedCell*> above;  // By column.
  for (auto& row : rows_) {
    std::map<std::uint32_t, PlacedCell*> here;
    for (PlacedCell& cell : row) {
      const auto it = above.find(cell.column);
      const bool joins = cell.joins_above && it != above.end() &&
                         it->second->column_span == cell.column_span;
      if (joins) {
        ++it->second->row_span;
        if (!cell.text.empty()) it->second->text += " " + cell.text;
        cell.dropped = true;
      }
      here[cell.column] = joins ? it->second : &cell;
    }
    above = std::move(here);
  }
}

void RtfTable::Write(DocumentBuilder& builder) {
  if (rows_.empty()) return;
  Place();
  JoinRows();
  TableDraft table;
  table.header_rows = header_rows_;
  for (auto& row : rows_) {
    table.rows.emplace_back();
    for (PlacedCell& cell : row) {
      if (cell.dropped) continue;
      table.rows.back().push_back({.text = std::move(cell.text),
                                   .column = cell.column,
                                   .row_span = cell.row_span,
                                   .column_span = cell.column_span});
    }
  }
  WriteTable(std::move(table), builder);
  rows_.clear();
  header_rows_ = 0;
}

}  // namespace cairn
