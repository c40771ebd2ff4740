// SentenceIndex: the sentences of one collection's chunks, the second tier of
// dense search.
//
// Place: a follower of the store's `sentences`; queries ask its snapshots which
// sentence of a chunk is nearest to a question, and which chunks hold the
// nearest ones. Texts stay in the store: a hit names its sentence by span.
// Scores are cosines between the question and the stored 8-bit direction,
// summed in integers: the same on every CPU and in every order of arrival.
// Memory: a sentence takes its codes, padded to 64, and 12 bytes (396 for 384
// dimensions); a chunk 48 for its entry and its place in the directory, and a
// node of the writer's map.
// Cost: one scan of all codes a search, 1.3 ms for 100,000 sentences of 384
// dimensions; 100 chunks of four sentences scored by id, 7 us (dense_bench).
// Threads: Add, Remove and Snapshot from one writer at a time; a snapshot is
// immutable and is read from any number of threads while writing goes on.
// Errors: INVALID_ARGUMENT (WRONG_DIMENSION, NOT_FINITE, TOO_MANY_SENTENCES);
// FAILED_PRECONDITION (SENTENCES_NOT_SCANNED) from Search when !scans().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/status.h"
#include "domain/sentence.h"
#include "domain/span.h"
#include "index/scored_chunk.h"
#include "storage/follower.h"

namespace cairn {

class SentenceView;
class SentenceTable;

struct SentenceHit {
  ChunkId chunk;
  std::uint32_t sentence = 0;  // In the chunk, from 0.
  ByteSpan span;               // In the canonical text.
  float score = 0;             // Cosine.
  friend bool operator==(const SentenceHit&, const SentenceHit&) = default;
};

struct SentenceSearchOptions {
  std::size_t limit = 10;  // Chunks; at most 10,000.
  ChunkFilter filter;      // Null: all.
};

// Scores of a fixed pseudo-random sample of chunks that does not depend on the
// query: the background for scaling. The sample is the one that
// DenseSnapshot::BackgroundScores draws when every chunk has sentences.
struct SentenceBackground {
  std::vector<float> best;  // Of each chunk its nearest sentence.
  std::vector<float> all;   // Every sentence of the same chunks.
};

struct SentenceIndexOptions {
  std::size_t dimension = 384;
  // Above, Search is refused and callers Score the candidates they have from
  // elsewhere: a query's cost must not grow with the collection. The standard
  // is some 7 ms a search.
  std::size_t scanned_sentences_max = 500'000;
};

class SentenceSnapshot {
 public:
  SentenceSnapshot(std::shared_ptr<const SentenceView> view,
                   const SentenceIndexOptions& options);
  ~SentenceSnapshot();
  SentenceSnapshot(const SentenceSnapshot&) = delete;
  SentenceSnapshot& operator=(const SentenceSnapshot&) = delete;

  std::size_t sentences() const;
  std::size_t chunks() const;  // With at least one sentence.
  // False: too many to scan for one query; Search is refused.
  bool scans() const;

  // The best chunks by their nearest sentence, best first; ties by ascending
  // chunk, then sentence.
  StatusOr<std::vector<SentenceHit>> Search(
      std::span<const float> query, const SentenceSearchOptions& options) const;
  // The nearest sentence of each of the chunks, in their order; chunks without
  // sentences are left out.
  StatusOr<std::vector<SentenceHit>> Score(
      std::span<const float> query, std::span<const ChunkId> chunks) const;
  // Every sentence of one chunk in text order; empty when it has none.
  StatusOr<std::vector<SentenceHit>> ScoreChunk(std::span<const float> query,
                                                const ChunkId& chunk) const;
  // The unit vector of a sentence, to be searched with; empty when absent.
  std::vector<float> Vector(const ChunkId& chunk, std::uint32_t sentence) const;
  // About `chunks` chunks are sampled; empty when the query is not sound.
  SentenceBackground Background(std::span<const float> query,
                                std::size_t chunks) const;

 private:
  const std::shared_ptr<const SentenceView> view_;
  const std::size_t scanned_sentences_max_;
};

class SentenceIndex {
 public:
  explicit SentenceIndex(const SentenceIndexOptions& options);
  ~SentenceIndex();
  // Replaces older sentences of the same chunk; at most kChunkSentencesMax.
  Status Add(const ChunkId& chunk, std::span<const SentenceVector> sentences);
  void Remove(const ChunkId& chunk);
  std::shared_ptr<const SentenceSnapshot> Snapshot();

 private:
  const SentenceIndexOptions options_;
  const std::unique_ptr<SentenceTable> table_;
};

// Follows `sentences` of one collection; empty for a collection without them.
class SentenceFollower final : public Follower {
 public:
  SentenceFollower(const CollectionKey& collection,
                   const SentenceIndexOptions& options);
  ~SentenceFollower() override;
  std::string_view name() const override { return "sentence"; }
  Sequence applied() const override { return applied_; }
  Status Rebuild(const StoreSnapshot& snapshot) override;
  Status Apply(const Change& change, const StoreSnapshot& snapshot) override;
  Status Finish(Sequence reached) override;
  // The state after the last Finish.
  std::shared_ptr<const SentenceSnapshot> snapshot() const { return snapshot_; }

 private:
  const CollectionKey collection_;
  const SentenceIndexOptions options_;
  Sequence applied_;
  std::unique_ptr<SentenceIndex> index_;
  std::shared_ptr<const SentenceSnapshot> snapshot_;
};

}  // namespace cairn
