// TableGrid: a table as plans compute over it: named columns, body rows, a
// value in every slot.
//
// Place: TableEngine and QuestionParser work on it. The stored table has cells
// with spans; the grid fills what merged cells cover, joins the rows of a
// header to one name a column, tells rows that hold data from titles of
// sections, and reads cells loosely where TypeTable would not ("3rd", "10 (5)",
// "1:31.7", "December 9"): good enough to order by, never shown as a value.
// Threads: immutable once made. Linear in the slots.
// Errors: TABLE_TOO_LARGE above kGridSlotsMax slots, what merged cells cover
// included.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/document.h"
#include "tables/cell_value.h"

namespace cairn {

inline constexpr std::size_t kGridSlotsMax = 1'000'000;

// A cell of one of the tables of a computation.
struct CellRef {
  std::uint32_t table = 0;  // The number that the grid was made with.
  std::uint32_t cell = 0;   // Index into Table::cells.
  friend auto operator<=>(const CellRef&, const CellRef&) = default;
};

struct GridSlot {
  std::optional<CellRef> cell;  // None: no cell covers it.
  std::string text;
  std::string folded;  // NormalizeName of the text.
  CellValue value;
  // What the column orders by: the number as written (in millions when the
  // header says so), or a date as DateOrder gives it. None: no such value.
  std::optional<double> order;
};

struct GridColumn {
  std::string name;                 // The header's rows, joined by a space.
  std::string folded;               // NormalizeName of it.
  CellKind kind = CellKind::kText;  // What most of its cells are.
  bool years = false;               // Its numbers are years, all of them.
  bool loose = false;               // Some were read by their first number.
  double scale = 1;                 // Of its numbers, when all share one.
  std::vector<CellRef> header;
};

struct GridRow {
  std::vector<GridSlot> slots;  // One a column.
  std::string section;          // Title row above it; empty: none.
  bool total = false;           // Called a total of other rows.
};

struct TableGrid {
  std::vector<GridColumn> columns;
  std::vector<GridRow> rows;
  std::string caption;

  // The column that a plan names: by its name, by the same words, or by number
  // ("#2" is the second). None: no column, or more than one.
  std::optional<std::size_t> FindColumn(std::string_view name) const;
  // The same; INVALID_ARGUMENT NO_SUCH_COLUMN, with the columns there are.
  StatusOr<std::size_t> NeedColumn(std::string_view name) const;
  // A name that FindColumn resolves to `column`.
  std::string ColumnName(std::size_t column) const;
};

// `table`'s spans point into `text`; `number` becomes CellRef::table; `scale`
// as TypeTable has it.
StatusOr<TableGrid> MakeGrid(const Table& table, std::string_view text,
                             std::uint32_t number = 0, double scale = 1);
// A table of a document, with the scale that is said around it.
StatusOr<TableGrid> MakeGrid(const ParsedDocument& document, std::size_t table,
                             std::uint32_t number = 0);

// Columns become rows: the labels of the first column name the columns, the
// names of the columns stand in the first. For questions over periods that
// stand side by side.
TableGrid Transposed(const TableGrid& grid);

// Each row of `left` with the first row of `right` that has the same key (the
// folded text, or the number). Columns of both; `unmatched` counts rows of
// `left` without a partner, whose new slots are empty. Linear.
TableGrid Joined(const TableGrid& left, std::size_t left_key,
                 const TableGrid& right, std::size_t right_key,
                 std::size_t& unmatched);

// Sets kind, order and scale of every column from its slots.
void ReadColumns(TableGrid& grid);

}  // namespace cairn
