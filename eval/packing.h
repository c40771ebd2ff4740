// Packing: what share of the wanted documents is left when the hits are cut to
// a number of tokens.
//
// Place: `cairn eval retrieval --budgets` fills it beside the ranking's
// measures. It asks through a function, as retrieval.h does.
// Threads: those of the caller.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "base/status.h"
#include "eval/data_set.h"

namespace cairn::eval {

// What came back for a question within a budget.
struct PackedHits {
  std::vector<std::string> documents;  // Of the corpus; one may come twice.
  std::uint64_t tokens = 0;            // Of all hits together.
};
using PackedSearch = std::function<StatusOr<PackedHits>(
    const std::string& question, std::uint32_t token_budget)>;

// Means over the questions.
struct BudgetResult {
  std::uint32_t budget = 0;  // Tokens.
  double gold_kept = 0;      // Share of a question's gold documents, 0..1.
  double all_gold = 0;       // Share of questions with all of it.
  double hits = 0;
  double tokens = 0;
  double ms_p50 = 0;  // From asking to the reply, one question at a time.
  double ms_p99 = 0;
};

// Every question at every budget, in their order. The first question that
// fails ends it, and so does a reply above its budget (INTERNAL).
StatusOr<std::vector<BudgetResult>> AskBudgets(
    std::span<const Question> questions, std::span<const std::uint32_t> budgets,
    const PackedSearch& search);

}  // namespace cairn::eval
