#include "eval/packing.h"

#include <algorithm>

#include "base/clock.h"
#include "eval/measures.h"

namespace cairn::eval {
namespace {

double GoldKept(const Question& question, const PackedHits& hits) {
  std::size_t kept = 0;
  for (const Gold& gold : question.gold) {
    const bool found = std::find(hits.documents.begin(), hits.documents.end(),
                                 gold.document) != hits.documents.end();
    kept += found ? 1 : 0;
  }
  return static_cast<double>(kept) / static_cast<double>(question.gold.size());
}

StatusOr<BudgetResult> AskBudget(std::span<const Question> questions,
                                 std::uint32_t budget,
                                 const PackedSearch& search) {
  BudgetResult result{.budget = budget};
  std::vector<double> times;
  for (const Question& question : questions) {
    const Stopwatch watch;
    const auto hits = search(question.text, budget);
    times.push_back(watch.ElapsedMs());
    if (!hits.ok()) return Annotate(hits.status(), "question " + question.id);
    if (hits->tokens > budget) {
      return InternalError(
          "question " + question.id + ": " + std::to_string(hits->tokens) +
          " tokens came for a budget of " + std::to_string(budget));
    }
    const double kept = GoldKept(question, *hits);
    result.gold_kept += kept;
    result.all_gold += kept >= 1 ? 1 : 0;
    result.hits += static_cast<double>(hits->documents.size());
    result.tokens += static_cast<double>(hits->tokens);
  }
  if (questions.empty()) return result;
  const auto count = static_cast<double>(questions.size());
  for (double* const sum :
       {&result.gold_kept, &result.all_gold, &result.hits, &result.tokens}) {
    *sum /= count;
  }
  result.ms_p50 = Percentile(times, 0.5);
  result.ms_p99 = Percentile(times, 0.99);
  return result;
}

}  // namespace

StatusOr<std::vector<BudgetResult>> AskBudgets(
    std::span<const Question> questions, std::span<const std::uint32_t> budgets,
    const PackedSearch& search) {
  std::vector<BudgetResult> results;
  for (const std::uint32_t budget : budgets) {
    CAIRN_ASSIGN_OR_RETURN(results.emplace_back(),
                           AskBudget(questions, budget, search));
  }
  return results;
}

}  // namespace cairn::eval
