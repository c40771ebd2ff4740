#include "tables/typed_table.h"

#include <cstddef>

#include "tables/date_text.h"

namespace cairn {
namespace {

struct Column {
  CellStyle style;
  int points = 0, commas = 0;  // Cells that show this decimal mark.
  int day_first = 0, month_first = 0;
};

bool IsHeader(const Table& table, const Cell& cell) {
  return cell.header || cell.row < table.header_rows;
}

void ShowMarks(std::string_view text, Column& column) {
  switch (DecimalMarkOf(text)) {
    case '.':
      ++column.points;
      break;
    case ',':
      ++column.commas;
      break;
    default:
      break;
  }
  const int order = DayOrderOf(text);
  column.day_first += order > 0 ? 1 : 0;
  column.month_first += order < 0 ? 1 : 0;
}

}  // namespace

std::vector<std::string_view> ColumnPath(const Table& table,
                                         std::string_view text,
                                         std::uint32_t column) {
  std::vector<std::string_view> path;
  for (const Cell& cell : table.cells) {
    if (cell.row >= table.header_rows) break;
    if (column < cell.column || column - cell.column >= cell.column_span) {
      continue;
    }
    const std::string_view head = cell.span.Of(text);
    if (head.empty() || (!path.empty() && path.back() == head)) continue;
    path.push_back(head);
  }
  return path;
}

std::vector<CellValue> TypeTable(const Table& table, std::string_view text) {
  std::vector<Column> columns(table.columns);
  CellStyle common;
  ReadHeader(table.caption.Of(text), common);
  // A caption speaks of years without making every number one.
  common.years = false;
  Column all;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    columns[i].style = common;
    for (const std::string_view head :
         ColumnPath(table, text, static_cast<std::uint32_t>(i))) {
      ReadHeader(head, columns[i].style);
    }
  }
  for (const Cell& cell : table.cells) {
    if (IsHeader(table, cell) || cell.column >= columns.size()) continue;
    ShowMarks(cell.span.Of(text), columns[cell.column]);
    ShowMarks(cell.span.Of(text), all);
  }
  for (Column& column : columns) {
    // A column without a sign follows the others: one hand wrote the table.
    const bool silent = column.points + column.commas == 0;
    const Column& marks = silent ? all : column;
    column.style.decimal = marks.commas > marks.points ? ',' : '.';
    const bool no_order = column.day_first + column.month_first == 0;
    const Column& order = no_order ? all : column;
    column.style.day_first = order.day_first > order.month_first;
  }
  std::vector<CellValue> values;
  for (const Cell& cell : table.cells) {
    const bool plain = IsHeader(table, cell) || cell.column >= columns.size();
    values.push_back(
        plain ? CellValue()
              : ReadCell(cell.span.Of(text), columns[cell.column].style));
  }
  return values;
}

}  // namespace cairn
