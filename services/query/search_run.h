// SearchRun: one search over one pinned state.
//
// Stages: question (embed, propose, base score) > names > hop > walk > rerank >
// select.
// QueryCore picks the stages by mode and deadline, then runs this. Also gives
// what answering needs beside the hits: the scores and the question's links.
// Threads: one run belongs to one thread; the state is shared and immutable.
#pragma once

#include <vector>

#include "base/status.h"
#include "domain/search.h"
#include "models/embedder.h"
#include "models/reranker.h"
#include "services/query/candidate.h"
#include "services/query/collection_view.h"
#include "services/query/passages.h"
#include "services/query/probe.h"
#include "services/query/question_names.h"
#include "services/query/retrieval_options.h"
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
            const ReadState& state, const RetrievalOptions& options,
            StageBudget& budget, const Reranker* reranker = nullptr)
      : embedder_(embedder),
        request_(request),
        state_(state),
        options_(options),
        budget_(budget),
        reranker_(reranker),
        query_(request.query),
        passages_(state) {}

  // The stages of `needs` whose part of the state is there.
  StatusOr<std::vector<Found>> Run(const Needs& needs);
  // Empty: the question was asked as it is.
  const std::string& mended_query() const { return mended_query_; }

 private:
  void Mend();
  std::vector<std::string> TextsWith(std::string_view term, std::size_t limit);
  Status AskQuestion();
  Status AddGraph();
  StatusOr<bool> AddHop();
  Status HopOver(std::size_t beam);
  void Correct();
  Status AddWalk(bool alone);
  Status RankBestTables();
  Status RerankBest();
  // Adds the chunks that qualify and are not there yet, with base scores.
  Status AddCandidates(std::vector<ChunkId> chunks);
  void SetBase(const ProbeScore& score, Candidate& candidate) const;
  StatusOr<std::vector<Found>> Materialise();
  StatusOr<Found> Fill(const Candidate& candidate, std::uint32_t& section);
  void Arrange(std::vector<Found>& found) const;

  const Embedder& embedder_;
  const SearchRequest& request_;
  const ReadState& state_;
  const RetrievalOptions& options_;
  StageBudget& budget_;
  const Reranker* const reranker_;  // Null: there is none.

  std::string query_;  // As asked of the indexes.
  std::string mended_query_;
  Needs needs_;
  ChunkFilter filter_;
  Probe question_;
  QuestionNames names_;
  std::vector<Candidate> candidates_;
  Passages passages_;
};

}  // namespace cairn
