#include "eval/retrieval.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "base/clock.h"

namespace cairn::eval {
namespace {

StatusOr<QuestionResult> Ask(const Question& question, const Search& search) {
  QuestionResult result{.question = question, .hits = {}, .parts = {}};
  const Stopwatch watch;
  auto hits = search(question.text);
  result.ms = watch.ElapsedMs();
  if (!hits.ok()) return Annotate(hits.status(), "question " + question.id);
  result.hits = std::move(hits->documents);
  result.parts = std::move(hits->parts);
  FindRanks(result.hits, result.question.gold);
  return result;
}

std::vector<const QuestionResult*> PointersTo(
    std::span<const QuestionResult> results) {
  std::vector<const QuestionResult*> pointers;
  for (const QuestionResult& result : results) pointers.push_back(&result);
  return pointers;
}

Summary SummarizeThese(const std::vector<const QuestionResult*>& results) {
  Summary summary{.questions = results.size()};
  if (results.empty()) return summary;
  std::vector<double> times;
  for (const QuestionResult* result : results) {
    const MeasureValues values = Measure(result->question.gold);
    for (std::size_t i = 0; i < values.size(); ++i) {
      summary.means[i] += values[i];
    }
    times.push_back(result->ms);
  }
  for (double& mean : summary.means) {
    mean /= static_cast<double>(results.size());
  }
  summary.latency = {.p50 = Percentile(times, 0.5),
                     .p90 = Percentile(times, 0.9),
                     .p99 = Percentile(times, 0.99),
                     .max = Percentile(times, 1)};
  return summary;
}

}  // namespace

double IngestionResult::TokensPerSecond() const {
  return seconds > 0 ? static_cast<double>(tokens) / seconds : 0;
}

Status AskAll(std::span<const Question> questions, const AskOptions& options,
              const Search& search, RetrievalRun& run) {
  for (const std::string& text : options.warm_up) {
    CAIRN_RETURN_IF_ERROR(Annotate(search(text).status(), "warm-up"));
  }
  run.results.assign(questions.size(), {});
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  Status failure;  // The first one; guarded by mutex.
  const auto work = [&] {
    for (std::size_t at = next++; at < questions.size(); at = next++) {
      auto result = Ask(questions[at], search);
      if (result.ok()) {
        run.results[at] = std::move(result).value();
        continue;
      }
      next = questions.size();
      const std::lock_guard lock(mutex);
      if (failure.ok()) failure = result.status();
    }
  };
  const Stopwatch watch;
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < options.threads; ++i) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  run.seconds = watch.ElapsedMs() / 1000;
  return failure;
}

Summary Summarize(std::span<const QuestionResult> results) {
  return SummarizeThese(PointersTo(results));
}

std::vector<std::pair<std::string, Summary>> SummarizeByType(
    std::span<const QuestionResult> results) {
  std::map<std::string, std::vector<const QuestionResult*>> by_type;
  for (const QuestionResult& result : results) {
    by_type[result.question.type].push_back(&result);
  }
  std::vector<std::pair<std::string, Summary>> summaries;
  if (by_type.size() < 2) return summaries;
  for (const auto& [type, members] : by_type) {
    summaries.emplace_back(type, SummarizeThese(members));
  }
  return summaries;
}

}  // namespace cairn::eval
