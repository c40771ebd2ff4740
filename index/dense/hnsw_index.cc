// HnswIndex: a graph over the first rows, an exact scan over the rest.
//
// The graph grows when the rest is too long. In the background, if so asked:
// snapshots scan exactly until it is ready, the older ones of the same rows
// included, so that a collection at rest gets its graph without a new commit.
// A graph that was built is kept in a file, and taken from there by Fill.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/half.h"
#include "index/dense/dense_index.h"
#include "index/dense/hnsw_graph.h"
#include "index/dense/kept_graph.h"
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
        slot_(std::make_shared<GraphSlot>()),
        file_(options.graph_file, options.make_graph_folder) {}
  ~HnswIndex() override { StopBuild(); }

  Status Fill(const VectorScan& scan) override {
    const auto kept = file_.Read(ShapeOf(options_));
    return kept ? FillAround(*kept, scan) : AddAll(scan, *this);
  }
  Status Add(const ChunkId& chunk, std::span<const float> vector) override {
    const std::uint64_t before = PrintOfChunk(chunk);
    CAIRN_RETURN_IF_ERROR(rows_.Add(chunk, vector));
    if (before != 0) removed_.insert(before);
    if (!removed_.empty()) removed_.erase(PrintOfChunk(chunk));
    return OkStatus();
  }
  Status Remove(const ChunkId& chunk) override {
    if (const auto print = PrintOfChunk(chunk)) removed_.insert(print);
    rows_.Remove(chunk);
    return OkStatus();
  }
  StatusOr<std::shared_ptr<const DenseSnapshot>> Snapshot() override {
    if (rows_.rows() > kBlockRows && rows_.live() * 2 < rows_.rows()) {
      StopBuild();
      rows_.Compact();
      slot_ = std::make_shared<GraphSlot>();
      tried_rows_ = 0;
      unwritten_ = false;
      file_.Remove();  // Most of its nodes are gone.
    }
    file_.Forget(removed_);
    removed_.clear();
    const auto rows = rows_.View();
    CAIRN_RETURN_IF_ERROR(Work(rows));
    return std::make_shared<HnswSnapshot>(rows, slot_, options_.hnsw_links);
  }

 private:
  // The rows that the kept graph knows come first, and it takes them over.
  Status FillAround(const KeptGraph& kept, const VectorScan& scan) {
    std::size_t left = 0;
    std::vector<std::uint16_t> halves;
    const auto known = [&](std::span<const float> vector) {
      halves.resize(vector.size());
      std::transform(vector.begin(), vector.end(), halves.begin(), ToHalf);
      return kept.Find(PrintOf(halves)).has_value();
    };
    const auto part = [&](bool wanted) -> VectorScan {
      return [&, wanted](const VectorVisit& visit) {
        return scan([&](const ChunkId& chunk, std::span<const float> vector) {
          if (known(vector) == wanted) return visit(chunk, vector);
          ++left;
        });
      };
    };
    CAIRN_RETURN_IF_ERROR(AddAll(part(true), *this));
    const auto rows = rows_.View();
    const auto graph = HnswGraph::Restore(kept, *rows, options_);
    if (left > 0) CAIRN_RETURN_IF_ERROR(AddAll(part(false), *this));
    if (graph == nullptr || rows_.live() <= exact_vectors_max_) {
      file_.Remove();
      return OkStatus();
    }
    slot_->Set(graph);
    tried_rows_ = rows->rows();
    unwritten_ = graph->missing() > kept.header().missing;
    return OkStatus();
  }

  // 0: there is none, or nobody asks.
  std::uint64_t PrintOfChunk(const ChunkId& chunk) const {
    if (!file_.wanted()) return 0;
    const auto halves = rows_.Halves(chunk);
    return halves.empty() ? 0 : PrintOf(halves);
  }

  bool MustGrow(const RowView& rows) const {
    const std::size_t tail_max =
        std::max(options_.hnsw_tail_max, rows.rows() / 5);
    return rows.live() > exact_vectors_max_ &&
           rows.rows() - tried_rows_ > tail_max;
  }

  // Starts what there is to do: a larger graph, or the file anew.
  Status Work(const std::shared_ptr<const RowView>& rows) {
    const bool grow = MustGrow(*rows);
    if ((!grow && !unwritten_) || Busy()) return OkStatus();
    if (grow) tried_rows_ = rows->rows();
    unwritten_ = false;
    file_.Begin();
    const auto work = [this, rows, grow, base = slot_->Get(), slot = slot_] {
      if (grow) return Build(rows, base, slot.get());
      Keep(*base, *rows);
      return OkStatus();
    };
    if (!options_.hnsw_in_background) return work();
    build_ = std::async(std::launch::async, work);
    return OkStatus();
  }

  bool Busy() {
    if (!build_.valid()) return false;
    if (build_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      return true;
    }
    // A failed build is tried again when the tail has grown.
    (void)build_.get();
    return false;
  }

  Status Build(const std::shared_ptr<const RowView>& rows,
               const std::shared_ptr<const HnswGraph>& base, GraphSlot* slot) {
    CAIRN_ASSIGN_OR_RETURN(auto graph,
                           HnswGraph::Build(rows, base.get(), options_, stop_));
    slot->Set(graph);
    Keep(*graph, *rows);
    return OkStatus();
  }

  // What fails here costs the next start a build, no more.
  void Keep(const HnswGraph& graph, const RowView& rows) {
    if (!file_.wanted()) return;
    try {
      const std::string bytes = graph.Pack(rows, options_);
      if (!bytes.empty()) {
        (void)file_.Write(bytes);
        return;
      }
    } catch (const std::bad_alloc&) {
    }
    file_.Remove();
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
  GraphFile file_;
  std::unordered_set<std::uint64_t> removed_;  // Prints, since the snapshot.
  std::size_t tried_rows_ = 0;                 // At the last build.
  bool unwritten_ = false;  // The file holds nodes that are gone.
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
