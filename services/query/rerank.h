// Rerank: the best candidates in the order of a reranker.
//
// Place: SearchRun runs it before it takes hits, when the server has a reranker
// (models/reranker.h) and RetrievalOptions::rerank_top is not 0.
// Order: of the first `rerank_top` candidates those that were judged in time
// change places among themselves; everything else, and what is judged alike,
// keeps its order.
// Scores: the judged ones are spread between the lowest and the highest score
// they had, in the order of their judgement. Part kRerank is what that changed,
// so that the parts still sum up; it may be negative.
// Failure: a reranker that fails or that has no time is left out, the result
// says so ("rerank" among the dropped stages), and the log says why.
// Threads: those of SearchRun. Errors: of reading passages.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/status.h"
#include "models/reranker.h"
#include "services/query/candidate.h"
#include "services/query/passages.h"
#include "services/query/stage_budget.h"

namespace cairn {

// Gives the first scores.size() of `candidates` (sorted, best first) their
// judgements, 0 to 1, and sorts anew. At most as many scores as candidates, and
// at most 1,000.
void ApplyJudgements(std::span<const double> scores,
                     std::vector<Candidate>& candidates);

struct RerankJob {
  const Reranker& reranker;
  std::string_view query;
  std::size_t top = 0;  // At most 1,000 count.
  Deadline deadline = Deadline::Infinite();
};

// `candidates` sorted, best first, before and after.
Status Rerank(const RerankJob& job, Passages& passages, StageBudget& budget,
              std::vector<Candidate>& candidates);

}  // namespace cairn
