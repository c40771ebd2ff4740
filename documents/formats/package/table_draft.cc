#include "documents/formats/package/table_draft.h"

#include <algorithm>
#include <utility>

#include "documents/formats/csv/csv_reader.h"

namespace cairn {
namespace {

// What a span may claim, as in the HTML standard.
constexpr std::uint32_t kColumnSpanMax = 1000;
constexpr std::uint32_t kColumnsMax = 20'000;
// The rule looks at no more rows.
constexpr std::size_t kRowsJudged = 50;

}  // namespace

bool TableDraft::empty() const {
  for (const auto& row : rows) {
    for (const DraftCell& cell : row) {
      if (!TrimWhiteSpace(cell.text).empty()) return false;
    }
  }
  return true;
}

std::uint32_t TableDraft::columns() const {
  std::uint32_t columns = 0;
  for (const auto& row : rows) {
    for (const DraftCell& cell : row) {
      columns = std::max(columns, cell.column + cell.column_span);
    }
  }
  return columns;
}

bool IsLayout(const TableDraft& table) {
  std::size_t widest = 0;
  for (const auto& row : table.rows) widest = std::max(widest, row.size());
  return widest <= 1;
}

std::uint32_t GuessHeaderRows(const TableDraft& table) {
  CsvRows rows;
  const std::uint32_t columns = std::min(table.columns(), kColumnSpanMax);
  for (const auto& row : table.rows) {
    if (rows.row_ends.size() >= kRowsJudged) break;
    std::vector<std::string_view> fields(columns);
    for (const DraftCell& cell : row) {
      // Under a name for several columns stand the names themselves.
      if (&row == &table.rows.front() && cell.column_span > 1) return 0;
      if (cell.column < columns) fields[cell.column] = cell.text;
    }
    rows.fields.insert(rows.fields.end(), fields.begin(), fields.end());
    rows.row_ends.push_back(rows.fields.size());
  }
  return HasHeaderRow(rows) ? 1 : 0;
}

void WriteTable(TableDraft table, DocumentBuilder& builder) {
  if (table.empty()) return;
  if (table.header_rows == 0) table.header_rows = GuessHeaderRows(table);
  if (table.header_rows >= table.rows.size()) table.header_rows = 0;
  builder.BeginTable(table.caption);
  std::vector<std::uint32_t> hanging;  // Rows still claimed, by column.
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    builder.BeginRow();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> claims;
    std::uint32_t next = 0;
    for (const DraftCell& cell : table.rows[i]) {
      if (cell.column < next || cell.column >= kColumnsMax) continue;
      if (cell.column < hanging.size() && hanging[cell.column] > 0) continue;
      std::uint32_t span =
          std::clamp<std::uint32_t>(cell.column_span, 1, kColumnSpanMax);
      for (std::uint32_t at = 1; at < span; ++at) {
        const std::size_t column = cell.column + at;
        if (column < hanging.size() && hanging[column] > 0) span = at;
      }
      const auto rows_left = static_cast<std::uint32_t>(
          std::min<std::size_t>(table.rows.size() - i, UINT32_MAX));
      const std::uint32_t rows =
          std::clamp<std::uint32_t>(cell.row_span, 1, rows_left);
      next = cell.column + span;
      if (rows > 1) {
        for (std::uint32_t at = cell.column; at < next; ++at) {
          claims.emplace_back(at, rows);
        }
      }
      builder.AddCell({.text = cell.text,
                       .column = cell.column,
                       .row_span = rows,
                       .column_span = span,
                       .header = cell.header});
      if (builder.failed()) return;
    }
    for (std::uint32_t& rows : hanging) rows -= rows > 0 ? 1 : 0;
    for (const auto& [column, rows] : claims) {
      if (column >= hanging.size()) hanging.resize(column + 1, 0);
      hanging[column] = rows - 1;
    }
  }
  builder.EndTable(table.header_rows);
}

void WriteTableOrText(TableDraft table, DocumentBuilder& builder) {
  if (!IsLayout(table)) return WriteTable(std::move(table), builder);
  for (const auto& row : table.rows) {
    for (const DraftCell& cell : row) {
      builder.AddBlock(BlockType::kParagraph, CollapseWhiteSpace(cell.text));
    }
  }
}

std::string InOneLine(const TableDraft& table) {
  std::string out;
  for (const auto& row : table.rows) {
    std::string line;
    for (const DraftCell& cell : row) {
      const std::string text = CollapseWhiteSpace(cell.text);
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

}  // namespace cairn
