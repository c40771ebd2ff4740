// HnswGraph: FAISS's navigable small-world links over the first rows of a
// RowTable. Built by faiss::IndexHNSW over a storage of ours (int8 codes and
// our kernels, no second copy of the vectors), walked by us, because a walk
// must ask tombstones and filters inside.
//
// Life cycle: immutable once built; a larger graph is made from a copy of the
// links of a smaller one, so that growth costs only the new rows. It holds no
// rows: a walk gets them, numbered as at the build.
// Nodes: rows with the same vector are one node (RowGroups).
// Determinism: built by one thread; the same rows in the same batches give the
// same graph, and a walk breaks ties by row.
// Threads: Walk from any number of threads.
// Errors: INTERNAL with FAISS's words; CANCELLED.
#pragma once

#include <faiss/impl/HNSW.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "index/dense/dense_index.h"
#include "index/dense/kept_graph.h"
#include "index/dense/row_groups.h"
#include "index/dense/rows.h"

namespace cairn {

class HnswGraph {
 public:
  // Over all rows of `rows`, dead ones too; `base`, if given, is a graph over
  // the first of them. `cancelled` is looked at every few hundred rows.
  static StatusOr<std::shared_ptr<const HnswGraph>> Build(
      const std::shared_ptr<const RowView>& rows, const HnswGraph* base,
      const DenseIndexOptions& options, const std::atomic<bool>& cancelled);

  // Over all rows of `rows`, each of which has a node in `kept`; nodes without
  // a row leave, and what they linked is linked past them. nullptr: too many
  // leave or have left before, or the rows do not fit.
  static std::shared_ptr<const HnswGraph> Restore(
      const KeptGraph& kept, const RowView& rows,
      const DenseIndexOptions& options);
  // What Restore takes; nodes without a live row in `rows` are not named in it.
  // Empty: these are too many, or there are too many links.
  std::string Pack(const RowView& rows, const DenseIndexOptions& options) const;

  std::size_t rows() const { return groups_.rows(); }
  // Nodes that left the graph since it was built.
  std::size_t missing() const { return missing_; }

  struct WalkOptions {
    std::size_t ef = 128;
    const ChunkFilter* filter = nullptr;
    // Distances to compute before giving up, as a share of the rows: beyond it
    // an exact scan is cheaper.
    double work_max = 0.25;
  };
  // Up to `ef` live rows that pass the filter, the nearest by int8 score, in no
  // order. nullopt: the work was too much, or fewer than `ef` were found
  // although there may be more.
  std::optional<std::vector<std::size_t>> Walk(
      const RowView& rows, const RowQuery& query,
      const WalkOptions& options) const;

 private:
  HnswGraph(faiss::HNSW links, RowGroups groups, std::size_t missing);

  faiss::HNSW links_;
  RowGroups groups_;
  std::size_t missing_ = 0;
};

}  // namespace cairn
