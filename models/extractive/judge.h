// Judge: one score a unit, from its words, its vector and its reading.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/extractive/confidence.h"
#include "models/extractive/question.h"
#include "models/extractive/units.h"
#include "models/generator.h"

namespace cairn::extractive {

struct Judged {
  const Unit* unit = nullptr;
  std::string short_answer;  // Of the unit; empty: none.
  bool fits = false;         // It is of the kind that the question asks for.
  // The reader's, less where its words cannot be an answer; unset: not read.
  std::optional<double> odds;
  double score = 0;  // Comparable within one question.
};

// All units, best first.
std::vector<Judged> JudgeAll(const std::vector<Unit>& units,
                             const GenerationRequest& request,
                             const Question& question);

// What the confidence in `best` stands on.
Signs SignsOf(const Judged& best, const GenerationRequest& request,
              const Question& question);

// True when the short answer of `judged` is clear enough to be shown.
bool StandsOut(const Judged& judged);

}  // namespace cairn::extractive
