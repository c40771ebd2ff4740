#include "tables/typed_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "tables/date_text.h"
#include "text/words.h"

namespace cairn {
namespace {

// Headers below these rows say nothing of their columns: what marks more rows
// as headers is no table that anyone reads.
constexpr std::uint32_t kHeaderRowsMax = 16;
constexpr std::size_t kScaleBytesMax = 96;  // Of a note about the scale.

struct Column {
  std::uint32_t number = 0;
  CellStyle style;
  int points = 0, commas = 0;  // Cells that show this decimal mark.
  int day_first = 0, month_first = 0;
};

bool IsHeader(const Table& table, const Cell& cell) {
  return cell.header || cell.row < table.header_rows;
}

// The columns in which cells of the body begin, ascending: never more than
// there are cells, however wide the table claims to be.
std::vector<Column> BodyColumns(const Table& table, const CellStyle& style) {
  std::vector<Column> columns;
  for (const Cell& cell : table.cells) {
    if (IsHeader(table, cell)) continue;
    columns.push_back({.number = cell.column, .style = style});
  }
  std::sort(
      columns.begin(), columns.end(),
      [](const Column& a, const Column& b) { return a.number < b.number; });
  columns.erase(std::unique(columns.begin(), columns.end(),
                            [](const Column& a, const Column& b) {
                              return a.number == b.number;
                            }),
                columns.end());
  return columns;
}

// The first of `columns` from `number` on.
std::vector<Column>::iterator From(std::vector<Column>& columns,
                                   std::uint32_t number) {
  return std::lower_bound(columns.begin(), columns.end(), number,
                          [](const Column& column, std::uint32_t wanted) {
                            return column.number < wanted;
                          });
}

// True for "(in thousands)", "U.S. $ in millions, except per share data": words
// of a scale and nothing that a column could be about.
bool IsScaleAlone(std::string_view header) {
  constexpr std::array<std::string_view, 36> kWords = {
      "in",       "of",        "except",  "for",      "per",
      "share",    "shares",    "data",    "amounts",  "amount",
      "and",      "otherwise", "stated",  "noted",    "u",
      "s",        "us",        "usd",     "eur",      "gbp",
      "rmb",      "hk",        "dollars", "dollar",   "euros",
      "thousand", "thousands", "million", "millions", "billion",
      "billions", "000",       "000s",    "m",        "percentages",
      "expressed"};
  bool scale = false;
  for (const Word& word : FoldWords(header)) {
    if (std::find(kWords.begin(), kWords.end(), word.term) == kWords.end()) {
      return false;
    }
    scale |= word.term.starts_with("thousand") || word.term == "000" ||
             word.term == "000s" || word.term == "m" ||
             word.term.find("illion") != std::string::npos;
  }
  return scale;
}

// A scale that stands alone in the header is of the whole table: a corner says
// it, or a line under the years.
void ReadCommonHeaders(const Table& table, std::string_view text,
                       CellStyle& common) {
  const std::uint32_t rows = std::min(table.header_rows, kHeaderRowsMax);
  for (const Cell& cell : table.cells) {
    if (cell.row >= rows) break;
    const std::string_view head = cell.span.Of(text);
    if (head.size() <= kScaleBytesMax && IsScaleAlone(head)) {
      ReadHeader(head, common);
    }
  }
}

void ReadHeaders(const Table& table, std::string_view text,
                 std::vector<Column>& columns) {
  const std::uint32_t rows = std::min(table.header_rows, kHeaderRowsMax);
  for (const Cell& cell : table.cells) {
    if (cell.row >= rows) break;
    const std::string_view head = cell.span.Of(text);
    if (head.empty()) continue;
    for (auto column = From(columns, cell.column);
         column != columns.end() &&
         column->number - cell.column < cell.column_span;
         ++column) {
      ReadHeader(head, column->style);
    }
  }
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

// The marks of each column from its cells; a column that shows none follows the
// others: one hand wrote the table.
void ReadMarks(const Table& table, std::string_view text,
               std::vector<Column>& columns) {
  Column all;
  for (const Cell& cell : table.cells) {
    if (IsHeader(table, cell)) continue;
    ShowMarks(cell.span.Of(text), *From(columns, cell.column));
    ShowMarks(cell.span.Of(text), all);
  }
  for (Column& column : columns) {
    const bool silent = column.points + column.commas == 0;
    const Column& marks = silent ? all : column;
    column.style.decimal = marks.commas > marks.points ? ',' : '.';
    const bool no_order = column.day_first + column.month_first == 0;
    const Column& order = no_order ? all : column;
    column.style.day_first = order.day_first > order.month_first;
  }
}

}  // namespace

std::vector<CellValue> TypeTable(const Table& table, std::string_view text,
                                 double scale) {
  CellStyle common{.scale = scale};
  ReadHeader(table.caption.Of(text), common);
  ReadCommonHeaders(table, text, common);
  // A caption speaks of years without making every number one.
  common.years = false;
  std::vector<Column> columns = BodyColumns(table, common);
  ReadHeaders(table, text, columns);
  ReadMarks(table, text, columns);
  std::vector<CellValue> values;
  values.reserve(table.cells.size());
  for (const Cell& cell : table.cells) {
    values.push_back(
        IsHeader(table, cell)
            ? CellValue()
            : ReadCell(cell.span.Of(text), From(columns, cell.column)->style));
  }
  return values;
}

}  // namespace cairn
