// Compose: which units become the sentences of the draft, and in which order.
//
// One to three quotes: what answers first; what introduces it where it cannot
// be understood alone; a further one only when it adds something.
#pragma once

#include <cstddef>
#include <vector>

#include "models/extractive/judge.h"
#include "models/extractive/question.h"
#include "models/extractive/units.h"
#include "models/generator.h"

namespace cairn::extractive {

// `judged` is not empty and best first; `units` are those it points into.
Draft Compose(const std::vector<Judged>& judged, const std::vector<Unit>& units,
              const GenerationRequest& request, const Question& question,
              double confidence);

}  // namespace cairn::extractive
