// Tables as they stand on a page: cells of a grid with their lines of text.
//
// Place: table_finder.h decides where a table is, this gives it its columns,
// rows and spans. The rulings that are there decide; where there are none,
// white space (table_columns.h) and the lines of text (table_rows.h) do. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "documents/formats/pdf/rulings.h"
#include "documents/formats/pdf/table_items.h"

namespace cairn::pdf {

struct PageCell {
  std::uint32_t row = 0, column = 0;
  std::uint32_t row_span = 1, column_span = 1;
  std::vector<std::string> lines;
  std::uint32_t page = 0;  // From 1.
  Rect box;                // Reading space.
};

struct PageTable {
  std::uint32_t page = 0;  // From 1.
  Rect box;
  Turn turn;
  std::uint32_t rows = 0, columns = 0, header_rows = 0;
  std::vector<PageCell> cells;  // By row, then column; none is empty.
  std::vector<float> xs;        // Borders of the columns.
};

// What the finder needs to judge a table.
struct LaidOut {
  PageTable table;
  std::vector<Item> items;
  std::size_t values = 0;  // Cells with a value, not in the first column.
  std::size_t others = 0;  // Other cells, not in the first column.
  std::size_t words = 0;
  std::size_t monospaced = 0;  // Of the items.
};

// `grid` null: none frames or parts the table; `rulings` are all of the page.
// Nothing when there are not two rows and columns.
std::optional<LaidOut> LayOutTable(const std::vector<const TextRow*>& lines,
                                   const Grid* grid,
                                   const std::vector<Ruling>& rulings);

}  // namespace cairn::pdf
