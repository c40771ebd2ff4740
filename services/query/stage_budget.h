// StageBudget: which stages of a query still fit its deadline.
//
// A stage is admitted when the time left covers what it cost lately; the
// refused ones are named in the result. Costs are learned: an exponential
// average a stage over all queries of the process.
// Threads: StageCosts safe; a StageBudget belongs to one query.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "domain/search.h"

namespace cairn {

class StageCosts {
 public:
  // Milliseconds to expect.
  double Expected(std::string_view stage) const;
  void Record(std::string_view stage, double ms);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, double, std::less<>> ms_;  // Guarded by mutex_.
};

class StageBudget {
 public:
  // Time left; tests give a clock of their own.
  using Remaining = std::function<std::chrono::nanoseconds()>;

  StageBudget(StageCosts& costs, Remaining remaining)
      : costs_(costs), remaining_(std::move(remaining)) {}

  // False: the stage does not fit and is noted as dropped.
  bool Admit(std::string_view stage);
  bool expired() const { return remaining_().count() <= 0; }
  // Runs `work` as a stage and notes its time.
  template <typename Work>
  auto Time(std::string_view stage, const Work& work) {
    const Stopwatch watch;
    auto result = work();
    Note(stage, watch.ElapsedMs());
    return result;
  }
  void Note(std::string_view stage, double ms);
  // For a stage that did not run, or not to its end.
  void Drop(std::string_view stage) { dropped_.emplace_back(stage); }
  double Expected(std::string_view stage) const {
    return costs_.Expected(stage);
  }

  const std::vector<std::string>& dropped() const { return dropped_; }
  const std::vector<StageTiming>& timings() const { return timings_; }

 private:
  StageCosts& costs_;
  const Remaining remaining_;
  std::vector<std::string> dropped_;
  std::vector<StageTiming> timings_;
};

}  // namespace cairn
