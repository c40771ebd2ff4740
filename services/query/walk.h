// Walk: personalised PageRank from the best chunks and the question's names.
//
// The retrieval of mode graph, which needs no encoder; auto can add it.
// Pure over an immutable view; threads: safe.
#pragma once

#include <span>
#include <unordered_map>

#include "graph/graph_view.h"
#include "services/query/candidate.h"
#include "services/query/question_names.h"

namespace cairn {

// Scores of chunks, scaled to log(1 + 50 p / max) / log 51. `candidates` are
// sorted, best first.
std::unordered_map<ChunkId, double> Walk(const GraphView& graph,
                                         const QuestionNames& names,
                                         std::span<const Candidate> candidates);

}  // namespace cairn
