// DenseIndex: nearest-neighbour search over one collection's chunk vectors.
//
// Place: a follower of the store's `vectors`; queries search its snapshots. It
// knows ids and floats, not text or tenants. Implementations: FlatIndex (int8
// scan with exact rescoring, recall 1), HnswIndex (faiss::IndexHNSW over our
// own storage, plus a flat tail), chosen by size in MakeDenseIndex.
// Shapes: vectors are unit length, row-major, `dimension` floats; the score is
// the inner product (cosine), computed from half-float values.
// Threads: Add, Remove and Snapshot from one writer at a time; a snapshot is
// immutable and is searched from any number of threads while writing goes on.
// Errors: INVALID_ARGUMENT for a wrong dimension or a NaN; INTERNAL with
// FAISS's words. A graph that cannot be read or written is no error: it is
// built again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "index/scored_chunk.h"
#include "storage/follower.h"

namespace cairn {

struct DenseSearchOptions {
  std::size_t limit = 10;  // At most 10,000; fewer come when fewer qualify.
  ChunkFilter filter;      // Null: all.
  std::size_t ef = 128;    // Width of the graph walk; at least `limit` is used.
};

class DenseSnapshot {
 public:
  virtual ~DenseSnapshot() = default;
  virtual std::size_t size() const = 0;  // Live vectors.
  virtual bool exact() const = 0;        // True: recall is 1 by construction.
  // For each query its hits, best first. Asked together, queries share a scan's
  // way through memory.
  virtual StatusOr<std::vector<std::vector<ScoredChunk>>> SearchMany(
      std::span<const std::span<const float>> queries,
      const DenseSearchOptions& options) const = 0;
  StatusOr<std::vector<ScoredChunk>> Search(
      std::span<const float> query, const DenseSearchOptions& options) const {
    CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<ScoredChunk>> hits,
                           SearchMany(std::span(&query, 1), options));
    return std::move(hits.front());
  }
  // For each query exact scores of the given chunks (absent ones are left out),
  // in order. Finding a chunk costs more than scoring it: ask together.
  virtual StatusOr<std::vector<std::vector<ScoredChunk>>> ScoreMany(
      std::span<const std::span<const float>> queries,
      std::span<const ChunkId> chunks) const = 0;
  StatusOr<std::vector<ScoredChunk>> Score(
      std::span<const float> query, std::span<const ChunkId> chunks) const {
    CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<ScoredChunk>> scores,
                           ScoreMany(std::span(&query, 1), chunks));
    return std::move(scores.front());
  }
  // As it is stored, in half precision; empty: there is none.
  virtual std::vector<float> Vector(const ChunkId& chunk) const = 0;
  // Scores of a fixed pseudo-random sample of about `count` live vectors that
  // does not depend on the query: the background for scaling.
  virtual std::vector<float> BackgroundScores(std::span<const float> query,
                                              std::size_t count) const = 0;
};

// Calls the visitor with each vector of a collection; the same ones each time.
using VectorVisit = std::function<void(const ChunkId&, std::span<const float>)>;
using VectorScan = std::function<Status(const VectorVisit&)>;

class DenseIndex {
 public:
  virtual ~DenseIndex() = default;
  // Adds all; the index is empty. May scan twice: a kept graph wants its
  // vectors first.
  virtual Status Fill(const VectorScan& scan);
  // Replaces an older vector of the same chunk.
  virtual Status Add(const ChunkId& chunk, std::span<const float> vector) = 0;
  // OK when it was never there.
  virtual Status Remove(const ChunkId& chunk) = 0;
  virtual StatusOr<std::shared_ptr<const DenseSnapshot>> Snapshot() = 0;
};

struct DenseIndexOptions {
  std::size_t dimension = 384;
  std::size_t exact_vectors_max = 100'000;  // Above: HNSW.
  std::size_t hnsw_links = 16;              // M; 2M on the lowest level.
  std::size_t hnsw_build_width = 100;       // efConstruction.
  // Rows scanned beside the graph before it grows; at least a fifth of all.
  std::size_t hnsw_tail_max = 10'000;
  // False: Snapshot waits for the graph, so that results depend on the calls
  // alone. True: snapshots scan exactly until the graph is ready.
  bool hnsw_in_background = true;
  // Where the graph is kept between runs (kept_graph.h); empty: it is not. One
  // index at a time.
  std::string graph_file;
  // Makes the file's folder, before a write and from any thread; false: it
  // cannot be. Null: it is there.
  std::function<bool()> make_graph_folder;
};

// Adds what the scan visits, until the first error.
Status AddAll(const VectorScan& scan, DenseIndex& index);

std::unique_ptr<DenseIndex> MakeFlatIndex(const DenseIndexOptions& options);
std::unique_ptr<DenseIndex> MakeHnswIndex(const DenseIndexOptions& options);
// Starts flat, turns into HNSW when it outgrows `exact_vectors_max`.
std::unique_ptr<DenseIndex> MakeDenseIndex(const DenseIndexOptions& options);

// Follows `vectors` of one collection.
class DenseFollower final : public Follower {
 public:
  DenseFollower(const CollectionKey& collection,
                const DenseIndexOptions& options);
  std::string_view name() const override { return "dense"; }
  Sequence applied() const override { return applied_; }
  Status Rebuild(const StoreSnapshot& snapshot) override;
  Status Apply(const Change& change, const StoreSnapshot& snapshot) override;
  Status Finish(Sequence reached) override;
  // The state after the last Finish.
  std::shared_ptr<const DenseSnapshot> snapshot() const { return snapshot_; }

 private:
  const CollectionKey collection_;
  const DenseIndexOptions options_;
  Sequence applied_;
  std::unique_ptr<DenseIndex> index_;
  std::shared_ptr<const DenseSnapshot> snapshot_;
};

}  // namespace cairn
