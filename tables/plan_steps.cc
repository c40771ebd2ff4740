// ApplyStep: rows to rows.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_set>

#include "tables/order_text.h"
#include "tables/table_engine.h"
#include "text/words.h"

namespace cairn {
namespace {

// Numbers in text are decimal; what is closer than this is equal.
constexpr double kEqual = 1e-9;

bool SameNumber(double a, double b) {
  return std::abs(a - b) <= kEqual * std::max({1.0, std::abs(a), std::abs(b)});
}

StatusOr<std::size_t> OrderedColumn(const TableGrid& grid,
                                    std::string_view name) {
  CAIRN_ASSIGN_OR_RETURN(const std::size_t column, grid.NeedColumn(name));
  if (grid.columns[column].kind == CellKind::kText) {
    return InvalidArgumentError("the column \"" + grid.columns[column].name +
                                    "\" holds no numbers or dates to order by",
                                "NOT_A_NUMBER");
  }
  return column;
}

// A literal made ready for one column.
class Matcher {
 public:
  Matcher(const GridColumn& column, const PlanLiteral& literal)
      : column_(column), literal_(literal) {
    if (!literal.is_number) {
      folded_ = NormalizeName(literal.text);
      if (column.kind == CellKind::kDate) order_ = DateIn(literal.text);
      return;
    }
    char digits[32];
    const auto [end, error] =
        std::to_chars(digits, digits + sizeof digits, literal.number);
    const std::string written(digits, error == std::errc() ? end : digits);
    folded_ = NormalizeName(written);
    order_ = literal.number;
    // A year among dates.
    if (column.kind == CellKind::kDate) order_ = DateOrder(written);
  }

  bool Is(const GridSlot& slot) const {
    if (literal_.is_number && slot.value.kind == CellKind::kNumber) {
      const double scale = slot.value.unit == "%" ? 1 : column_.scale;
      return SameNumber(slot.value.number / scale, literal_.number);
    }
    if (column_.kind == CellKind::kDate && order_ && Compare(slot) == 0) {
      return true;
    }
    if (slot.folded == folded_)
      return !folded_.empty() || slot.text == literal_.text;
    // "Lyon (FRA)" is Lyon.
    const std::size_t details = slot.text.find(" (");
    return details != std::string::npos && !folded_.empty() &&
           slot.folded.starts_with(folded_) &&
           NormalizeName(slot.text.substr(0, details)) == folded_;
  }
  bool Contains(const GridSlot& slot) const {
    if (folded_.empty()) return false;
    for (std::size_t at = slot.folded.find(folded_); at != std::string::npos;
         at = slot.folded.find(folded_, at + 1)) {
      const std::size_t end = at + folded_.size();
      if ((at == 0 || slot.folded[at - 1] == ' ') &&
          (end == slot.folded.size() || slot.folded[end] == ' ')) {
        return true;
      }
    }
    return false;
  }
  // Sign of the cell less the literal; NaN when they do not compare.
  double Compare(const GridSlot& slot) const {
    if (!slot.order || !order_) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    double order = *slot.order;
    if (column_.kind == CellKind::kDate) {
      order = CutOrder(order, *order_);
      if (YearOf(*order_) == 0) order = WithoutYear(order);
    }
    return SameNumber(order, *order_) ? 0 : order - *order_;
  }

 private:
  // "2004-06-30", or as people write it: "June 30", "30 June 2004".
  static std::optional<double> DateIn(std::string_view text) {
    if (const auto order = DateOrder(text)) return order;
    const auto loose = ReadOrder(text);
    return loose && loose->date ? std::optional(loose->value) : std::nullopt;
  }

  const GridColumn& column_;
  const PlanLiteral& literal_;
  std::string folded_;
  std::optional<double> order_;
};

bool Holds(PlanCompare compare, const std::vector<Matcher>& matchers,
           const GridSlot& slot) {
  const auto any = [&](auto holds) {
    return std::any_of(matchers.begin(), matchers.end(), holds);
  };
  switch (compare) {
    case PlanCompare::kIs:
      return any([&](const Matcher& m) { return m.Is(slot); });
    case PlanCompare::kIsNot:
      return !any([&](const Matcher& m) { return m.Is(slot); });
    case PlanCompare::kContains:
      return any([&](const Matcher& m) { return m.Contains(slot); });
    case PlanCompare::kLess:
      return any([&](const Matcher& m) { return m.Compare(slot) < 0; });
    case PlanCompare::kAtMost:
      return any([&](const Matcher& m) { return m.Compare(slot) <= 0; });
    case PlanCompare::kGreater:
      return any([&](const Matcher& m) { return m.Compare(slot) > 0; });
    case PlanCompare::kAtLeast:
      return any([&](const Matcher& m) { return m.Compare(slot) >= 0; });
    case PlanCompare::kBetween:
      return matchers[0].Compare(slot) >= 0 && matchers[1].Compare(slot) <= 0;
    case PlanCompare::kMissing:
      return slot.value.kind == CellKind::kMissing;
    case PlanCompare::kPresent:
      return slot.value.kind != CellKind::kMissing;
  }
  return false;
}

bool LiteralsFit(const PlanStep& step) {
  switch (step.compare) {
    case PlanCompare::kMissing:
    case PlanCompare::kPresent:
      return step.literals.empty();
    case PlanCompare::kBetween:
      return step.literals.size() == 2;
    default:
      return !step.literals.empty() && step.literals.size() <= kPlanPartsMax;
  }
}

void Use(const TableGrid& grid, const RowSet& rows, std::size_t column,
         UsedCells* used) {
  if (used == nullptr) return;
  for (const std::uint32_t row : rows) {
    const GridSlot& slot = grid.rows[row].slots[column];
    if (slot.cell && !slot.text.empty())
      used->of_rows.emplace_back(row, *slot.cell);
  }
}

StatusOr<RowSet> Where(const TableGrid& grid, const PlanStep& step,
                       const RowSet& rows, UsedCells* used) {
  CAIRN_ASSIGN_OR_RETURN(const std::size_t column,
                         grid.NeedColumn(step.column));
  if (!LiteralsFit(step)) {
    return InvalidArgumentError("a condition has too many or too few values",
                                "BAD_PLAN");
  }
  std::vector<Matcher> matchers;
  matchers.reserve(step.literals.size());
  for (const PlanLiteral& literal : step.literals) {
    matchers.emplace_back(grid.columns[column], literal);
  }
  RowSet out;
  for (const std::uint32_t row : rows) {
    if (Holds(step.compare, matchers, grid.rows[row].slots[column])) {
      out.push_back(row);
    }
  }
  Use(grid, out, column, used);
  return out;
}

StatusOr<RowSet> Same(const TableGrid& grid, const PlanStep& step,
                      const RowSet& rows, UsedCells* used) {
  CAIRN_ASSIGN_OR_RETURN(const std::size_t column,
                         grid.NeedColumn(step.column));
  if (step.plan.size() != 1) {
    return InvalidArgumentError("'same' needs one plan to compare with",
                                "BAD_PLAN");
  }
  CAIRN_ASSIGN_OR_RETURN(const PlanResult wanted,
                         TableEngine({&grid}).Run(step.plan[0]));
  std::unordered_set<std::string> keys;
  for (const PlanValue& value : wanted.values) {
    keys.insert(NormalizeName(value.text));
  }
  RowSet out;
  for (const std::uint32_t row : rows) {
    if (keys.contains(grid.rows[row].slots[column].folded)) out.push_back(row);
  }
  if (used != nullptr) {
    used->others.insert(used->others.end(), wanted.cells.begin(),
                        wanted.cells.end());
  }
  Use(grid, out, column, used);
  return out;
}

// The first `count` of rows sorted by `column`, with ties; in table order.
StatusOr<RowSet> Extreme(const TableGrid& grid, const PlanStep& step,
                         const RowSet& rows, UsedCells* used) {
  CAIRN_ASSIGN_OR_RETURN(const std::size_t column,
                         OrderedColumn(grid, step.column));
  const double sign = step.kind == PlanStep::Kind::kHighest ? -1 : 1;
  std::vector<double> keys;
  for (const std::uint32_t row : rows) {
    const auto& order = grid.rows[row].slots[column].order;
    if (order) keys.push_back(sign * *order);
  }
  if (keys.empty() || step.count == 0) return RowSet();
  const std::size_t last = std::min<std::size_t>(step.count, keys.size()) - 1;
  std::nth_element(keys.begin(),
                   keys.begin() + static_cast<std::ptrdiff_t>(last),
                   keys.end());
  const double bound = keys[last];
  RowSet out;
  for (const std::uint32_t row : rows) {
    const auto& order = grid.rows[row].slots[column].order;
    if (order && sign * *order <= bound) out.push_back(row);
  }
  Use(grid, out, column, used);
  return out;
}

StatusOr<RowSet> Sorted(const TableGrid& grid, const PlanStep& step,
                        RowSet rows) {
  CAIRN_ASSIGN_OR_RETURN(const std::size_t column,
                         grid.NeedColumn(step.column));
  const bool by_text = grid.columns[column].kind == CellKind::kText;
  const bool down = step.kind == PlanStep::Kind::kSortDown;
  std::stable_sort(rows.begin(), rows.end(), [&](auto left, auto right) {
    const GridSlot& a = grid.rows[left].slots[column];
    const GridSlot& b = grid.rows[right].slots[column];
    if (by_text) return down ? b.folded < a.folded : a.folded < b.folded;
    if (!a.order || !b.order) return a.order && !b.order;
    return down ? *b.order < *a.order : *a.order < *b.order;
  });
  return rows;
}

// The rows beside each row, in the table's order; not those already there.
RowSet Beside(const TableGrid& grid, const RowSet& rows, bool next) {
  std::unordered_set<std::uint32_t> known;
  RowSet out;
  for (const std::uint32_t row : rows) {
    if (next ? row + 1 >= grid.rows.size() : row == 0) continue;
    const std::uint32_t beside = next ? row + 1 : row - 1;
    if (known.insert(beside).second) out.push_back(beside);
  }
  return out;
}

RowSet Beyond(const TableGrid& grid, const RowSet& rows, bool after) {
  RowSet out;
  if (rows.empty()) return out;
  const auto size = static_cast<std::uint32_t>(grid.rows.size());
  const std::uint32_t begin = after ? rows.front() + 1 : 0;
  const std::uint32_t end = after ? size : rows.front();
  for (std::uint32_t row = begin; row < end; ++row) out.push_back(row);
  return out;
}

// Cells of rows that are gone chose nothing; those by which rows beside them
// were found did.
void Settle(PlanStep::Kind kind, const RowSet& rows, UsedCells* used) {
  using Kind = PlanStep::Kind;
  if (used == nullptr) return;
  if (kind == Kind::kNext || kind == Kind::kPrevious || kind == Kind::kAfter ||
      kind == Kind::kBefore) {
    for (const auto& [row, cell] : used->of_rows) used->others.push_back(cell);
    used->of_rows.clear();
    return;
  }
  const std::unordered_set<std::uint32_t> left(rows.begin(), rows.end());
  std::erase_if(used->of_rows,
                [&](const auto& one) { return !left.contains(one.first); });
}

StatusOr<RowSet> Apply(const TableGrid& grid, const PlanStep& step,
                       const RowSet& rows, UsedCells* used) {
  RowSet out = rows;
  switch (step.kind) {
    case PlanStep::Kind::kWhere:
      return Where(grid, step, rows, used);
    case PlanStep::Kind::kSame:
      return Same(grid, step, rows, used);
    case PlanStep::Kind::kWithoutTotals:
      std::erase_if(out, [&](auto row) { return grid.rows[row].total; });
      return out;
    case PlanStep::Kind::kHighest:
    case PlanStep::Kind::kLowest:
      return Extreme(grid, step, rows, used);
    case PlanStep::Kind::kFirst:
      if (out.size() > step.count) out.resize(step.count);
      return out;
    case PlanStep::Kind::kLast:
      if (out.size() > step.count) {
        out.erase(out.begin(),
                  out.end() - static_cast<std::ptrdiff_t>(step.count));
      }
      return out;
    case PlanStep::Kind::kNext:
    case PlanStep::Kind::kPrevious:
      return Beside(grid, rows, step.kind == PlanStep::Kind::kNext);
    case PlanStep::Kind::kAfter:
    case PlanStep::Kind::kBefore:
      return Beyond(grid, rows, step.kind == PlanStep::Kind::kAfter);
    case PlanStep::Kind::kSortUp:
    case PlanStep::Kind::kSortDown:
      return Sorted(grid, step, rows);
    case PlanStep::Kind::kJoin:
      break;
  }
  return InvalidArgumentError(
      "'join' stands only at the beginning of a plan, before other steps",
      "BAD_PLAN");
}

}  // namespace

RowSet AllRows(const TableGrid& grid) {
  RowSet rows(grid.rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i] = static_cast<std::uint32_t>(i);
  }
  return rows;
}

StatusOr<RowSet> ApplyStep(const TableGrid& grid, const PlanStep& step,
                           const RowSet& rows, UsedCells* used) {
  CAIRN_ASSIGN_OR_RETURN(RowSet out, Apply(grid, step, rows, used));
  Settle(step.kind, out, used);
  return out;
}

}  // namespace cairn
