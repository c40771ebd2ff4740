#include "tables/table_grid.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "tables/order_text.h"
#include "tables/scale_around.h"
#include "tables/typed_table.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::uint32_t kHeaderRowsMax = 8;  // That a grid joins to names.
constexpr double kMostly = 0.6;              // Of the cells that say anything.

bool IsYearNumber(double number) {
  return number >= 1000 && number < 2200 && number == std::floor(number);
}

// "$ million", "All figures in USD '000".
bool SaysScale(std::string_view label) {
  CellStyle style;
  ReadHeader(label, style);
  return style.scale != 1;
}

// The cell of every slot; kNone: none.
constexpr std::uint32_t kNone = UINT32_MAX;
using Slots = std::vector<std::uint32_t>;

StatusOr<Slots> LayOut(const Table& table) {
  const std::size_t size = static_cast<std::size_t>(table.rows) * table.columns;
  if (size > kGridSlotsMax) {
    return InvalidArgumentError(
        "the table has " + std::to_string(table.rows) + " rows and " +
            std::to_string(table.columns) + " columns; more than " +
            std::to_string(kGridSlotsMax) +
            " slots cannot be computed over; split the table",
        "TABLE_TOO_LARGE");
  }
  Slots slots(size, kNone);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    const std::size_t rows = std::min<std::size_t>(
        table.rows, static_cast<std::size_t>(cell.row) + cell.row_span);
    const std::size_t columns = std::min<std::size_t>(
        table.columns,
        static_cast<std::size_t>(cell.column) + cell.column_span);
    // A slot is filled once, so that overlapping spans cost no more.
    for (std::size_t row = cell.row; row < rows; ++row) {
      std::uint32_t* const line = &slots[row * table.columns];
      if (cell.column < columns && line[cell.column] != kNone) break;
      for (std::size_t column = cell.column; column < columns; ++column) {
        if (line[column] != kNone) break;
        line[column] = static_cast<std::uint32_t>(i);
      }
    }
  }
  return slots;
}

class GridMaker {
 public:
  GridMaker(const Table& table, std::string_view text, std::uint32_t number,
            double scale, Slots slots)
      : table_(table),
        text_(text),
        number_(number),
        scale_(scale),
        slots_(std::move(slots)) {}

  TableGrid Make() {
    table_.header_rows = HeaderRows();
    values_ = TypeTable(table_, text_, scale_);
    grid_.caption = std::string(table_.caption.Of(text_));
    MakeColumns();
    std::string section;
    for (std::uint32_t row = table_.header_rows; row < table_.rows; ++row) {
      if (!IsSection(row)) {
        MakeRow(row, section);
      } else if (FirstFilled(row) < table_.columns) {
        section = std::string(TextAt(row, FirstFilled(row)));
      }
    }
    ReadColumns(grid_);
    return std::move(grid_);
  }

 private:
  std::uint32_t CellAt(std::uint32_t row, std::uint32_t column) const {
    return slots_[static_cast<std::size_t>(row) * table_.columns + column];
  }
  std::string_view TextAt(std::uint32_t row, std::uint32_t column) const {
    const std::uint32_t cell = CellAt(row, column);
    return cell == kNone ? std::string_view()
                         : table_.cells[cell].span.Of(text_);
  }
  std::uint32_t FirstFilled(std::uint32_t row) const {
    for (std::uint32_t column = 0; column < table_.columns; ++column) {
      if (!TextAt(row, column).empty()) return column;
    }
    return table_.columns;
  }

  std::uint32_t HeaderRows() const;
  bool ContinuesHeader(std::uint32_t row) const;
  bool IsSection(std::uint32_t row) const;
  void MakeColumns();
  void MakeRow(std::uint32_t row, const std::string& section);

  Table table_;  // A copy, whose header may be longer.
  const std::string_view text_;
  const std::uint32_t number_;
  const double scale_;
  const Slots slots_;
  std::vector<CellValue> values_;
  TableGrid grid_;
};

// Formats mark one header row, or none, where a table of a report has three:
// "Year ended 31 December", "2019 2018", "in millions". What follows a header
// belongs to it when nothing stands in the first column (or a note in
// parentheses, or what amounts are in), and it has words or years where numbers
// stand below.
std::uint32_t GridMaker::HeaderRows() const {
  std::uint32_t rows =
      std::min({table_.header_rows, table_.rows, kHeaderRowsMax});
  if (rows == 0 && table_.rows > 1 && ContinuesHeader(0)) rows = 1;
  while (rows > 0 && rows < kHeaderRowsMax && rows + 1 < table_.rows &&
         ContinuesHeader(rows)) {
    ++rows;
  }
  return rows;
}

bool GridMaker::ContinuesHeader(std::uint32_t row) const {
  if (table_.columns == 0) return false;
  const std::string_view label = TextAt(row, 0);
  if (row > 0 && !label.empty() && label.front() != '(' && !SaysScale(label)) {
    return false;
  }
  const CellStyle style;
  std::size_t words = 0;
  std::size_t over_numbers = 0;
  for (std::uint32_t column = 1; column < table_.columns; ++column) {
    const std::string_view text = TextAt(row, column);
    if (text.empty()) continue;
    const CellValue value = ReadCell(text, style);
    // "53 weeks" is a period; units of amounts are codes of three letters.
    const bool period = row > 0 && value.unit.size() > 3;
    if (value.kind == CellKind::kNumber && !IsYearNumber(value.number) &&
        !period) {
      return false;
    }
    ++words;
    for (std::uint32_t below = row + 1; below < std::min(table_.rows, row + 12);
         ++below) {
      const CellValue under = ReadCell(TextAt(below, column), style);
      if (under.kind != CellKind::kNumber || IsYearNumber(under.number)) {
        continue;
      }
      ++over_numbers;
      break;
    }
  }
  return words > 0 ? over_numbers * 2 >= words : !label.empty();
}

// A title of the rows below: one text alone in its row, in a table of several
// columns.
bool GridMaker::IsSection(std::uint32_t row) const {
  if (table_.columns < 2) return false;
  const std::uint32_t first = FirstFilled(row);
  if (first == table_.columns) return true;  // An empty row says nothing.
  const std::uint32_t cell = CellAt(row, first);
  for (std::uint32_t column = first + 1; column < table_.columns; ++column) {
    if (CellAt(row, column) != cell && !TextAt(row, column).empty()) {
      return false;
    }
  }
  const bool wide = table_.cells[cell].column_span >= table_.columns;
  return wide || (first == 0 && values_[cell].kind == CellKind::kText);
}

void GridMaker::MakeColumns() {
  grid_.columns.resize(table_.columns);
  for (std::uint32_t column = 0; column < table_.columns; ++column) {
    GridColumn& out = grid_.columns[column];
    for (std::uint32_t row = 0; row < table_.header_rows; ++row) {
      const std::uint32_t cell = CellAt(row, column);
      if (cell == kNone || TextAt(row, column).empty()) continue;
      const CellRef ref{number_, cell};
      if (!out.header.empty() && out.header.back() == ref) continue;
      out.header.push_back(ref);
      if (!out.name.empty()) out.name += ' ';
      out.name += TextAt(row, column);
    }
    out.folded = NormalizeName(out.name);
  }
}

bool IsTotalLabel(std::string_view folded) {
  constexpr std::array<std::string_view, 7> kWords = {
      "total", "totals", "subtotal", "grand total", "overall", "sum", "all"};
  for (const std::string_view word : kWords) {
    if (folded == word) return true;
  }
  return folded.starts_with("total ") || folded.starts_with("grand total ") ||
         folded.ends_with(" total") || folded.ends_with(" totals");
}

void GridMaker::MakeRow(std::uint32_t row, const std::string& section) {
  GridRow& out = grid_.rows.emplace_back();
  out.section = section;
  out.slots.resize(table_.columns);
  for (std::uint32_t column = 0; column < table_.columns; ++column) {
    const std::uint32_t cell = CellAt(row, column);
    if (cell == kNone) continue;
    GridSlot& slot = out.slots[column];
    slot.cell = CellRef{number_, cell};
    slot.text = std::string(TextAt(row, column));
    slot.folded = NormalizeName(slot.text);
    slot.value = values_[cell];
  }
  const std::uint32_t first = FirstFilled(row);
  out.total = first < table_.columns && IsTotalLabel(out.slots[first].folded);
}

struct Tally {
  std::size_t said = 0, numbers = 0, dates = 0, loose_numbers = 0,
              loose_dates = 0, years = 0;
  double scale = 0;  // 0: none yet; -1: they differ.
};

void Count(const GridSlot& slot, const std::optional<OrderKey>& loose,
           Tally& tally) {
  if (slot.value.kind == CellKind::kMissing) return;
  ++tally.said;
  if (slot.value.kind == CellKind::kNumber) {
    ++tally.numbers;
    tally.years += IsYearNumber(slot.value.number) && slot.value.unit.empty();
    if (slot.value.unit == "%") return;
    if (tally.scale == 0) tally.scale = slot.value.scale;
    if (tally.scale != slot.value.scale) tally.scale = -1;
  } else if (slot.value.kind == CellKind::kDate) {
    ++tally.dates;
  } else if (loose) {
    ++(loose->date ? tally.loose_dates : tally.loose_numbers);
  }
}

std::optional<double> OrderIn(const GridColumn& column, const GridSlot& slot,
                              const std::optional<OrderKey>& loose) {
  const CellValue& value = slot.value;
  if (column.kind == CellKind::kNumber) {
    if (value.kind == CellKind::kNumber) {
      return value.number / (value.unit == "%" ? 1 : column.scale);
    }
    if (loose && !loose->date) return loose->value;
    return std::nullopt;
  }
  if (value.kind == CellKind::kDate) return DateOrder(value.date);
  if (value.kind == CellKind::kNumber && IsYearNumber(value.number)) {
    return DateOrder(std::to_string(static_cast<int>(value.number)));
  }
  if (loose && loose->date) return loose->value;
  return std::nullopt;
}

void ReadColumn(std::size_t column, TableGrid& grid) {
  Tally tally;
  std::vector<std::optional<OrderKey>> loose(grid.rows.size());
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    const GridSlot& slot = grid.rows[row].slots[column];
    if (slot.value.kind == CellKind::kText) loose[row] = ReadOrder(slot.text);
    Count(slot, loose[row], tally);
  }
  GridColumn& out = grid.columns[column];
  const std::size_t numbers = tally.numbers + tally.loose_numbers;
  const std::size_t dates = tally.dates + tally.loose_dates;
  const auto enough = static_cast<std::size_t>(
      std::ceil(kMostly * static_cast<double>(tally.said)));
  out.years = tally.years > 0 && tally.years == tally.numbers &&
              tally.loose_numbers == 0;
  out.kind = CellKind::kText;
  if (numbers + dates > 0 && numbers + dates >= enough) {
    out.kind = dates > 0 && dates + (out.years ? numbers : 0) >= numbers
                   ? CellKind::kDate
                   : CellKind::kNumber;
  }
  out.loose = tally.loose_numbers + tally.loose_dates > 0;
  out.scale = tally.scale > 0 ? tally.scale : 1;
  if (out.kind == CellKind::kText) return;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    GridSlot& slot = grid.rows[row].slots[column];
    slot.order = OrderIn(out, slot, loose[row]);
  }
}

std::string KeyOf(const GridSlot& slot) {
  if (slot.value.kind == CellKind::kNumber) {
    char digits[32];
    const auto [end, error] =
        std::to_chars(digits, digits + sizeof digits, slot.value.number);
    return "#" + std::string(digits, error == std::errc() ? end : digits);
  }
  return slot.folded;
}

}  // namespace

void ReadColumns(TableGrid& grid) {
  for (std::size_t i = 0; i < grid.columns.size(); ++i) ReadColumn(i, grid);
}

std::optional<std::size_t> TableGrid::FindColumn(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  if (name.starts_with("#")) {
    std::size_t number = 0;
    const auto [end, error] =
        std::from_chars(name.data() + 1, name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size() &&
        number >= 1 && number <= columns.size()) {
      return number - 1;
    }
  }
  const auto only = [&](auto equal) -> std::optional<std::size_t> {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!equal(columns[i])) continue;
      if (found) return std::nullopt;
      found = i;
    }
    return found;
  };
  if (auto same = only([&](const GridColumn& c) { return c.name == name; })) {
    return same;
  }
  const std::string folded = NormalizeName(name);
  if (folded.empty()) return std::nullopt;
  return only([&](const GridColumn& c) { return c.folded == folded; });
}

StatusOr<std::size_t> TableGrid::NeedColumn(std::string_view name) const {
  constexpr std::size_t kShown = 20;
  if (const auto column = FindColumn(name)) return *column;
  std::string known;
  for (std::size_t i = 0; i < columns.size() && i < kShown; ++i) {
    known += (i == 0 ? "#" : ", #") + std::to_string(i + 1) + " \"" +
             columns[i].name + '"';
  }
  if (columns.size() > kShown) known += ", ...";
  return InvalidArgumentError("no column, or more than one, is called \"" +
                                  std::string(name) + "\"; the columns are " +
                                  known,
                              "NO_SUCH_COLUMN");
}

std::string TableGrid::ColumnName(std::size_t column) const {
  const std::string& name = columns[column].name;
  const std::string by_number = "#" + std::to_string(column + 1);
  if (name.empty() || name.starts_with("#")) return by_number;
  return FindColumn(name) == column ? name : by_number;
}

StatusOr<TableGrid> MakeGrid(const Table& table, std::string_view text,
                             std::uint32_t number, double scale) {
  CAIRN_ASSIGN_OR_RETURN(Slots slots, LayOut(table));
  return GridMaker(table, text, number, scale, std::move(slots)).Make();
}

StatusOr<TableGrid> MakeGrid(const ParsedDocument& document, std::size_t table,
                             std::uint32_t number) {
  const Table& one = document.tables[table];
  return MakeGrid(one, document.text, number, ScaleAround(document, one));
}

TableGrid Transposed(const TableGrid& grid) {
  TableGrid out;
  out.caption = grid.caption;
  if (grid.columns.empty()) return out;
  out.columns.push_back({.name = grid.columns[0].name,
                         .folded = grid.columns[0].folded,
                         .header = grid.columns[0].header});
  for (const GridRow& row : grid.rows) {
    GridColumn column;
    const GridSlot& label = row.slots[0];
    column.name =
        row.section.empty() ? label.text : row.section + " " + label.text;
    column.folded = NormalizeName(column.name);
    if (label.cell) column.header.push_back(*label.cell);
    out.columns.push_back(std::move(column));
  }
  for (std::size_t i = 1; i < grid.columns.size(); ++i) {
    const GridColumn& column = grid.columns[i];
    GridRow& row = out.rows.emplace_back();
    GridSlot& label = row.slots.emplace_back();
    label.text = column.name;
    label.folded = column.folded;
    label.value = ReadCell(column.name, {.unit = {}, .years = true});
    if (!column.header.empty()) label.cell = column.header.back();
    row.total = IsTotalLabel(label.folded);
    for (const GridRow& from : grid.rows) row.slots.push_back(from.slots[i]);
  }
  ReadColumns(out);
  return out;
}

TableGrid Joined(const TableGrid& left, std::size_t left_key,
                 const TableGrid& right, std::size_t right_key,
                 std::size_t& unmatched) {
  std::unordered_map<std::string, const GridRow*> partners;
  for (const GridRow& row : right.rows) {
    partners.emplace(KeyOf(row.slots[right_key]), &row);
  }
  TableGrid out = left;
  unmatched = 0;
  for (std::size_t i = 0; i < right.columns.size(); ++i) {
    if (i != right_key) out.columns.push_back(right.columns[i]);
  }
  for (GridRow& row : out.rows) {
    const auto found = partners.find(KeyOf(row.slots[left_key]));
    unmatched += found == partners.end() ? 1 : 0;
    for (std::size_t i = 0; i < right.columns.size(); ++i) {
      if (i == right_key) continue;
      row.slots.push_back(found == partners.end() ? GridSlot()
                                                  : found->second->slots[i]);
      if (!row.slots.back().cell) {
        row.slots.back().value.kind = CellKind::kMissing;
      }
    }
  }
  ReadColumns(out);
  return out;
}

}  // namespace cairn
