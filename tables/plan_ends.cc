// ApplyEnd and Combine: rows to values, and values to values.
#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "tables/order_text.h"
#include "tables/plan_words.h"
#include "tables/table_engine.h"

namespace cairn {
namespace {

StatusOr<std::vector<std::size_t>> ColumnsOf(const TableGrid& grid,
                                             const PlanEnd& end) {
  std::vector<std::size_t> columns;
  for (const std::string& name : end.columns) {
    CAIRN_ASSIGN_OR_RETURN(columns.emplace_back(), grid.NeedColumn(name));
  }
  return columns;
}

PlanValue Computed(double number, double scale, std::string unit) {
  PlanValue out{.text = FormatNumber(number, scale, unit),
                .value = {.kind = CellKind::kNumber,
                          .number = number,
                          .unit = std::move(unit),
                          .scale = scale},
                .computed = true};
  return out;
}

PlanValue Said(bool yes) {
  return {.text = yes ? "yes" : "no", .value = {}, .computed = true};
}

PlanValue YearsBetween(double from, double to) {
  const double years = YearOf(to) - YearOf(from);
  return Computed(years, 1, std::abs(years) == 1 ? "year" : "years");
}

// What the numbers of an aggregate share.
struct Shared {
  bool any = false;
  std::string unit;
  double scale = 1;
  bool mixed = false;  // Units differ.

  void Add(const CellValue& value) {
    if (!any) {
      any = true;
      unit = value.unit;
      scale = value.scale;
      return;
    }
    if (unit != value.unit) {
      mixed |= !unit.empty() && !value.unit.empty();
      unit = mixed ? "" : unit + value.unit;
    }
    if (scale != value.scale) scale = 1;
  }
};

struct Numbers {
  std::vector<double> values;
  std::vector<CellRef> cells;
  Shared shared;
  std::size_t skipped = 0;
  bool loose = false;
  bool dates = false;
};

// The number of a cell in full; loosely read ones too, in the column's scale.
Numbers NumbersOf(const TableGrid& grid, const RowSet& rows,
                  const std::vector<std::size_t>& columns) {
  Numbers out;
  for (const std::uint32_t row : rows) {
    for (const std::size_t column : columns) {
      const GridSlot& slot = grid.rows[row].slots[column];
      const GridColumn& style = grid.columns[column];
      if (slot.order && style.kind == CellKind::kDate) {
        out.values.push_back(*slot.order);
        out.dates = true;
      } else if (slot.value.kind == CellKind::kNumber) {
        out.values.push_back(slot.value.number);
        out.shared.Add(slot.value);
      } else if (slot.order) {
        out.values.push_back(*slot.order * style.scale);
        out.loose = true;
      } else {
        out.skipped += slot.value.kind == CellKind::kMissing ? 0 : 1;
        continue;
      }
      if (slot.cell) out.cells.push_back(*slot.cell);
    }
  }
  return out;
}

double Aggregate(PlanEnd::Kind kind, const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  switch (kind) {
    case PlanEnd::Kind::kMean:
      return sum / static_cast<double>(values.size());
    case PlanEnd::Kind::kMin:
      return *low;
    case PlanEnd::Kind::kMax:
      return *high;
    case PlanEnd::Kind::kRange:
      return *high - *low;
    default:
      return sum;
  }
}

bool PicksACell(PlanEnd::Kind kind) {
  return kind == PlanEnd::Kind::kMin || kind == PlanEnd::Kind::kMax;
}

PlanValue OfSlot(const GridSlot& slot) {
  return {.text = slot.text, .value = slot.value, .computed = false};
}

void Note(const Numbers& numbers, PlanResult& out) {
  if (numbers.skipped > 0) {
    out.notes.push_back("cells without a number, left out: " +
                        std::to_string(numbers.skipped));
  }
  if (numbers.loose) {
    out.notes.emplace_back("some cells are read by their first number");
  }
  if (numbers.shared.mixed) {
    out.notes.emplace_back("the numbers have different units");
  }
}

StatusOr<PlanResult> Aggregated(const TableGrid& grid, const PlanEnd& end,
                                const RowSet& rows) {
  CAIRN_ASSIGN_OR_RETURN(const auto columns, ColumnsOf(grid, end));
  const Numbers numbers = NumbersOf(grid, rows, columns);
  PlanResult out;
  out.cells = numbers.cells;
  Note(numbers, out);
  if (numbers.values.empty()) {
    if (rows.empty()) {
      out.notes.emplace_back("no row is left");
      return out;
    }
    return InvalidArgumentError("no cell to compute over holds a number",
                                "NOT_A_NUMBER");
  }
  if (numbers.dates && end.kind == PlanEnd::Kind::kRange) {
    const auto [low, high] =
        std::minmax_element(numbers.values.begin(), numbers.values.end());
    if (YearOf(*low) == 0) {
      return InvalidArgumentError("dates without a year have no range",
                                  "NOT_A_NUMBER");
    }
    out.values.push_back(YearsBetween(*low, *high));
    return out;
  }
  if (numbers.dates && !PicksACell(end.kind)) {
    return InvalidArgumentError("dates have no sum and no mean",
                                "NOT_A_NUMBER");
  }
  if (PicksACell(end.kind)) {
    const bool low = end.kind == PlanEnd::Kind::kMin;
    const auto best =
        low ? std::min_element(numbers.values.begin(), numbers.values.end())
            : std::max_element(numbers.values.begin(), numbers.values.end());
    const CellRef cell =
        numbers.cells[static_cast<std::size_t>(best - numbers.values.begin())];
    for (const std::uint32_t row : rows) {
      for (const std::size_t column : columns) {
        const GridSlot& slot = grid.rows[row].slots[column];
        if (slot.cell != cell) continue;
        out.values.push_back(OfSlot(slot));
        return out;
      }
    }
  }
  out.values.push_back(Computed(Aggregate(end.kind, numbers.values),
                                numbers.shared.scale, numbers.shared.unit));
  return out;
}

PlanResult Selected(const TableGrid& grid,
                    const std::vector<std::size_t>& columns,
                    const RowSet& rows) {
  PlanResult out;
  for (const std::uint32_t row : rows) {
    for (const std::size_t column : columns) {
      const GridSlot& slot = grid.rows[row].slots[column];
      out.values.push_back(OfSlot(slot));
      if (slot.cell && !slot.text.empty()) out.cells.push_back(*slot.cell);
    }
  }
  if (rows.empty()) out.notes.emplace_back("no row is left");
  return out;
}

// Counts cite the first cell of each row that says something.
PlanResult Counted(const TableGrid& grid, const RowSet& rows) {
  PlanResult out;
  for (const std::uint32_t row : rows) {
    for (const GridSlot& slot : grid.rows[row].slots) {
      if (!slot.cell || slot.text.empty()) continue;
      out.cells.push_back(*slot.cell);
      break;
    }
  }
  out.values.push_back(Computed(static_cast<double>(rows.size()), 1, ""));
  return out;
}

StatusOr<PlanResult> Distinct(const TableGrid& grid, const PlanEnd& end,
                              const RowSet& rows) {
  CAIRN_ASSIGN_OR_RETURN(const auto columns, ColumnsOf(grid, end));
  PlanResult out;
  std::unordered_set<std::string> known;
  for (const std::uint32_t row : rows) {
    for (const std::size_t column : columns) {
      const GridSlot& slot = grid.rows[row].slots[column];
      if (slot.value.kind == CellKind::kMissing) continue;
      if (!known.insert(slot.folded).second || !slot.cell) continue;
      out.cells.push_back(*slot.cell);
    }
  }
  out.values.push_back(Computed(static_cast<double>(known.size()), 1, ""));
  return out;
}

struct Group {
  PlanValue key;
  CellRef cell;
  RowSet rows;
  PlanValue value;
};

std::vector<Group> GroupsOf(const TableGrid& grid, std::size_t column,
                            const RowSet& rows) {
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> places;
  for (const std::uint32_t row : rows) {
    const GridSlot& slot = grid.rows[row].slots[column];
    if (slot.value.kind == CellKind::kMissing || !slot.cell) continue;
    const auto [place, is_new] = places.emplace(slot.folded, groups.size());
    if (is_new) {
      groups.push_back(
          {.key = OfSlot(slot), .cell = *slot.cell, .rows = {}, .value = {}});
    }
    groups[place->second].rows.push_back(row);
  }
  return groups;
}

// Keeps the `count` best and those that tie with the last.
void TakeBest(const PlanEnd& end, std::vector<Group>& groups) {
  if (end.take == PlanEnd::Take::kAll) return;
  const double sign = end.take == PlanEnd::Take::kHighest ? -1 : 1;
  std::stable_sort(
      groups.begin(), groups.end(), [&](const Group& a, const Group& b) {
        return sign * a.value.value.number < sign * b.value.value.number;
      });
  if (end.count == 0) groups.clear();
  if (groups.size() <= end.count) return;
  std::size_t kept = end.count;
  while (kept < groups.size() && groups[kept].value.value.number ==
                                     groups[end.count - 1].value.value.number) {
    ++kept;
  }
  groups.resize(kept);
}

StatusOr<PlanResult> Grouped(const TableGrid& grid, const PlanEnd& end,
                             const RowSet& rows) {
  CAIRN_ASSIGN_OR_RETURN(const auto columns, ColumnsOf(grid, end));
  const bool counting = end.by == PlanEnd::Kind::kCount;
  if (columns.size() != (counting ? 1U : 2U)) {
    return InvalidArgumentError(
        "'group' needs a key and, but for a count, one "
        "column to compute over",
        "BAD_PLAN");
  }
  std::vector<Group> groups = GroupsOf(grid, columns[0], rows);
  PlanResult out;
  for (Group& group : groups) {
    if (counting) {
      group.value = Computed(static_cast<double>(group.rows.size()), 1, "");
      continue;
    }
    const Numbers numbers = NumbersOf(grid, group.rows, {columns[1]});
    if (numbers.values.empty() || numbers.dates) continue;
    group.value = Computed(Aggregate(end.by, numbers.values),
                           numbers.shared.scale, numbers.shared.unit);
  }
  const std::size_t all = groups.size();
  std::erase_if(groups,
                [](const Group& group) { return !group.value.computed; });
  if (groups.size() < all) {
    out.notes.push_back("groups without a number, left out: " +
                        std::to_string(all - groups.size()));
  }
  TakeBest(end, groups);
  for (Group& group : groups) {
    out.values.push_back(std::move(group.key));
    out.counts.push_back(std::move(group.value));
    for (const std::uint32_t row : group.rows) {
      for (const std::size_t column : columns) {
        const GridSlot& slot = grid.rows[row].slots[column];
        if (slot.cell && !slot.text.empty()) out.cells.push_back(*slot.cell);
      }
    }
  }
  return out;
}

StatusOr<double> OneNumber(const PlanResult& part) {
  if (part.values.size() == 1 &&
      part.values[0].value.kind == CellKind::kNumber) {
    return part.values[0].value.number;
  }
  if (part.values.size() == 1 && part.counts.empty()) {
    // "3rd", "1,200 (est.)".
    const auto loose = ReadOrder(part.values[0].text);
    if (loose && !loose->date) return loose->value;
  }
  return InvalidArgumentError(
      "a part of the combination gives " +
          (part.values.size() == 1
               ? "'" + part.values[0].text + "', which is no number"
               : std::to_string(part.values.size()) +
                     " values, not one number"),
      "NO_VALUE");
}

// Dates: years between them.
StatusOr<PlanResult> DateDifference(const PlanResult& first,
                                    const PlanResult& second, PlanResult out) {
  const auto a = DateOrder(first.values[0].value.date);
  const auto b = DateOrder(second.values[0].value.date);
  if (!a || !b) {
    return InvalidArgumentError("a part of the difference is no date",
                                "NO_VALUE");
  }
  out.values.push_back(YearsBetween(*b, *a));
  return out;
}

bool IsDate(const PlanResult& part) {
  return part.values.size() == 1 &&
         part.values[0].value.kind == CellKind::kDate;
}

StatusOr<PlanResult> CombineTwo(TablePlan::Kind kind,
                                const std::vector<PlanResult>& parts,
                                PlanResult out) {
  if (kind == TablePlan::Kind::kDifference && IsDate(parts[0]) &&
      IsDate(parts[1])) {
    return DateDifference(parts[0], parts[1], std::move(out));
  }
  CAIRN_ASSIGN_OR_RETURN(const double a, OneNumber(parts[0]));
  CAIRN_ASSIGN_OR_RETURN(const double b, OneNumber(parts[1]));
  Shared shared;
  shared.Add(parts[0].values[0].value);
  shared.Add(parts[1].values[0].value);
  const double divisor = kind == TablePlan::Kind::kPercentChange ? a : b;
  const bool divides = kind == TablePlan::Kind::kRatio ||
                       kind == TablePlan::Kind::kPercentChange ||
                       kind == TablePlan::Kind::kPercentOf;
  if (divides && divisor == 0) {
    return InvalidArgumentError("the part that is divided by is 0",
                                "DIVISION_BY_ZERO");
  }
  switch (kind) {
    case TablePlan::Kind::kRatio:
      out.values.push_back(Computed(a / b, 1, ""));
      break;
    case TablePlan::Kind::kPercentChange:
      // A fall of a loss is a gain.
      out.values.push_back(Computed((b - a) / std::abs(a) * 100, 1, "%"));
      break;
    case TablePlan::Kind::kPercentOf:
      out.values.push_back(Computed(a / b * 100, 1, "%"));
      break;
    case TablePlan::Kind::kGreater:
      out.values.push_back(Said(a > b));
      break;
    case TablePlan::Kind::kLess:
      out.values.push_back(Said(a < b));
      break;
    case TablePlan::Kind::kSame:
      out.values.push_back(Said(a == b));
      break;
    default:
      out.values.push_back(Computed(a - b, shared.scale, shared.unit));
  }
  if (shared.mixed) out.notes.emplace_back("the parts have different units");
  return out;
}

StatusOr<PlanResult> CombineAll(TablePlan::Kind kind,
                                const std::vector<PlanResult>& parts,
                                PlanResult out) {
  if (kind == TablePlan::Kind::kList) {
    for (const PlanResult& part : parts) {
      out.values.insert(out.values.end(), part.values.begin(),
                        part.values.end());
    }
    return out;
  }
  Shared shared;
  std::vector<double> numbers;
  for (const PlanResult& part : parts) {
    for (const PlanValue& value : part.values) {
      CAIRN_ASSIGN_OR_RETURN(
          const double number,
          OneNumber(
              {.values = {value}, .counts = {}, .cells = {}, .notes = {}}));
      numbers.push_back(number);
      if (value.value.kind == CellKind::kNumber) shared.Add(value.value);
    }
  }
  if (numbers.empty()) {
    return InvalidArgumentError("no part gives a number", "NO_VALUE");
  }
  const auto aggregate = kind == TablePlan::Kind::kAverage
                             ? PlanEnd::Kind::kMean
                             : PlanEnd::Kind::kSum;
  out.values.push_back(
      Computed(Aggregate(aggregate, numbers), shared.scale, shared.unit));
  if (shared.mixed) out.notes.emplace_back("the parts have different units");
  return out;
}

}  // namespace

StatusOr<PlanResult> ApplyEnd(const TableGrid& grid, const PlanEnd& end,
                              const RowSet& rows) {
  if (plan_words::TakesColumns(end.kind) && end.columns.empty()) {
    return InvalidArgumentError("the end of the plan names no column",
                                "BAD_PLAN");
  }
  switch (end.kind) {
    case PlanEnd::Kind::kSelect: {
      CAIRN_ASSIGN_OR_RETURN(const auto columns, ColumnsOf(grid, end));
      return Selected(grid, columns, rows);
    }
    case PlanEnd::Kind::kCount:
      return Counted(grid, rows);
    case PlanEnd::Kind::kAny: {
      PlanResult out = Counted(grid, rows);
      out.values = {Said(!rows.empty())};
      return out;
    }
    case PlanEnd::Kind::kCountDistinct:
      return Distinct(grid, end, rows);
    case PlanEnd::Kind::kGroup:
      return Grouped(grid, end, rows);
    default:
      return Aggregated(grid, end, rows);
  }
}

StatusOr<PlanResult> Combine(TablePlan::Kind kind,
                             const std::vector<PlanResult>& parts) {
  const bool two = plan_words::TakesTwo(kind);
  if (kind == TablePlan::Kind::kPipeline || parts.empty() ||
      (two && parts.size() != 2)) {
    return InvalidArgumentError("a combination has the wrong number of parts",
                                "BAD_PLAN");
  }
  PlanResult out;
  for (const PlanResult& part : parts) {
    out.cells.insert(out.cells.end(), part.cells.begin(), part.cells.end());
    out.notes.insert(out.notes.end(), part.notes.begin(), part.notes.end());
  }
  return two ? CombineTwo(kind, parts, std::move(out))
             : CombineAll(kind, parts, std::move(out));
}

}  // namespace cairn
