// HnswIndex: a graph over the first rows, an exact scan over the rest.
//
// The graph grows when the rest is too long. In the background, if so asked:
// snapshots scan exactly until it is ready, the older ones of the same rows
// included, so that a collection at rest gets its graph without a new commit.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "index/dense/dense_index.h"
#include "index/dense/hnsw_graph.h"
#include "index/dense/rows.h"

namespace cairn {
namespace {

constexpr std::size_t kLimitMax = 10'000;

// Where a build leaves its graph. One for each numbering of rows: compaction
// starts another.
class GraphSlot {
 public:
  std::shared_ptr<const HnswGraph> Get() const {
    const std::lock_guard lock(mutex_);
    return graph_;
  }
  void Set(std::shared_ptr<const HnswGraph> graph) {
    const std::lock_guard lock(mutex_);
    graph_ = std::move(graph);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const HnswGraph> graph_;
};

class HnswSnapshot final : public DenseSnapshot {
 public:
  HnswSnapshot(std::shared_ptr<const RowView> rows,
               std::shared_ptr<const GraphSlot> slot, std::size_t links)
      : rows_(std::move(rows)),
        slot_(std::move(slot)),
        graph_(slot_->Get()),
        links_(links) {}

  std::size_t size() const override { return rows_->live(); }
  bool exact() const override { return Graph() == nullptr; }

  StatusOr<std::vector<std::vector<ScoredChunk>>> SearchMany(
      std::span<const std::span<const float>> queries,
      const DenseSearchOptions& options) const override {
    CAIRN_ASSIGN_OR_RETURN(const std::vector<RowQuery> prepared,
                           rows_->Prepare(queries));
    const std::size_t limit = std::min(options.limit, kLimitMax);
    const std::size_t ef = std::max(options.ef, limit);
    const auto graph = Graph();
    if (limit == 0 || !graph || ScanIsCheaper(*graph, ef, options.filter)) {
      return rows_->Scan(prepared, 0, limit, options.filter);
    }
    auto hits = rows_->Scan(prepared, graph->rows(), limit, options.filter);
    for (std::size_t i = 0; i < prepared.size(); ++i) {
      AddWalked(*graph, prepared[i], ef, options.filter, hits[i]);
      KeepBest(limit, hits[i]);
    }
    return hits;
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
  // The newest graph that knows no row after this snapshot.
  std::shared_ptr<const HnswGraph> Graph() const {
    auto newest = slot_->Get();
    return newest && newest->rows() <= rows_->rows() ? newest : graph_;
  }

  // The rows of the graph, by a walk or, where that would cost more, a scan.
  void AddWalked(const HnswGraph& graph, const RowQuery& query, std::size_t ef,
                 const ChunkFilter& filter,
                 std::vector<ScoredChunk>& hits) const {
    const auto found = graph.Walk(*rows_, query, {.ef = ef, .filter = &filter});
    if (!found) {
      hits = rows_->Scan(std::span(&query, 1), 0, ef, filter).front();
      return;
    }
    for (const std::size_t row : *found) {
      hits.push_back(
          {.chunk = rows_->chunk(row), .score = rows_->Exact(query, row)});
    }
  }

  // A walk meets about `links` new rows for each of `ef` results, more when
  // few rows qualify, and a row met by chance costs as much as several in a
  // row of a scan.
  bool ScanIsCheaper(const HnswGraph& graph, std::size_t ef,
                     const ChunkFilter& filter) const {
    constexpr std::size_t kSample = 256;
    constexpr double kWalkCost = 4;
    const std::size_t rows = graph.rows();
    std::size_t wanted = 0;
    for (std::size_t i = 0; i < kSample; ++i) {
      const std::size_t row = i * rows / kSample;
      if (rows_->dead(row)) continue;
      wanted += !filter || filter(rows_->chunk(row)) ? 1 : 0;
    }
    const double share = static_cast<double>(wanted) / kSample;
    return static_cast<double>(rows) * share <
           kWalkCost * static_cast<double>(links_ * ef);
  }

  const std::shared_ptr<const RowView> rows_;
  const std::shared_ptr<const GraphSlot> slot_;
  const std::shared_ptr<const HnswGraph> graph_;  // At the snapshot.
  const std::size_t links_;
};

class HnswIndex final : public DenseIndex {
 public:
  // No graph up to `exact_vectors_max` vectors.
  HnswIndex(const DenseIndexOptions& options, std::size_t exact_vectors_max)
      : options_(options),
        exact_vectors_max_(exact_vectors_max),
        rows_(options.dimension),
        slot_(std::make_shared<GraphSlot>()) {}
  ~HnswIndex() override { StopBuild(); }

  Status Add(const ChunkId& chunk, std::span<const float> vector) override {
    return rows_.Add(chunk, vector);
  }
  Status Remove(const ChunkId& chunk) override {
    rows_.Remove(chunk);
    return OkStatus();
  }
  StatusOr<std::shared_ptr<const DenseSnapshot>> Snapshot() override {
    if (rows_.rows() > kBlockRows && rows_.live() * 2 < rows_.rows()) {
      StopBuild();
      rows_.Compact();
      slot_ = std::make_shared<GraphSlot>();
      tried_rows_ = 0;
    }
    const auto rows = rows_.View();
    CAIRN_RETURN_IF_ERROR(Grow(rows));
    return std::make_shared<HnswSnapshot>(rows, slot_, options_.hnsw_links);
  }

 private:
  Status Grow(const std::shared_ptr<const RowView>& rows) {
    const std::size_t tail_max =
        std::max(options_.hnsw_tail_max, rows->rows() / 5);
    if (rows->live() <= exact_vectors_max_) return OkStatus();
    if (rows->rows() - tried_rows_ <= tail_max) return OkStatus();
    if (!options_.hnsw_in_background) {
      tried_rows_ = rows->rows();
      return Build(rows, slot_->Get(), slot_.get());
    }
    if (build_.valid()) {
      if (build_.wait_for(std::chrono::seconds(0)) !=
          std::future_status::ready) {
        return OkStatus();
      }
      // A failed build is tried again when the tail has grown.
      (void)build_.get();
    }
    tried_rows_ = rows->rows();
    build_ = std::async(std::launch::async,
                        [this, rows, base = slot_->Get(), slot = slot_] {
                          return Build(rows, base, slot.get());
                        });
    return OkStatus();
  }

  Status Build(const std::shared_ptr<const RowView>& rows,
               const std::shared_ptr<const HnswGraph>& base,
               GraphSlot* slot) const {
    CAIRN_ASSIGN_OR_RETURN(auto graph,
                           HnswGraph::Build(rows, base.get(), options_, stop_));
    slot->Set(std::move(graph));
    return OkStatus();
  }

  void StopBuild() {
    stop_ = true;
    if (build_.valid()) (void)build_.get();
    stop_ = false;
  }

  const DenseIndexOptions options_;
  const std::size_t exact_vectors_max_;
  RowTable rows_;
  std::shared_ptr<GraphSlot> slot_;
  std::size_t tried_rows_ = 0;  // At the last build.
  std::atomic<bool> stop_ = false;
  std::future<Status> build_;
};

}  // namespace

std::unique_ptr<DenseIndex> MakeHnswIndex(const DenseIndexOptions& options) {
  return std::make_unique<HnswIndex>(options, 0);
}

std::unique_ptr<DenseIndex> MakeDenseIndex(const DenseIndexOptions& options) {
  return std::make_unique<HnswIndex>(options, options.exact_vectors_max);
}

}  // namespace cairn
