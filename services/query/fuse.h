// Fusion: scores of the dense and the lexical index on one scale.
//
// Score = .2 lexical + .8 dense, each scaled so that the query's background is
// 0 and its best candidate is 1. Both scores of every candidate are exact, so
// a chunk that only one index proposed is not punished for it.
// Pure; threads: safe.
#pragma once

#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/search.h"
#include "index/scored_chunk.h"

namespace cairn {

struct Candidate {
  ChunkId chunk;
  double dense_raw = 0;    // Cosine.
  double lexical_raw = 0;  // BM25.
  ScoreParts parts;        // What the stages made of it; sums to score().

  double score() const;
};

// Best first; ties by chunk id.
void SortByScore(std::vector<Candidate>& candidates);

// A line through (zero, 0) and (one, 1), cut off below 0.
struct Scale {
  double zero = 0;
  double one = 1;
  double operator()(double raw) const;
};

// `background`: scores of a sample that does not depend on the query. Small
// samples take their minimum for zero, large ones their median: half of the
// best ones of a few would be cut off else.
Scale DenseScale(std::span<const float> background,
                 std::span<const Candidate> candidates);
Scale LexicalScale(std::span<const Candidate> candidates);

struct FusionWeights {
  double dense = 0.8;
  double lexical = 0.2;
};

// Sets the parts "dense" and "lexical" of every candidate.
void Fuse(const Scale& dense, const Scale& lexical,
          const FusionWeights& weights, std::span<Candidate> candidates);

}  // namespace cairn
