// Confidence: does the evidence answer the question at all?
#pragma once

#include <optional>

namespace cairn::extractive {

// Of the best unit and its passage.
struct Signs {
  double cosine = 0;    // Question and unit, -1..1.
  double coverage = 0;  // Of the question's weight by unit, title, context.
  double passage_coverage = 0;  // The same by the whole passage.
  double missing = 0;  // Share of names and numbers of the question not there.
  std::optional<double> odds;  // Of the reader, best span; unset: not read.
  bool explains = false;       // The question wants no few words.
};

// Below it the generator abstains.
inline constexpr double kAnswerAtLeast = 0.4;

// 0..1.
double Confidence(const Signs& signs);

}  // namespace cairn::extractive
