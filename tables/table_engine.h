// TableEngine: runs a plan over tables and says which cells it used.
//
// Place: what answers a numeric question computes with it and cites
// PlanResult::cells; the RPC RunTablePlan is this.
// Meaning: a number is what its cell says in full; a total, a mean and a
// difference keep the unit and scale that their cells share. Cells without a
// value are left out of aggregates, and a note counts them. Rows that tie with
// the last of `highest` and `lowest` come along. A condition on a cell without
// the kind of value it needs does not hold.
// Threads: immutable; safe. Cost: linear in the rows for each step, n log n
// where it sorts or groups.
// Errors: INVALID_ARGUMENT with NO_SUCH_COLUMN (names those there are),
// NO_SUCH_TABLE, NOT_A_NUMBER (an aggregate or order over text), NO_VALUE (a
// combination of parts without one number each), DIVISION_BY_ZERO,
// PLAN_TOO_LARGE (also above kPlanSlotsMax), BAD_PLAN (parts that the header of
// table_plan.h forbids).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "tables/table_grid.h"
#include "tables/table_plan.h"

namespace cairn {

// Slots that the steps, joins, turned tables and values of one plan go over,
// all its parts together. A plan inside `same` has as many of its own.
inline constexpr std::size_t kPlanSlotsMax = 4 * kGridSlotsMax;

struct PlanValue {
  // As people read it: the cell's text, or the computed number with scale and
  // unit ("223 million EUR").
  std::string text;
  CellValue value;
  bool computed = false;  // No cell says it.
};

struct PlanResult {
  std::vector<PlanValue> values;
  // Of a group: the value of each key, in step with `values`.
  std::vector<PlanValue> counts;
  // Cells that the values were read or computed from, then those that chose
  // their rows; each once.
  std::vector<CellRef> cells;
  std::vector<std::string> notes;  // For people; short.
};

// Rows that a plan's steps left, for what builds plans step by step.
using RowSet = std::vector<std::uint32_t>;

class TableEngine {
 public:
  // `tables` outlive the engine; plans start from the first, joins name the
  // others by their place, from 1 (the first itself).
  explicit TableEngine(std::vector<const TableGrid*> tables)
      : tables_(std::move(tables)) {}

  StatusOr<PlanResult> Run(const TablePlan& plan) const;

 private:
  const std::vector<const TableGrid*> tables_;
};

// The cells that chose rows.
struct UsedCells {
  std::vector<CellRef> others;  // Of rows that others were found by.
  std::vector<std::pair<std::uint32_t, CellRef>> of_rows;
};

// The parts of Run. `used` may be null.
StatusOr<RowSet> ApplyStep(const TableGrid& grid, const PlanStep& step,
                           const RowSet& rows, UsedCells* used);
StatusOr<PlanResult> ApplyEnd(const TableGrid& grid, const PlanEnd& end,
                              const RowSet& rows);
// Of two parts or more. `plan.parts` are not looked at.
StatusOr<PlanResult> Combine(TablePlan::Kind kind,
                             const std::vector<PlanResult>& parts);
RowSet AllRows(const TableGrid& grid);

// "thousand" to "trillion"; empty: no word for it.
std::string_view ScaleWord(double scale);

// "1,234.5 million USD": at most four decimals, groups of three.
std::string FormatNumber(double number, double scale, std::string_view unit);

}  // namespace cairn
