// Graph stage: what the names of the question and the links between chunks add
// to the fused score.
//
// Parts: "link": the question names the document's title, or a rare name that
// the chunk holds. "graph": personalised PageRank from the best chunks and the
// names of the question; this finds the second hop. Both are damped when the
// question holds no name that is worth following (a claim without names is
// better served by its words alone). The weights are those of
// a measured prototype; they have not been measured here yet.
// Pure over an immutable view; threads: safe.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph_view.h"
#include "services/query/fuse.h"

namespace cairn {

struct GraphStageOptions {
  double link_weight = 0.45;
  double walk_weight = 0.25;
  double closed_gate = 0.5;  // Factor without a name worth following.
  std::size_t seed_chunks = 10;
  double seed_power = 8;            // Seeds weigh (score / best score)^power.
  std::size_t rare_chunks_max = 5;  // A name in at most so many is rare.
  std::size_t proposals_max = 100;  // Chunks the walk may add.
};

using ChunkScores = std::unordered_map<ChunkId, double>;

struct QuestionNames {
  std::vector<QuestionLink> links;
  // Link strength of chunks, 0..1: titled or holding a rare name.
  ChunkScores strength;
  bool open = false;  // A title or a rare, proper name is among them.
};

// Chunks of linked documents count as `base` ranks them: the best of a title
// keeps its strength, its siblings get half.
QuestionNames FindQuestionNames(const GraphView& graph,
                                std::string_view question,
                                const GraphStageOptions& options);
// Adds the part "link" to the candidates.
void AddLinkParts(const QuestionNames& names, const GraphStageOptions& options,
                  std::vector<Candidate>& candidates);

// PageRank of chunks, scaled to log(1 + 50 p / max) / log 51. `candidates`
// are sorted, best first. With `names_only` the chunks do not seed.
ChunkScores Walk(const GraphView& graph, const QuestionNames& names,
                 std::span<const Candidate> candidates,
                 const GraphStageOptions& options, bool names_only);

}  // namespace cairn
