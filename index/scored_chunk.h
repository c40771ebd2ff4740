// ScoredChunk and ChunkFilter: what the dense and the lexical index share.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "domain/ids.h"

namespace cairn {

struct ScoredChunk {
  ChunkId chunk;
  float score = 0;
  friend bool operator==(const ScoredChunk&, const ScoredChunk&) = default;
};

// Best first; ties by ascending id, so that results are reproducible.
inline bool RanksBefore(const ScoredChunk& a, const ScoredChunk& b) {
  if (a.score != b.score) return a.score > b.score;
  return a.chunk < b.chunk;
}

// Leaves the best `limit`, best first.
inline void KeepBest(std::size_t limit, std::vector<ScoredChunk>& hits) {
  const std::size_t kept = std::min(limit, hits.size());
  std::partial_sort(hits.begin(),
                    hits.begin() + static_cast<std::ptrdiff_t>(kept),
                    hits.end(), RanksBefore);
  hits.resize(kept);
}

// Null: every chunk qualifies. Asked inside the search, never after it. Must be
// thread-safe and cheap.
using ChunkFilter = std::function<bool(const ChunkId&)>;

}  // namespace cairn
