// QuestionParser: a question over one table to plans, best first. No model.
//
// Place: `ask` computes with it when a table is among the best evidence. Plans
// are enumerated from what the question names (question_links.h), run, and
// ranked by a linear model over named features whose weights were fitted from
// questions with answers (eval/fit/table_plans.cc). Plans that come to the same
// answer stand together: an answer's probability is the sum of theirs.
// Threads: safe; pure. Cost: some 11 ms a question on average, over the tables
// of WikiTableQuestions and TAT-QA.
// Limits: kAskedSlotsMax slots; larger tables give no plan. English questions.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "tables/plan_candidates.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"
#include "tables/table_plan.h"

namespace cairn {

inline constexpr std::size_t kAskedSlotsMax = 20'000;
// From here on three answers of four are right: fitted to questions that the
// weights were not fitted to (tables/README.md).
inline constexpr double kTrustedProbability = 0.7;

struct RankedPlan {
  TablePlan plan;  // The best of those that come to this answer.
  PlanResult result;
  // Of all plans that come to this answer, 0..1; those of one call add up to 1
  // at most.
  double probability = 0;
};

// At most `limit` answers. Empty: no plan fits at all.
std::vector<RankedPlan> ParseQuestion(std::string_view question,
                                      const TableGrid& grid, std::size_t limit);

// What candidates are made from; for the program that fits the weights.
class QuestionCandidates {
 public:
  QuestionCandidates(std::string_view question, const TableGrid& grid);
  QuestionCandidates(const QuestionCandidates&) = delete;
  QuestionCandidates& operator=(const QuestionCandidates&) = delete;

  const QuestionText& question() const { return question_; }
  const std::vector<PlanCandidate>& candidates() const { return candidates_; }

 private:
  const QuestionText question_;
  TableGrid turned_grid_;
  QuestionTable straight_, turned_;
  std::vector<PlanCandidate> candidates_;
};

// The values of a result as one text that equal answers share.
std::string AnswerKey(const PlanResult& result);

}  // namespace cairn
