// SearchRun: one search over one pinned state.
//
// Stages: embed > dense > lexical > fuse > graph > select. QueryCore picks the
// stages by mode and deadline, then runs this. Also gives what answering needs
// beside the hits: the scores and the question's links.
// Threads: one run belongs to one thread; the state is shared and immutable.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "domain/search.h"
#include "models/embedder.h"
#include "services/query/collection_view.h"
#include "services/query/fuse.h"
#include "services/query/graph_stage.h"
#include "services/query/stage_budget.h"

namespace cairn {

// What the mode needs before any deadline is looked at.
Needs NeedsOf(const SearchRequest& request);

// A hit with what is known of it beside.
struct Found {
  Hit hit;
  double similarity = 0;  // Cosine to the question; 0: dense was not run.
  bool linked = false;    // The question names its document.
};

class SearchRun {
 public:
  SearchRun(const Embedder& embedder, const SearchRequest& request,
            const ReadState& state, StageBudget& budget)
      : embedder_(embedder),
        request_(request),
        state_(state),
        budget_(budget) {}

  // The stages of `needs` whose part of the state is there.
  StatusOr<std::vector<Found>> Run(const Needs& needs);

 private:
  Status AddDense();
  Status AddLexical();
  Status ScoreAll(std::vector<Candidate>& candidates) const;
  void FuseAll(std::vector<Candidate>& candidates);
  Status AddGraph();
  Status ProposeFrom(const ChunkScores& scores, std::size_t limit);
  StatusOr<std::vector<Found>> Materialise();
  StatusOr<bool> Fill(const Candidate& candidate, Found& found,
                      std::uint32_t& section);
  void Arrange(std::vector<Found>& found) const;

  const Embedder& embedder_;
  const SearchRequest& request_;
  const ReadState& state_;
  StageBudget& budget_;

  Needs needs_;
  ChunkFilter filter_;
  std::vector<float> vector_;       // Of the question; empty: no dense.
  std::vector<std::string> terms_;  // Of the question.
  Scale dense_scale_, lexical_scale_;
  std::vector<Candidate> candidates_;
  QuestionNames names_;

  struct LoadedDocument {
    Document record;
    std::string text;
  };
  std::unordered_map<std::uint64_t, LoadedDocument> documents_;
};

}  // namespace cairn
