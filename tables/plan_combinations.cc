// The candidates that compare two parts, and those that ask for the same.
#include <string_view>
#include <utility>
#include <vector>

#include "tables/candidate_maker.h"

namespace cairn {
namespace {

constexpr std::size_t kNone = PlanCandidate::kNone;

}  // namespace

// "How long": between two dates or numbers of one row.
void CandidateMaker::AddSpans(const Base& base) {
  if (base.rows.size() != 1 || base.anchors.empty()) return;
  for (const std::size_t from : ordered_) {
    for (const std::size_t to : ordered_) {
      if (from == to || grid_.columns[from].kind != grid_.columns[to].kind) {
        continue;
      }
      AddCombined(TablePlan::Kind::kDifference, "span",
                  {PlanOf(base, EndOf(PlanEnd::Kind::kSelect, to)),
                   PlanOf(base, EndOf(PlanEnd::Kind::kSelect, from))},
                  base.anchors, to);
    }
  }
}

// Others that have the same in a column.
void CandidateMaker::AddSame(const Base& base) {
  if (!question_.Has("same") || base.anchors.size() != 1 ||
      base.rows.size() != 1) {
    return;
  }
  const Anchor& anchor = links_.anchors[base.anchors[0]];
  for (std::size_t column = 0; column < names_.size(); ++column) {
    if (column == anchor.column) continue;
    PlanStep same;
    same.kind = PlanStep::Kind::kSame;
    same.column = names_[column];
    same.plan = {PlanOf(base, EndOf(PlanEnd::Kind::kSelect, column))};
    // The plan inside runs over the grid as it is: turned already.
    TablePlan inner = same.plan[0];
    inner.columns = false;
    PlanStep inside = same;
    inside.plan = {inner};
    PlanStep others = anchor.step;
    others.compare = PlanCompare::kIsNot;
    Base found = base;
    StatusOr<RowSet> rows = ApplyStep(grid_, inside, bases_[0].rows, nullptr);
    if (!rows.ok()) continue;
    rows = ApplyStep(grid_, others, *rows, nullptr);
    if (!rows.ok() || rows->empty()) continue;
    found.steps = bases_[0].steps;
    found.steps.push_back(inside);
    found.steps.push_back(others);
    found.rows = *std::move(rows);
    found.atoms.emplace_back("same");
    found.key = column;
    Add(found, EndOf(PlanEnd::Kind::kSelect, anchor.column), anchor.column,
        column);
    Add(found, EndOf(PlanEnd::Kind::kCount), kNone, column);
  }
}

void CandidateMaker::AddCombined(TablePlan::Kind kind, std::string_view atom,
                                 std::vector<TablePlan> parts,
                                 std::vector<std::size_t> anchors,
                                 std::size_t key) {
  if (Full()) return;
  std::vector<PlanResult> results;
  for (const TablePlan& part : parts) {
    TablePlan here = part;
    here.columns = false;
    StatusOr<PlanResult> result = TableEngine({&grid_}).Run(here);
    if (!result.ok()) return;
    results.push_back(*std::move(result));
  }
  StatusOr<PlanResult> result = Combine(kind, results);
  if (!result.ok()) return;
  PlanCandidate& candidate = out_.emplace_back();
  candidate.plan.kind = kind;
  candidate.plan.parts = std::move(parts);
  candidate.result = *std::move(result);
  candidate.table = &table_;
  candidate.anchors = std::move(anchors);
  candidate.atoms = {atom};
  candidate.key = key;
  candidate.rows = 2;
}

// `a` stands before `b` in the question.
void CandidateMaker::AddPair(std::size_t a, std::size_t b) {
  const Anchor& first = links_.anchors[a];
  const Anchor& second = links_.anchors[b];
  if (first.column != second.column || Overlap(first, second) ||
      first.kind == Anchor::Kind::kCompare ||
      second.kind == Anchor::Kind::kCompare || first.rows == second.rows) {
    return;
  }
  const bool by_percent = question_.Has("percentage") ||
                          question_.Has("percent") || question_.Has("ratio") ||
                          question_.Has("proportion") ||
                          question_.Has("times") || question_.Has("growth") ||
                          question_.Has("rate");
  if (first.rows.size() == 1 && second.rows.size() == 1) {
    for (const std::size_t column : ordered_) {
      if (column != first.column) AddPairOver(a, b, column, by_percent);
    }
  }
  if (first.rows.size() + second.rows.size() <= 2) return;
  const auto counted = [&](const Anchor& anchor) {
    Base base;
    base.steps = {anchor.step};
    return PlanOf(base, EndOf(PlanEnd::Kind::kCount));
  };
  AddCombined(TablePlan::Kind::kDifference, "difference of counts",
              {counted(first), counted(second)}, {a, b}, kNone);
  if (!question_.Has("difference") && !question_.Has("than")) return;
  for (const std::size_t column : numeric_) {
    const auto summed = [&](const Anchor& anchor) {
      Base base;
      base.steps = {anchor.step};
      return PlanOf(base, EndOf(PlanEnd::Kind::kSum, column));
    };
    AddCombined(TablePlan::Kind::kDifference, "difference of sums",
                {summed(first), summed(second)}, {a, b}, column);
  }
}

void CandidateMaker::AddPairOver(std::size_t a, std::size_t b,
                                 std::size_t column, bool by_percent) {
  const auto selected = [&](std::size_t anchor) {
    Base base;
    base.steps = {links_.anchors[anchor].step};
    return PlanOf(base, EndOf(PlanEnd::Kind::kSelect, column));
  };
  AddCombined(TablePlan::Kind::kDifference, "difference",
              {selected(a), selected(b)}, {a, b}, column);
  if (a < b && AsksYesNo()) {
    const bool later = links_.anchors[b].begin > links_.anchors[a].begin;
    AddCombined(TablePlan::Kind::kGreater, "greater",
                {selected(later ? a : b), selected(later ? b : a)}, {a, b},
                column);
    AddCombined(TablePlan::Kind::kLess, "less",
                {selected(later ? a : b), selected(later ? b : a)}, {a, b},
                column);
  }
  if (!by_percent) return;
  AddCombined(TablePlan::Kind::kPercentChange, "percent change",
              {selected(a), selected(b)}, {a, b}, column);
  AddCombined(TablePlan::Kind::kRatio, "ratio", {selected(a), selected(b)},
              {a, b}, column);
  AddCombined(TablePlan::Kind::kPercentOf, "percent of",
              {selected(a), selected(b)}, {a, b}, column);
}

// Two columns of one row: "the proportion of X over Y in 2019", when columns
// are items.
void CandidateMaker::AddItems() {
  const bool by_percent = question_.Has("percentage") ||
                          question_.Has("percent") || question_.Has("ratio") ||
                          question_.Has("proportion");
  const bool apart = question_.Has("difference") || question_.Has("more") ||
                     question_.Has("less") || question_.Has("change");
  if (!by_percent && !apart) return;
  for (const Base& base : bases_) {
    if (base.rows.size() != 1 || base.anchors.empty()) continue;
    for (const std::size_t x : numeric_) {
      for (const std::size_t y : numeric_) {
        if (x == y || links_.columns[x].share < 0.4 ||
            links_.columns[y].share < 0.4) {
          continue;
        }
        const std::vector<TablePlan> parts = {
            PlanOf(base, EndOf(PlanEnd::Kind::kSelect, x)),
            PlanOf(base, EndOf(PlanEnd::Kind::kSelect, y))};
        if (by_percent) {
          AddCombined(TablePlan::Kind::kPercentOf, "percent of items", parts,
                      base.anchors, y);
          AddCombined(TablePlan::Kind::kRatio, "ratio of items", parts,
                      base.anchors, y);
        }
        if (apart) {
          AddCombined(TablePlan::Kind::kDifference, "difference of items",
                      parts, base.anchors, y);
        }
        if (!out_.empty()) out_.back().answer = x;
      }
    }
  }
}

}  // namespace cairn
