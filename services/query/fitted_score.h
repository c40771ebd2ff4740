// FittedScore: what boosted trees add to the weighted sum of the parts.
//
// The sum treats every part alike for every question; the trees have seen
// which combinations of parts gold passages have (eval/fit/trees.py, fitted to
// development questions). They only correct the sum: with the default weight a
// passage moves by a few ranks, and questions of a kind that they have not seen
// lose nothing (docs/adr/0011-fitted-correction.md).
//
// Monotone: more of a part never lowers a score; a candidate with no part gets
// 0. Pure; threads: safe.
#pragma once

#include "services/query/candidate.h"
#include "services/query/retrieval_options.h"

namespace cairn {

// At least 0. `candidate` is as it stands after the hop and the walk; `options`
// are those that its parts were weighted with.
double FittedScore(const Candidate& candidate, const RetrievalOptions& options);

}  // namespace cairn
