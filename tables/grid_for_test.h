// GridForTest: tables from rows of text, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "domain/document.h"
#include "tables/table_grid.h"

namespace cairn {

struct TableForTest {
  Table table;
  std::string text;
};

// The first `header_rows` of `rows` are headers.
inline TableForTest MakeTableForTest(
    const std::vector<std::vector<std::string>>& rows,
    std::uint32_t header_rows = 1) {
  TableForTest out;
  out.table.rows = static_cast<std::uint32_t>(rows.size());
  out.table.columns = static_cast<std::uint32_t>(rows.at(0).size());
  out.table.header_rows = header_rows;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (std::uint32_t column = 0; column < rows[row].size(); ++column) {
      const auto begin = static_cast<std::uint32_t>(out.text.size());
      out.text += rows[row][column];
      out.table.cells.push_back(
          {.row = row,
           .column = column,
           .span = {begin, static_cast<std::uint32_t>(out.text.size())},
           .header = row < header_rows});
      out.text += '\n';
    }
  }
  return out;
}

inline TableGrid GridForTest(const std::vector<std::vector<std::string>>& rows,
                             std::uint32_t header_rows = 1) {
  const TableForTest made = MakeTableForTest(rows, header_rows);
  StatusOr<TableGrid> grid = MakeGrid(made.table, made.text);
  return grid.ok() ? *std::move(grid) : TableGrid();
}

}  // namespace cairn
