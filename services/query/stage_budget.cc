#include "services/query/stage_budget.h"

namespace cairn {
namespace {

constexpr double kNewest = 0.2;  // Share of the newest cost in the average.
// Before anything was measured, and never less: machines hiccup.
constexpr double kFirstGuessMs = 8;
constexpr double kLeastMs = 1;

}  // namespace

double StageCosts::Expected(std::string_view stage) const {
  const std::lock_guard lock(mutex_);
  const auto found = ms_.find(stage);
  if (found == ms_.end()) return kFirstGuessMs;
  return found->second > kLeastMs ? found->second : kLeastMs;
}

void StageCosts::Record(std::string_view stage, double ms) {
  const std::lock_guard lock(mutex_);
  const auto [entry, fresh] = ms_.try_emplace(std::string(stage), ms);
  if (!fresh) entry->second += kNewest * (ms - entry->second);
}

bool StageBudget::Admit(std::string_view stage) {
  const std::chrono::nanoseconds left = remaining_();
  if (left == std::chrono::nanoseconds::max()) return true;
  const double left_ms =
      std::chrono::duration<double, std::milli>(left).count();
  if (left_ms >= costs_.Expected(stage)) return true;
  dropped_.emplace_back(stage);
  return false;
}

void StageBudget::Note(std::string_view stage, double ms) {
  costs_.Record(stage, ms);
  timings_.push_back({std::string(stage), ms});
}

}  // namespace cairn
