#include "tables/table_totals.h"

#include <array>
#include <cmath>

#include "tables/table_engine.h"

namespace cairn {
namespace {

// A running sum of parts.
struct Parts {
  double sum = 0;
  std::size_t count = 0;
  void Add(double number) {
    sum += number;
    ++count;
  }
};

// Half a unit of the last decimal that `slot` shows.
double HalfUnit(const GridSlot& slot) {
  const std::size_t end = slot.text.find_last_of("0123456789");
  const std::size_t mark = slot.text.find_last_of(".,", end);
  std::size_t decimals = 0;
  if (end != std::string::npos && mark != std::string::npos && mark < end &&
      (end - mark != 3 || slot.text[mark] == '.')) {
    decimals = end - mark;
  }
  return 0.5 * std::pow(10.0, -static_cast<double>(decimals)) *
         slot.value.scale;
}

std::string LabelOf(const GridRow& row) {
  for (const GridSlot& slot : row.slots) {
    if (!slot.text.empty()) return slot.text;
  }
  return {};
}

// The candidate that comes closest; true when it is close enough.
bool Closest(const std::array<Parts, 3>& candidates, const GridSlot& total,
             double& sum) {
  double best = -1;
  bool agrees = false;
  for (const Parts& parts : candidates) {
    if (parts.count < 2) continue;
    const double off = std::abs(parts.sum - total.value.number);
    const double slack = HalfUnit(total) * static_cast<double>(parts.count + 1);
    agrees |= off <= slack * (1 + 1e-9);
    if (best >= 0 && off >= best) continue;
    best = off;
    sum = parts.sum;
  }
  return agrees;
}

void CheckColumn(const TableGrid& grid, std::size_t column,
                 std::vector<TotalCheck>& checks) {
  // Since the section began, since the last total, and the totals so far.
  std::array<Parts, 3> candidates;
  const std::string* section = nullptr;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    const GridRow& line = grid.rows[row];
    if (section == nullptr || *section != line.section) {
      candidates[0] = candidates[1] = {};
      section = &line.section;
    }
    const GridSlot& slot = line.slots[column];
    const bool number =
        slot.value.kind == CellKind::kNumber && slot.value.unit != "%";
    if (number && line.total) {
      double sum = 0;
      const bool agrees = Closest(candidates, slot, sum);
      const bool has_parts = candidates[0].count > 1 ||
                             candidates[1].count > 1 || candidates[2].count > 1;
      if (has_parts) {
        checks.push_back({.row = static_cast<std::uint32_t>(row),
                          .column = static_cast<std::uint32_t>(column),
                          .said = slot.value.number,
                          .sum = sum,
                          .agrees = agrees});
      }
      candidates[1] = {};
      candidates[2].Add(slot.value.number);
    } else if (number) {
      candidates[0].Add(slot.value.number);
      candidates[1].Add(slot.value.number);
    }
  }
}

}  // namespace

std::vector<TotalCheck> CheckTotals(const TableGrid& grid) {
  std::vector<TotalCheck> checks;
  for (std::size_t column = 0; column < grid.columns.size(); ++column) {
    if (grid.columns[column].kind == CellKind::kNumber &&
        !grid.columns[column].years) {
      CheckColumn(grid, column, checks);
    }
  }
  return checks;
}

std::string TotalNote(const TableGrid& grid, const TotalCheck& check) {
  const GridRow& row = grid.rows[check.row];
  const CellValue& value = row.slots[check.column].value;
  const std::string where = "\"" + LabelOf(row) + "\" under \"" +
                            grid.columns[check.column].name + "\" ";
  if (check.agrees) return where + "equals the sum of its parts";
  return where + "says " + FormatNumber(check.said, value.scale, value.unit) +
         ", the rows above add up to " +
         FormatNumber(check.sum, value.scale, value.unit);
}

}  // namespace cairn
