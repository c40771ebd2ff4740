// CandidateMaker: builds the candidates of one table, part by part.
// Private to tables/; see plan_candidates.h. One call and one thread.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tables/plan_candidates.h"

namespace cairn {

// Rows chosen by conditions.
struct Base {
  std::vector<PlanStep> steps;
  RowSet rows;
  std::vector<std::size_t> anchors;
  std::vector<std::string_view> atoms;
  std::size_t key = PlanCandidate::kNone;
  std::size_t united =
      PlanCandidate::kNone;  // Column in which one of several values stands.
};

// Of the tokens of the question that two anchors take.
inline bool Overlap(const Anchor& a, const Anchor& b) {
  return a.begin < b.end && b.begin < a.end;
}

class CandidateMaker {
 public:
  CandidateMaker(const QuestionText& question, const QuestionTable& table,
                 std::vector<PlanCandidate>& out)
      : question_(question),
        table_(table),
        grid_(*table.grid),
        links_(table.links),
        out_(out) {
    for (std::size_t i = 0; i < grid_.columns.size(); ++i) {
      names_.push_back(grid_.ColumnName(i));
      if (grid_.columns[i].kind != CellKind::kText) ordered_.push_back(i);
      if (grid_.columns[i].kind == CellKind::kNumber) numeric_.push_back(i);
    }
  }

  void Make() {
    asks_for_amount_ = AsksForAmount();
    MakeBases();
    for (const Base& base : bases_) {
      AddEnds(base);
      AddOrdered(base);
      AddBeside(base);
    }
    for (std::size_t a = 0; a < links_.anchors.size(); ++a) {
      for (std::size_t b = 0; b < links_.anchors.size(); ++b) {
        if (a != b) AddPair(a, b);
      }
    }
    AddItems();
  }

 private:
  // Bases.
  void MakeBases();
  Base Everything() const;
  void AddBase(const Base& from, const PlanStep& step,
               std::vector<std::size_t> anchors, std::string_view atom,
               std::size_t united = PlanCandidate::kNone);
  void UniteAnchors(const Base& all, std::size_t a);
  // What is made of one base.
  void AddEnds(const Base& base);
  void AddGroups(const Base& base);
  void AddOrdered(const Base& base);
  void AddExtremes(const Base& base, std::uint32_t count);
  void AddPlaces(const Base& base, std::uint32_t count);
  void AddSums(const Base& base);
  void AddBeside(const Base& base);
  void AddSame(const Base& base);
  void AddSpans(const Base& base);
  void AddSelects(const Base& base, bool all_columns);
  // Of two anchors in one column.
  void AddPair(std::size_t a, std::size_t b);
  void AddPairOver(std::size_t a, std::size_t b, std::size_t column,
                   bool by_percent);
  // Of two items of a turned table.
  void AddItems();

  void Add(const Base& base, const PlanEnd& end, std::size_t answer,
           std::size_t key, std::string_view extra = {});
  void AddCombined(TablePlan::Kind kind, std::string_view atom,
                   std::vector<TablePlan> parts,
                   std::vector<std::size_t> anchors, std::size_t key);
  TablePlan PlanOf(const Base& base, PlanEnd end) const {
    TablePlan plan;
    plan.columns = table_.turned;
    plan.steps = base.steps;
    plan.end = std::move(end);
    return plan;
  }
  PlanEnd EndOf(PlanEnd::Kind kind,
                std::size_t column = PlanCandidate::kNone) const {
    PlanEnd end;
    end.kind = kind;
    if (column != PlanCandidate::kNone) end.columns = {names_[column]};
    return end;
  }
  bool Full() const { return out_.size() >= kCandidatesMax; }
  bool HasAny(std::span<const std::string_view> words) const;
  bool AsksYesNo() const;
  bool AsksForDifferent() const;
  bool AsksForAmount() const;
  bool SpeaksOfOrder() const;
  bool SpeaksOfRank() const;

  const QuestionText& question_;
  const QuestionTable& table_;
  const TableGrid& grid_;
  const QuestionLinks& links_;
  std::vector<PlanCandidate>& out_;
  std::vector<std::string> names_;
  std::vector<std::size_t> ordered_, numeric_;
  std::vector<Base> bases_;
  bool asks_for_amount_ = false;
};

}  // namespace cairn
