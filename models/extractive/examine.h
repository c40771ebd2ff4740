// Examine: what the models say about the units, as far as time allows.
#pragma once

#include <vector>

#include "base/status.h"
#include "models/answer_reader.h"
#include "models/embedder.h"
#include "models/extractive/question.h"
#include "models/extractive/units.h"
#include "models/generator.h"

namespace cairn::extractive {

struct Models {
  const Embedder& embedder;
  const AnswerReader* reader = nullptr;  // Null: rules alone.
};

// Sets `odds` and `answer` of the units of the first passages, and `cosine` of
// the units with the best words, on two threads. Stops at the deadline.
// Errors: those of the models.
Status Examine(const GenerationRequest& request, const Question& question,
               const Models& models, std::vector<Unit>& units);

}  // namespace cairn::extractive
