// CollectionView: the followers of one collection, brought to a pinned state.
//
// Place: QueryCore opens one a collection through ViewCache and asks it for a
// ReadState per query: a store snapshot and the derived structures at exactly
// that sequence. What a query does not need is neither built nor caught up, so
// a lexical search never waits for the dense index.
// Consistency: the pin is taken while the builder's lock is held, so that
// sequences never go back and no follower is ahead of the pin. While somebody
// builds, a query that asked for no newer commit takes the last state that was
// made instead of waiting.
// Kept: the graph of the vectors, `dense.graph` in the collection's derived
// folder, so that a start does not build it again.
// Threads: safe. A ReadState is immutable and outlives the view.
// Errors: those of the store and the followers; a follower that failed is
// thrown away and built again by the next query.
#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "base/clock.h"
#include "base/status.h"
#include "graph/graph_view.h"
#include "index/dense/dense_index.h"
#include "index/dense/sentence_index.h"
#include "index/lexical/lexical_index.h"
#include "services/query/catalog.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

struct Needs {
  bool dense = false;
  bool lexical = false;
  bool graph = false;
  bool catalog = false;
};

// One state; the members that were not needed may be null.
struct ReadState {
  CollectionKey collection;
  std::shared_ptr<const StoreSnapshot> store;
  std::shared_ptr<const DenseSnapshot> dense;
  // With dense; empty for a collection without sentence vectors.
  std::shared_ptr<const SentenceSnapshot> sentences;
  std::shared_ptr<const LexicalSnapshot> lexical;
  std::shared_ptr<const GraphView> graph;
  std::shared_ptr<const Catalog> catalog;

  bool Serves(const Needs& needs) const;
};

class CollectionView {
 public:
  // `dense`: all but the dimension and the place of the graph, which come from
  // the collection and the store.
  CollectionView(const Store& store, const CollectionRecord& collection,
                 const DenseIndexOptions& dense = {});

  StatusOr<ReadState> Acquire(const Needs& needs, Sequence at_least,
                              const Deadline& deadline);

 private:
  StatusOr<ReadState> Build(const Needs& needs, Sequence at_least,
                            const Deadline& deadline);
  template <typename F, typename Make>
  Status Bring(std::unique_ptr<F>& follower, const StoreSnapshot& snapshot,
               const Make& make);
  ReadState Published() const;

  const Store& store_;
  const CollectionKey collection_;
  const DenseIndexOptions dense_options_;

  std::mutex building_;
  // Guarded by building_.
  std::unique_ptr<DenseFollower> dense_;
  std::unique_ptr<SentenceFollower> sentences_;
  std::unique_ptr<LexicalFollower> lexical_;
  std::unique_ptr<GraphFollower> graph_;

  mutable std::mutex publishing_;
  ReadState published_;  // Guarded by publishing_.
};

// The views in use, at most `views_max`; the least recently used one goes.
class ViewCache {
 public:
  ViewCache(const Store& store, std::size_t views_max)
      : store_(store), views_max_(views_max) {}

  std::shared_ptr<CollectionView> Open(const CollectionRecord& collection);
  std::size_t size() const;

 private:
  using Entry = std::pair<CollectionKey, std::shared_ptr<CollectionView>>;

  const Store& store_;
  const std::size_t views_max_;
  mutable std::mutex mutex_;
  std::list<Entry> recent_;  // Most recent first; guarded by mutex_.
  std::unordered_map<CollectionKey, std::list<Entry>::iterator> views_;
};

}  // namespace cairn
