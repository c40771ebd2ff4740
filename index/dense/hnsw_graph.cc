#include "index/dense/hnsw_graph.h"

#include <faiss/IndexHNSW.h>
#include <faiss/impl/DistanceComputer.h>
#include <omp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>

#include "base/half.h"
#include "index/dense/kernels.h"

namespace cairn {
namespace {

constexpr std::size_t kBatchNodes = 512;

// "Distances" are negated scores: the graph wants smaller to be nearer.
class RowDistance final : public faiss::DistanceComputer {
 public:
  RowDistance(const RowView& rows, const RowGroups& groups)
      : rows_(rows), groups_(groups) {}
  void set_query(const float* x) override {
    // Rows were checked when they were added.
    query_ = rows_.Prepare({x, rows_.dimension()}).value();
  }
  float operator()(std::int64_t node) override {
    return -rows_.Approximate(query_, Row(node));
  }
  float symmetric_dis(std::int64_t i, std::int64_t j) override {
    const std::size_t a = Row(i), b = Row(j);
    const std::int32_t dot =
        DotCodes(rows_.codes(a), rows_.codes(b), rows_.stride());
    return -static_cast<float>(dot) * (rows_.scale(a) * rows_.scale(b));
  }

 private:
  std::size_t Row(std::int64_t node) const {
    return groups_.first(static_cast<std::size_t>(node));
  }

  const RowView& rows_;
  const RowGroups& groups_;
  RowQuery query_;
};

// What faiss::IndexHNSW sees: the nodes. Their rows are there already; adding
// only counts. Declared L2 so that no FAISS negates our distances again.
class RowStorage final : public faiss::Index {
 public:
  RowStorage(const RowView& rows, const RowGroups& groups)
      : faiss::Index(static_cast<int>(rows.dimension())),
        rows_(rows),
        groups_(groups) {}
  void add(std::int64_t n, const float*) override { ntotal += n; }
  void reset() override { ntotal = 0; }
  void search(std::int64_t n, const float*, std::int64_t k, float*,
              std::int64_t* labels,
              const faiss::SearchParameters*) const override {
    std::fill(labels, labels + n * k, -1);  // RowView::Scan is the search.
  }
  faiss::DistanceComputer* get_distance_computer() const override {
    return new RowDistance(rows_, groups_);  // FAISS deletes it.
  }

 private:
  const RowView& rows_;
  const RowGroups& groups_;
};

// More threads would race for links, and no two builds be the same.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  const int before_;
};

// The nodes from index.ntotal to `end`.
void AddNodes(const RowView& rows, const RowGroups& groups, std::size_t end,
              faiss::IndexHNSW& index) {
  const auto from = static_cast<std::size_t>(index.ntotal);
  const std::size_t count = end - from;
  std::vector<float> values(count * rows.dimension());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t* halves = rows.halves(groups.first(from + i));
    std::transform(
        halves, halves + rows.dimension(),
        values.begin() + static_cast<std::ptrdiff_t>(i * rows.dimension()),
        FromHalf);
  }
  index.add(static_cast<std::int64_t>(count), values.data());
}

// Marks of one walk; a thread uses the same memory for all its walks.
class Visited {
 public:
  void Start(std::size_t rows) {
    if (++round_ == 0 || marks_.size() < rows) {
      marks_.assign(std::max(rows, marks_.size()), 0);
      round_ = 1;
    }
  }
  // False when it was marked before.
  bool Mark(std::size_t row) {
    if (marks_[row] == round_) return false;
    marks_[row] = round_;
    return true;
  }

 private:
  std::vector<std::uint8_t> marks_;
  std::uint8_t round_ = 0;
};

struct Node {
  float score = 0;
  std::int32_t number = 0;
};
bool Nearer(const Node& a, const Node& b) {
  return a.score != b.score ? a.score > b.score : a.number < b.number;
}
bool Farther(const Node& a, const Node& b) { return Nearer(b, a); }

struct Found {
  float score = 0;
  std::size_t order = 0;  // Of equals the first found is kept.
  std::size_t row = 0;
};
bool Better(const Found& a, const Found& b) {
  return a.score != b.score ? a.score > b.score : a.order < b.order;
}

// One walk from the entry point down and around the lowest level.
class Walker {
 public:
  Walker(const faiss::HNSW& links, const RowGroups& groups, const RowView& rows,
         const RowQuery& query, const HnswGraph::WalkOptions& options,
         Visited& visited)
      : links_(links),
        groups_(groups),
        rows_(rows),
        query_(query),
        options_(options),
        visited_(visited) {}

  // False: gave up.
  bool Run() {
    const auto work_max = static_cast<std::size_t>(
        options_.work_max * static_cast<double>(groups_.rows()));
    const auto entry = static_cast<std::size_t>(links_.entry_point);
    Node nearest{.score = rows_.Approximate(query_, groups_.first(entry)),
                 .number = links_.entry_point};
    for (int level = links_.max_level; level > 0; --level) {
      while (Descend(level, nearest)) {
      }
    }
    visited_.Mark(static_cast<std::size_t>(nearest.number));
    Meet(nearest);
    while (!open_.empty()) {
      std::pop_heap(open_.begin(), open_.end(), Farther);
      const Node node = open_.back();
      open_.pop_back();
      if (full() && node.score < best_.front().score) return true;
      if (work_ > work_max) return false;
      Gather(node.number, 0, /*unseen=*/true);
      for (const Node& n : scored_) Meet(n);
    }
    return full();
  }

  std::vector<std::size_t> Rows() const {
    std::vector<std::size_t> rows;
    for (const Found& f : best_) rows.push_back(f.row);
    return rows;
  }

 private:
  bool full() const { return best_.size() == options_.ef; }

  // To the nearest neighbour, if it is nearer.
  bool Descend(int level, Node& nearest) {
    Gather(nearest.number, level, /*unseen=*/false);
    const auto it = std::min_element(scored_.begin(), scored_.end(), Nearer);
    if (it == scored_.end() || !Nearer(*it, nearest)) return false;
    nearest = *it;
    return true;
  }

  // Scores the neighbours of a node.
  void Gather(std::int32_t node, int level, bool unseen) {
    std::size_t begin = 0, end = 0;
    links_.neighbor_range(node, level, &begin, &end);
    scored_.clear();
    codes_.clear();
    for (std::size_t i = begin; i < end; ++i) {
      const std::int32_t to = links_.neighbors[i];
      if (to < 0) break;
      const auto at = static_cast<std::size_t>(to);
      if (unseen && !visited_.Mark(at)) continue;
      scored_.push_back({.number = to});
      codes_.push_back(rows_.codes(groups_.first(at)));
    }
    dots_.resize(codes_.size());
    DotRowsAt(query_.codes.data(), codes_.data(), rows_.stride(), codes_.size(),
              dots_.data());
    for (std::size_t i = 0; i < scored_.size(); ++i) {
      const std::size_t row =
          groups_.first(static_cast<std::size_t>(scored_[i].number));
      scored_[i].score =
          static_cast<float>(dots_[i]) * (query_.scale * rows_.scale(row));
    }
    work_ += scored_.size();
  }

  // Every node is a way on; only wanted rows are results.
  void Meet(const Node& node) {
    if (full() && node.score <= best_.front().score) return;
    open_.push_back(node);
    std::push_heap(open_.begin(), open_.end(), Farther);
    for (const std::uint32_t row :
         groups_.members(static_cast<std::size_t>(node.number))) {
      if (full() && node.score <= best_.front().score) return;
      if (Wanted(row)) Keep(node.score, row);
    }
  }

  bool Wanted(std::size_t row) const {
    if (rows_.dead(row)) return false;
    const ChunkFilter* filter = options_.filter;
    return filter == nullptr || !*filter || (*filter)(rows_.chunk(row));
  }

  void Keep(float score, std::size_t row) {
    best_.push_back({.score = score, .order = found_++, .row = row});
    std::push_heap(best_.begin(), best_.end(), Better);
    if (best_.size() > options_.ef) {
      std::pop_heap(best_.begin(), best_.end(), Better);
      best_.pop_back();
    }
  }

  const faiss::HNSW& links_;
  const RowGroups& groups_;
  const RowView& rows_;
  const RowQuery& query_;
  const HnswGraph::WalkOptions& options_;
  Visited& visited_;
  std::vector<Node> open_;   // Heap, nearest in front.
  std::vector<Found> best_;  // Heap, worst in front.
  std::vector<Node> scored_;
  std::vector<const std::int8_t*> codes_;
  std::vector<std::int32_t> dots_;
  std::size_t work_ = 0, found_ = 0;
};

}  // namespace

HnswGraph::HnswGraph(faiss::HNSW links, RowGroups groups, std::size_t missing)
    : links_(std::move(links)), groups_(std::move(groups)), missing_(missing) {}

StatusOr<std::shared_ptr<const HnswGraph>> HnswGraph::Build(
    const std::shared_ptr<const RowView>& rows, const HnswGraph* base,
    const DenseIndexOptions& options, const std::atomic<bool>& cancelled) {
  try {
    const OneThread one_thread;
    RowGroups groups = base != nullptr ? base->groups_ : RowGroups();
    const std::size_t known = groups.nodes();
    groups.Extend(*rows);
    RowStorage storage(*rows, groups);
    faiss::IndexHNSW index(&storage, static_cast<int>(options.hnsw_links));
    if (base != nullptr) index.hnsw = base->links_;
    index.ntotal = storage.ntotal = static_cast<std::int64_t>(known);
    index.hnsw.efConstruction = static_cast<int>(options.hnsw_build_width);
    for (std::size_t node = known; node < groups.nodes();) {
      if (cancelled) return CancelledError("graph build cancelled");
      node = std::min(node + kBatchNodes, groups.nodes());
      AddNodes(*rows, groups, node, index);
    }
    return std::shared_ptr<const HnswGraph>(
        new HnswGraph(std::move(index.hnsw), std::move(groups),
                      base != nullptr ? base->missing_ : 0));
  } catch (const std::exception& e) {
    return InternalError(std::string("building the vector graph: ") + e.what(),
                         "FAISS_ERROR");
  }
}

std::optional<std::vector<std::size_t>> HnswGraph::Walk(
    const RowView& rows, const RowQuery& query,
    const WalkOptions& options) const {
  if (groups_.nodes() == 0 || options.ef == 0) return std::nullopt;
  thread_local Visited visited;
  visited.Start(groups_.nodes());
  Walker walker(links_, groups_, rows, query, options, visited);
  if (!walker.Run()) return std::nullopt;
  return walker.Rows();
}

}  // namespace cairn
