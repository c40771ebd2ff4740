// FlatIndex: int8 scan with exact rescoring over RowTable.
#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "index/dense/dense_index.h"
#include "index/dense/rows.h"

namespace cairn {
namespace {

class FlatSnapshot final : public DenseSnapshot {
 public:
  explicit FlatSnapshot(std::shared_ptr<const RowView> rows)
      : rows_(std::move(rows)) {}
  std::size_t size() const override { return rows_->live(); }
  bool exact() const override { return true; }
  StatusOr<std::vector<std::vector<ScoredChunk>>> SearchMany(
      std::span<const std::span<const float>> queries,
      const DenseSearchOptions& options) const override {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<RowQuery> prepared,
                           rows_->Prepare(queries));
    return rows_->Scan(prepared, 0,
                       std::min<std::size_t>(options.limit, 10'000),
                       options.filter);
  }
  StatusOr<std::vector<std::vector<ScoredChunk>>> ScoreMany(
      std::span<const std::span<const float>> queries,
      std::span<const ChunkId> chunks) const override {
    return rows_->Score(queries, chunks);
  }
  std::vector<float> Vector(const ChunkId& chunk) const override {
    return rows_->Vector(chunk);
  }
  std::vector<float> BackgroundScores(std::span<const float> query,
                                      std::size_t count) const override {
    return rows_->BackgroundScores(query, count);
  }

 private:
  std::shared_ptr<const RowView> rows_;
};

class FlatIndex final : public DenseIndex {
 public:
  explicit FlatIndex(const DenseIndexOptions& options)
      : rows_(options.dimension) {}
  Status Add(const ChunkId& chunk, std::span<const float> vector) override {
    return rows_.Add(chunk, vector);
  }
  Status Remove(const ChunkId& chunk) override {
    rows_.Remove(chunk);
    return OkStatus();
  }
  StatusOr<std::shared_ptr<const DenseSnapshot>> Snapshot() override {
    if (rows_.rows() > kBlockRows && rows_.live() * 2 < rows_.rows()) {
      rows_.Compact();
    }
    return std::make_shared<FlatSnapshot>(rows_.View());
  }

 private:
  RowTable rows_;
};

}  // namespace

std::unique_ptr<DenseIndex> MakeFlatIndex(const DenseIndexOptions& options) {
  return std::make_unique<FlatIndex>(options);
}

}  // namespace cairn
