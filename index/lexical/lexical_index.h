// LexicalIndex: BM25 over one collection's chunk terms.
//
// Place: a follower of the store's `terms`; queries search its snapshots. It
// gets terms, never text. Form: immutable segments with block maxima
// (block-max MaxScore), an in-memory tail, tombstones; small segments are
// merged. Score: sum over query terms of idf * tf (k1 + 1) / (tf + k1 (1 - b +
// b len / average len)), idf = ln(1 + (N - df + .5) / (df + .5)); tf and len
// are sums over the fields title, header and body by their weights; N, df and
// the average length count live chunks only. (Robertson and Zaragoza 2009,
// BM25F with one length; idf as in Lucene.) Promise: the scores equal the
// formula's to 1e-5, with or without segments, whatever was deleted. Threads:
// Add, Remove, Snapshot from one writer at a time; snapshots are immutable and
// are searched from any number of threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "index/scored_chunk.h"
#include "storage/follower.h"
#include "storage/records.h"

namespace cairn {

struct LexicalIndexOptions {
  float k1 = 0.9F;
  float b = 0.4F;
  float title_weight = 1, header_weight = 1, body_weight = 1;
  std::size_t segment_chunks =
      4096;  // The tail becomes a segment at this size.
};

struct LexicalSearchOptions {
  std::size_t limit = 10;  // At most 10,000.
  ChunkFilter filter;      // Null: all.
};

class LexicalSnapshot {
 public:
  virtual ~LexicalSnapshot() = default;
  virtual std::size_t size() const = 0;  // Live chunks.
  // A term given twice counts twice.
  virtual StatusOr<std::vector<ScoredChunk>> Search(
      std::span<const std::string> terms,
      const LexicalSearchOptions& options) const = 0;
  // For each query, which is its terms, exact scores of the given chunks (0
  // when no term matches; absent chunks are left out), in order. Finding a
  // chunk costs more than scoring it: ask together.
  virtual StatusOr<std::vector<std::vector<ScoredChunk>>> ScoreMany(
      std::span<const std::span<const std::string>> queries,
      std::span<const ChunkId> chunks) const = 0;
  StatusOr<std::vector<ScoredChunk>> Score(
      std::span<const std::string> terms,
      std::span<const ChunkId> chunks) const {
    CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<ScoredChunk>> scores,
                           ScoreMany(std::span(&terms, 1), chunks));
    return std::move(scores.front());
  }
  virtual std::size_t DocumentFrequency(std::string_view term) const = 0;
};

class LexicalIndex {
 public:
  virtual ~LexicalIndex() = default;
  // Replaces an older version of the same chunk.
  virtual Status Add(const ChunkId& chunk, const TermCounts& counts) = 0;
  // OK when it was never there.
  virtual Status Remove(const ChunkId& chunk) = 0;
  virtual StatusOr<std::shared_ptr<const LexicalSnapshot>> Snapshot() = 0;
};

std::unique_ptr<LexicalIndex> MakeLexicalIndex(
    const LexicalIndexOptions& options);

// Follows `terms` of one collection.
class LexicalFollower final : public Follower {
 public:
  LexicalFollower(const CollectionKey& collection,
                  const LexicalIndexOptions& options);
  std::string_view name() const override { return "lexical"; }
  Sequence applied() const override { return applied_; }
  Status Rebuild(const StoreSnapshot& snapshot) override;
  Status Apply(const Change& change, const StoreSnapshot& snapshot) override;
  Status Finish(Sequence reached) override;
  std::shared_ptr<const LexicalSnapshot> snapshot() const { return snapshot_; }

 private:
  const CollectionKey collection_;
  const LexicalIndexOptions options_;
  Sequence applied_;
  std::unique_ptr<LexicalIndex> index_;
  std::shared_ptr<const LexicalSnapshot> snapshot_;
};

}  // namespace cairn
