// Candidate: a chunk on its way to the hits, and what each stage gave it.
// Plain values; pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "domain/ids.h"
#include "domain/search.h"

namespace cairn {

// What a score is made of; NameOf gives the names that users see.
enum class Part : std::uint8_t {
  kDense,
  kSentence,  // The chunk's sentence that is nearest to the question.
  kLexical,
  kLink,         // The question names the document, or a rare name of it.
  kHopLink,      // A passage of the beam names the document.
  kHopLinkFit,   // The same, by how well it fits the second query.
  kHopName,      // A passage of the beam shares a rare name.
  kHopNear,      // The name stands in the sentences nearest to the question.
  kHopDense,     // Fits a second query.
  kHopSentence,  // A sentence of it does.
  kHopLexical,   // Its words do.
  kSimilar,      // Resembles the best sentence of a passage of the beam.
  kGraph,        // Personalised PageRank.
  kFitted,       // What fitted trees add; see fitted_score.h.
  kRerank,       // What the reranker's order changed; see rerank.h.
  kTable,        // The table holds the question's words; see rank_tables.h.
};
inline constexpr std::size_t kParts = 16;
const char* NameOf(Part part);

struct Candidate {
  ChunkId chunk;
  double dense_raw = 0;  // Cosine to the question.
  std::array<double, kParts> parts{};

  double& operator[](Part part) {
    return parts[static_cast<std::size_t>(part)];
  }
  double operator[](Part part) const {
    return parts[static_cast<std::size_t>(part)];
  }
  double score() const;
  // The parts that are not zero, by name.
  ScoreParts Explain() const;
};

// Best first; ties by chunk id.
void SortByScore(std::vector<Candidate>& candidates);

}  // namespace cairn
