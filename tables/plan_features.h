// PlanFeatures: what speaks for and against a plan, by name.
//
// Place: QuestionParser weighs them; the program that fits the weights names
// them. A feature is words joined by '&' and a value; names are what
// the generated weights are kept under. Private to tables/.
// Pure; threads: safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tables/plan_candidates.h"
#include "tables/question_cues.h"
#include "tables/question_text.h"

namespace cairn {

struct PlanFeature {
  std::uint64_t id = 0;  // FeatureId of its name.
  float value = 1;
};

std::uint64_t FeatureId(std::string_view name);

class PlanFeatures {
 public:
  explicit PlanFeatures(const QuestionText& question);

  // Into `out`, which is cleared. `names`, when not null, gets the names.
  void Of(const PlanCandidate& candidate, std::vector<PlanFeature>& out,
          std::vector<std::string>* names = nullptr) const;

 private:
  const QuestionText& question_;
  const QuestionCues spoken_;
  std::vector<std::string_view> speaks_of_;  // Each once.
  std::string wh_;                           // "how many", "which", "who", ...
  std::vector<std::string> cues_;            // Words and pairs of words.
  std::string head_;              // Stem of the first content word after it.
  std::size_t thing_ = SIZE_MAX;  // Token of what is asked for.
};

}  // namespace cairn
