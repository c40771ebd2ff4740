// Probe: one text asked of every index of a pinned state.
//
// Place: SearchRun makes one of the question, HopStage one of each second
// query. It holds the text's vector and terms, proposes chunks and scores any
// chunk exactly, whichever index proposed it.
// Scales: a raw score becomes 0 at the query's background (a fixed sample of
// the collection that does not depend on the question) and 1 at the best score
// that any chunk of the collection has, as far as the index found it.
// Threads: immutable once made.
// Errors: those of the embedder and the indexes.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "index/scored_chunk.h"
#include "models/embedder.h"
#include "services/query/collection_view.h"

namespace cairn {

// A line through (zero, 0) and (one, 1), cut off outside.
struct Scale {
  double zero = 0;
  double one = 1;
  double operator()(double raw) const;
};

struct ProbeOptions {
  bool dense = true;
  bool sentences = true;  // Beside dense, where the collection has them.
  bool lexical = true;
  std::size_t limit = 100;  // Chunks that each index proposes.
  std::size_t background = 1000;
  // Which of the sorted background scores is 0: .5 the median, 0 the least.
  double zero_quantile = 0.5;
  // For the encoder, and to ask the indexes side by side.
  std::size_t threads = 1;
};

struct ProbeScore {
  double dense = 0;     // Raw: cosine.
  double sentence = 0;  // Raw: cosine of the nearest sentence.
  double lexical = 0;   // Raw: BM25.
};

// A scale from the `quantile` of a background to the best score.
Scale ScaleOver(std::vector<float> background, double best, double quantile);

class Probe {
 public:
  static StatusOr<Probe> Make(std::string_view text, const Embedder& embedder,
                              const ReadState& state, const ChunkFilter& filter,
                              const ProbeOptions& options);
  // One of each text; they share passes of the encoder and of a scan.
  static StatusOr<std::vector<Probe>> MakeMany(
      std::span<const std::string> texts, const Embedder& embedder,
      const ReadState& state, const ChunkFilter& filter,
      const ProbeOptions& options);

  // The best chunks of each index, each once.
  const std::vector<ChunkId>& proposals() const { return proposals_; }
  // In the order of `chunks`.
  StatusOr<std::vector<ProbeScore>> Score(
      std::span<const ChunkId> chunks) const;
  // For each probe of one state; the chunks are looked up once.
  static StatusOr<std::vector<std::vector<ProbeScore>>> ScoreMany(
      std::span<const Probe* const> probes, std::span<const ChunkId> chunks);

  // Unit length; empty: dense was not asked.
  const std::vector<float>& vector() const { return vector_; }
  bool has_dense() const { return !vector_.empty(); }
  bool has_sentences() const { return sentences_; }
  bool has_lexical() const { return lexical_; }
  const Scale& dense_scale() const { return dense_scale_; }
  const Scale& sentence_scale() const { return sentence_scale_; }
  const Scale& lexical_scale() const { return lexical_scale_; }

 private:
  struct Hits {
    std::vector<ScoredChunk> words, chunks;
    std::vector<SentenceHit> sentences;
  };

  bool scans_sentences() const;
  static Status AskAll(std::span<Probe> probes, std::size_t shares,
                       const ChunkFilter& filter, const ProbeOptions& options);
  static Status AskDense(std::span<Probe> probes, const ChunkFilter& filter,
                         const ProbeOptions& options);
  Status AskLexical(const ChunkFilter& filter, const ProbeOptions& options);
  Status AskSentences(const ChunkFilter& filter, const ProbeOptions& options);
  // The asking is apart from the proposing, whose order is fixed.
  Status ProposeAll(const ChunkFilter& filter, const ProbeOptions& options);
  void Propose(const ChunkId& chunk);

  const ReadState* state_ = nullptr;
  bool lexical_ = false;
  bool sentences_ = false;
  std::vector<float> vector_;
  std::vector<std::string> terms_;
  Scale dense_scale_, sentence_scale_, lexical_scale_;
  Hits hits_;  // Empty once proposed.
  std::vector<ChunkId> proposals_;
};

}  // namespace cairn
