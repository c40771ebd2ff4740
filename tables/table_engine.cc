#include "tables/table_engine.h"

#include <algorithm>
#include <set>
#include <string>

namespace cairn {
namespace {

// Keeps the first of each.
void DropRepeated(std::vector<CellRef>& cells) {
  std::set<CellRef> known;
  std::erase_if(
      cells, [&](const CellRef& cell) { return !known.insert(cell).second; });
}

// One run of a plan, with the tables that it may join.
class PlanRun {
 public:
  explicit PlanRun(const std::vector<const TableGrid*>& tables)
      : tables_(tables) {}

  StatusOr<PlanResult> Run(const TablePlan& plan, std::size_t depth) {
    if (depth >= kPlanDepthMax || plan.steps.size() > kPlanStepsMax ||
        plan.parts.size() > kPlanPartsMax) {
      return InvalidArgumentError("the plan is too deep or too long",
                                  "PLAN_TOO_LARGE");
    }
    if (plan.kind == TablePlan::Kind::kPipeline) return RunPipeline(plan);
    std::vector<PlanResult> parts;
    for (const TablePlan& part : plan.parts) {
      CAIRN_ASSIGN_OR_RETURN(parts.emplace_back(), Run(part, depth + 1));
    }
    return Combine(plan.kind, parts);
  }

 private:
  StatusOr<PlanResult> RunPipeline(const TablePlan& plan) {
    TableGrid made;
    const TableGrid* grid = tables_[0];
    if (plan.columns) {
      CAIRN_RETURN_IF_ERROR(Spend(grid->rows.size(), grid->columns.size()));
      made = Transposed(*grid);
      grid = &made;
    }
    std::vector<std::string> notes;
    std::size_t first = 0;
    for (; first < plan.steps.size() &&
           plan.steps[first].kind == PlanStep::Kind::kJoin;
         ++first) {
      CAIRN_ASSIGN_OR_RETURN(TableGrid joined,
                             Join(*grid, plan.steps[first], notes));
      made = std::move(joined);
      grid = &made;
    }
    UsedCells used;
    RowSet rows = AllRows(*grid);
    for (std::size_t i = first; i < plan.steps.size(); ++i) {
      CAIRN_RETURN_IF_ERROR(Spend(rows.size(), 1));
      CAIRN_ASSIGN_OR_RETURN(rows,
                             ApplyStep(*grid, plan.steps[i], rows, &used));
    }
    CAIRN_RETURN_IF_ERROR(
        Spend(rows.size(), std::max<std::size_t>(1, plan.end.columns.size())));
    CAIRN_ASSIGN_OR_RETURN(PlanResult result, ApplyEnd(*grid, plan.end, rows));
    for (const auto& [row, cell] : used.of_rows) result.cells.push_back(cell);
    result.cells.insert(result.cells.end(), used.others.begin(),
                        used.others.end());
    result.notes.insert(result.notes.begin(), notes.begin(), notes.end());
    return result;
  }

  StatusOr<TableGrid> Join(const TableGrid& left, const PlanStep& step,
                           std::vector<std::string>& notes) {
    if (step.count < 1 || step.count > tables_.size()) {
      return InvalidArgumentError(
          "there is no table " + std::to_string(step.count) +
              " to join; the plan has " + std::to_string(tables_.size()),
          "NO_SUCH_TABLE");
    }
    const TableGrid& right = *tables_[step.count - 1];
    const auto left_key = left.FindColumn(step.column);
    const auto right_key = right.FindColumn(step.other);
    if (!left_key || !right_key) {
      return InvalidArgumentError("no column, or more than one, is called \"" +
                                      (left_key ? step.other : step.column) +
                                      "\" in the tables to join",
                                  "NO_SUCH_COLUMN");
    }
    CAIRN_RETURN_IF_ERROR(
        Spend(left.rows.size(), left.columns.size() + right.columns.size()));
    std::size_t unmatched = 0;
    TableGrid joined = Joined(left, *left_key, right, *right_key, unmatched);
    if (unmatched > 0) {
      notes.push_back("rows without a partner in table " +
                      std::to_string(step.count) + ": " +
                      std::to_string(unmatched));
    }
    return joined;
  }

  // Before the slots are made: a short plan can ask for any number of them.
  Status Spend(std::size_t rows, std::size_t columns) {
    if (columns == 0 || rows <= left_ / columns) {
      left_ -= rows * columns;
      return OkStatus();
    }
    return InvalidArgumentError(
        "the plan goes over more than " + std::to_string(kPlanSlotsMax) +
            " slots, all its steps, joins and values together; choose fewer "
            "columns, or fewer rows with a first 'where'",
        "PLAN_TOO_LARGE");
  }

  const std::vector<const TableGrid*>& tables_;
  std::size_t left_ = kPlanSlotsMax;
};

}  // namespace

StatusOr<PlanResult> TableEngine::Run(const TablePlan& plan) const {
  if (tables_.empty()) {
    return InvalidArgumentError("there is no table", "NO_SUCH_TABLE");
  }
  CAIRN_ASSIGN_OR_RETURN(PlanResult result, PlanRun(tables_).Run(plan, 0));
  DropRepeated(result.cells);
  return result;
}

}  // namespace cairn
