#include "services/query/rerank.h"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <string>

#include "base/log.h"

namespace cairn {
namespace {

constexpr char kStage[] = "rerank";
constexpr std::size_t kTopMax = 1000;
// Judged candidates of one score must still come apart.
constexpr double kSpreadMin = 1e-3;
// Of the spread: how far the worst judgement stays above what was not judged.
constexpr double kFloor = 0.01;
// Of the spread, from rank to rank: equal judgements keep their order, whatever
// rounding does. A thousand steps stay above the floor.
constexpr double kStep = 1e-6;

// What follows must fit too: taking the hits.
Deadline DeadlineFor(const RerankJob& job, const StageBudget& budget) {
  if (job.deadline.infinite()) return job.deadline;
  const std::chrono::duration<double, std::milli> rest(
      budget.Expected("select"));
  return Deadline::After(
      job.deadline.remaining() -
      std::chrono::duration_cast<std::chrono::nanoseconds>(rest));
}

// What is embedded, too: title, sections and caption, then the text.
StatusOr<std::string> TextOf(const ChunkId& id, Passages& passages) {
  CAIRN_ASSIGN_OR_RETURN(const Passages::Source* source,
                         passages.SourceOf(id.document));
  CAIRN_ASSIGN_OR_RETURN(const Chunk chunk, passages.ChunkOf(id));
  std::string text = chunk.context;
  if (!text.empty()) text += '\n';
  text += chunk.span.Of(source->text);
  return text;
}

}  // namespace

void ApplyJudgements(std::span<const double> scores,
                     std::vector<Candidate>& candidates) {
  if (scores.empty()) return;
  const double low = candidates[scores.size() - 1].score();
  const double spread = std::max(candidates[0].score() - low, kSpreadMin);
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(
      order.begin(), order.end(),
      [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    Candidate& candidate = candidates[order[rank]];
    const double place = kFloor + (1 - kFloor) * scores[order[rank]] -
                         kStep * static_cast<double>(rank);
    candidate[Part::kRerank] = low + spread * place - candidate.score();
  }
  SortByScore(candidates);
}

Status Rerank(const RerankJob& job, Passages& passages, StageBudget& budget,
              std::vector<Candidate>& candidates) {
  const std::size_t count = std::min({job.top, kTopMax, candidates.size()});
  if (count < 2) return OkStatus();
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    CAIRN_ASSIGN_OR_RETURN(texts.emplace_back(),
                           TextOf(candidates[i].chunk, passages));
  }
  const auto scores =
      job.reranker.Score(job.query, texts, DeadlineFor(job, budget));
  if (!scores.ok()) {
    budget.Drop(kStage);
    Log(LogLevel::kWarning, "the reranker failed; hits keep their order",
        {{"reranker", job.reranker.id()},
         {"reason", MessageOf(scores.status())}});
    return OkStatus();
  }
  if (scores->size() < count) budget.Drop(kStage);
  ApplyJudgements(std::span(*scores).first(std::min(scores->size(), count)),
                  candidates);
  return OkStatus();
}

}  // namespace cairn
