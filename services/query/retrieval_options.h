// RetrievalOptions: the weights and switches of retrieval, one set for every
// collection. Defaults were chosen on development questions and are measured by
// `cairn eval`; docs/adr/0008-second-hop.md says what they bring.
//
// A score is a weighted sum of parts between 0 and 1; see
// services/query/README. Plain values; threads: safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn {

struct RetrievalOptions {
  // ---- Candidates and the base score --------------------------------------
  double proposals = 100;     // Chunks that each index proposes.
  double background = 1000;   // Chunks sampled to see what is usual.
  double base_quantile = 0;   // Of the background: the zero of base scores.
  double hop_quantile = 0.5;  // The same for second queries.
  // Without sentence vectors, dense and sentence weigh together on dense.
  double dense = 0.3;
  double sentence = 0.45;
  double lexical = 0.25;

  // ---- Names of the question -----------------------------------------------
  double link = 0.45;      // A linked title, a rare name.
  double rare_chunks = 5;  // A name in at most so many chunks is rare.
  double rare_strength = 0.5;
  double mend = 1;    // Words with a typing error are mended; 0: not.
  double gate = 0.3;  // Factor of links and hops without a name to follow.

  // ---- The second hop ------------------------------------------------------
  double beam = 5;            // Passages followed; 0: none.
  double trust_power = 4;     // Trust in one: (score / best score)^power.
  double trust_min = 0.15;    // Below it a passage asks no second query.
  double second_queries = 4;  // At most so many ask; an encoding each.
  double hop_proposals = 20;  // Chunks that each index proposes to each.
  double hop_link = 0.42;
  double hop_link_fit = 0.18;  // Times how well it fits the second query.
  double hop_name = 0.48;
  double hop_near = 0.001;  // Names near the question; for the trees alone.
  double hop_dense = 0.3;
  double hop_sentence = 0.3;  // Without sentence vectors on hop_dense.
  double hop_lexical = 0.2;
  double similar = 0.001;         // For the trees alone.
  double name_chunks_max = 50;    // A commoner name says nothing.
  double names_per_sentence = 4;  // Added to a second query.

  // ---- The walk ------------------------------------------------------------
  double walk = 0.001;  // PageRank beside the hops; for the trees alone.

  // ---- The correction ------------------------------------------------------
  double fitted = 0.1;  // What the trees of fitted_score.h weigh; 0: nothing.

  // ---- The reranker, where there is one ------------------------------------
  double rerank_top = 30;  // Candidates that it judges; 0: none.

  // ---- Tables --------------------------------------------------------------
  double table = 1;  // Of tables that hold the question's words; 0: nothing.
};

// The names above, for tuning and ablation.
std::vector<std::string> RetrievalOptionNames();
// INVALID_ARGUMENT lists the names that exist.
Status SetRetrievalOption(RetrievalOptions& options, std::string_view name,
                          double value);

}  // namespace cairn
