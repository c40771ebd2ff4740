// RowTable: the vectors of one collection in append-only blocks, and RowView,
// one immutable state of it. Both dense indexes stand on it.
//
// Sharing: rows are only appended, and a block that is full is replaced by a
// roomier copy (up to kBlockRows), so a view reads rows below its count while
// the writer writes above it; tombstones are replaced, never changed. A view
// costs two pointers a block.
// Exactness: |dot(q, x) - approximate| <= Bound(row) by Cauchy-Schwarz over
// the quantisation errors, so the scan keeps every row whose upper bound
// reaches the best lower bounds and scores those from half floats, summed in a
// fixed order: recall 1, the same scores on every CPU.
// Threads: RowTable one writer; RowView any number of readers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "index/dense/chunk_sample.h"
#include "index/dense/row_directory.h"
#include "index/scored_chunk.h"

namespace cairn {

inline constexpr std::size_t kBlockRows = 1024;

struct RowBlock {
  RowBlock(std::size_t stride, std::size_t capacity) {
    Resize(stride, capacity);
  }
  void Resize(std::size_t stride, std::size_t capacity) {
    codes.resize(capacity * stride);
    halves.resize(capacity * stride);
    chunks.resize(capacity);
    scale.resize(capacity);
    error.resize(capacity);
    norm.resize(capacity);
  }
  std::size_t capacity() const { return chunks.size(); }

  std::vector<std::int8_t> codes;
  std::vector<std::uint16_t> halves;
  std::vector<ChunkId> chunks;
  std::vector<float> scale;  // vector ~ scale * codes
  std::vector<float> error;  // |vector - scale * codes|, rounded up
  std::vector<float> norm;   // |scale * codes|, rounded up
};
using Tombstones = std::array<std::uint64_t, kBlockRows / 64>;
inline bool IsDead(const Tombstones* dead, std::size_t i) {
  return dead != nullptr && (((*dead)[i / 64] >> (i % 64)) & 1U) != 0;
}
// Replaces the tombstones by a copy in which `i` is dead.
void MarkDead(std::shared_ptr<const Tombstones>& dead, std::size_t i);

// A query in int16 with what the error bound needs.
struct RowQuery {
  std::vector<std::int16_t> codes;
  std::vector<float> values;  // Padded with zeros.
  float scale = 0, error = 0, norm = 0;
};
// INVALID_ARGUMENT for a wrong dimension or a value that is not finite.
StatusOr<RowQuery> PrepareQuery(std::span<const float> query,
                                std::size_t dimension, std::size_t stride);

class RowView {
 public:
  std::size_t rows() const { return rows_; }
  std::size_t live() const { return live_; }
  std::size_t dimension() const { return dimension_; }
  std::size_t stride() const { return stride_; }
  const ChunkId& chunk(std::size_t row) const {
    return block(row).chunks[row % kBlockRows];
  }
  bool dead(std::size_t row) const {
    return IsDead(dead_[row / kBlockRows].get(), row % kBlockRows);
  }
  const std::int8_t* codes(std::size_t row) const {
    return &block(row).codes[(row % kBlockRows) * stride_];
  }
  const std::uint16_t* halves(std::size_t row) const {
    return &block(row).halves[(row % kBlockRows) * stride_];
  }
  float scale(std::size_t row) const {
    return block(row).scale[row % kBlockRows];
  }
  StatusOr<RowQuery> Prepare(std::span<const float> query) const {
    return PrepareQuery(query, dimension_, stride_);
  }
  StatusOr<std::vector<RowQuery>> Prepare(
      std::span<const std::span<const float>> queries) const;
  float Approximate(const RowQuery& query, std::size_t row) const;
  float Exact(const RowQuery& query, std::size_t row) const;
  // For each query the best `limit` of rows [from, rows()), exactly, best
  // first. The queries share the way of the rows through memory, which is what
  // a scan costs.
  std::vector<std::vector<ScoredChunk>> Scan(std::span<const RowQuery> queries,
                                             std::size_t from,
                                             std::size_t limit,
                                             const ChunkFilter& filter) const;
  StatusOr<std::vector<std::vector<ScoredChunk>>> Score(
      std::span<const std::span<const float>> queries,
      std::span<const ChunkId> chunks) const;
  std::vector<float> Vector(const ChunkId& chunk) const;
  std::vector<float> BackgroundScores(std::span<const float> query,
                                      std::size_t count) const;

 private:
  friend class RowTable;
  class ScanState;
  const RowBlock& block(std::size_t row) const {
    return *blocks_[row / kBlockRows];
  }

  std::size_t dimension_ = 0, stride_ = 0, rows_ = 0, live_ = 0;
  std::vector<std::shared_ptr<const RowBlock>> blocks_;
  std::vector<std::shared_ptr<const Tombstones>> dead_;
  RowDirectory directory_;
  ChunkSample sample_;
};

class RowTable {
 public:
  explicit RowTable(std::size_t dimension);
  Status Add(const ChunkId& chunk, std::span<const float> vector);
  void Remove(const ChunkId& chunk);
  std::size_t rows() const { return rows_; }
  std::size_t live() const { return row_of_.size(); }
  // The half floats of a live chunk, until the next change; empty: none.
  std::span<const std::uint16_t> Halves(const ChunkId& chunk) const;
  // Drops dead rows; changes row numbers.
  void Compact();
  std::shared_ptr<const RowView> View();

 private:
  void Kill(std::size_t row);
  // With room for one more row.
  RowBlock& LastBlock();
  void Append(const ChunkId& chunk, std::span<const std::uint16_t> halves);

  const std::size_t dimension_, stride_;
  std::size_t rows_ = 0;
  std::vector<std::shared_ptr<RowBlock>> blocks_;
  std::vector<std::shared_ptr<const Tombstones>> dead_;
  std::unordered_map<ChunkId, std::size_t> row_of_;
  RowDirectory directory_;
};

}  // namespace cairn
