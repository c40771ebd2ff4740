#include "services/query/collection_view.h"

namespace cairn {
namespace {

DenseIndexOptions WithPlace(DenseIndexOptions options, const Store& store,
                            const CollectionRecord& collection) {
  options.dimension = collection.dimension;
  options.graph_file = store.DerivedFolder(collection.key) + "/dense.graph";
  options.make_graph_folder = [&store, key = collection.key] {
    return store.MakeDerivedFolder(key).ok();
  };
  return options;
}

}  // namespace

bool ReadState::Serves(const Needs& needs) const {
  return store != nullptr && (!needs.dense || dense != nullptr) &&
         (!needs.lexical || lexical != nullptr) &&
         (!needs.graph || graph != nullptr) &&
         (!needs.catalog || catalog != nullptr);
}

CollectionView::CollectionView(const Store& store,
                               const CollectionRecord& collection,
                               const DenseIndexOptions& dense)
    : store_(store),
      collection_(collection.key),
      dense_options_(WithPlace(dense, store, collection)) {}

ReadState CollectionView::Published() const {
  const std::lock_guard lock(publishing_);
  return published_;
}

StatusOr<ReadState> CollectionView::Acquire(const Needs& needs,
                                            Sequence at_least,
                                            const Deadline& deadline) {
  ReadState ready = Published();
  if (ready.Serves(needs) &&
      ready.store->sequence() == store_.Pin()->sequence()) {
    return ready;
  }
  std::unique_lock building(building_, std::try_to_lock);
  if (!building.owns_lock()) {
    if (ready.Serves(needs) && ready.store->sequence() >= at_least) {
      return ready;
    }
    building.lock();
  }
  return Build(needs, at_least, deadline);
}

template <typename F, typename Make>
Status CollectionView::Bring(std::unique_ptr<F>& follower,
                             const StoreSnapshot& snapshot, const Make& make) {
  if (follower == nullptr) follower = make();
  const Status status = CatchUp(*follower, collection_, snapshot);
  if (!status.ok()) {
    const std::string name(follower->name());
    follower.reset();
    return Annotate(status, "bringing the " + name + " index up to date");
  }
  return OkStatus();
}

StatusOr<ReadState> CollectionView::Build(const Needs& needs, Sequence at_least,
                                          const Deadline& deadline) {
  ReadState state = Published();
  std::shared_ptr<const StoreSnapshot> pin = store_.Pin();
  if (pin->sequence() < at_least) {
    CAIRN_ASSIGN_OR_RETURN(pin, store_.PinAtLeast(at_least, deadline));
  }
  if (state.store == nullptr || state.store->sequence() != pin->sequence()) {
    state = ReadState();
    state.collection = collection_;
    state.store = pin;
  }
  if (needs.lexical && state.lexical == nullptr) {
    CAIRN_RETURN_IF_ERROR(Bring(lexical_, *state.store, [&] {
      return std::make_unique<LexicalFollower>(collection_,
                                               LexicalIndexOptions{});
    }));
    state.lexical = lexical_->snapshot();
  }
  if (needs.dense && state.dense == nullptr) {
    CAIRN_RETURN_IF_ERROR(Bring(dense_, *state.store, [&] {
      return std::make_unique<DenseFollower>(collection_, dense_options_);
    }));
    state.dense = dense_->snapshot();
    CAIRN_RETURN_IF_ERROR(Bring(sentences_, *state.store, [&] {
      return std::make_unique<SentenceFollower>(
          collection_,
          SentenceIndexOptions{.dimension = dense_options_.dimension});
    }));
    state.sentences = sentences_->snapshot();
  }
  if (needs.graph && state.graph == nullptr) {
    CAIRN_RETURN_IF_ERROR(Bring(graph_, *state.store, [&] {
      return std::make_unique<GraphFollower>(collection_);
    }));
    state.graph = graph_->view();
  }
  if (needs.catalog && state.catalog == nullptr) {
    CAIRN_ASSIGN_OR_RETURN(state.catalog,
                           Catalog::Read(*state.store, collection_));
  }
  const std::lock_guard lock(publishing_);
  published_ = state;
  return state;
}

std::shared_ptr<CollectionView> ViewCache::Open(
    const CollectionRecord& collection) {
  const std::lock_guard lock(mutex_);
  if (const auto found = views_.find(collection.key); found != views_.end()) {
    recent_.splice(recent_.begin(), recent_, found->second);
    return found->second->second;
  }
  recent_.emplace_front(collection.key,
                        std::make_shared<CollectionView>(store_, collection));
  views_[collection.key] = recent_.begin();
  while (recent_.size() > views_max_) {
    views_.erase(recent_.back().first);
    recent_.pop_back();
  }
  return recent_.front().second;
}

std::size_t ViewCache::size() const {
  const std::lock_guard lock(mutex_);
  return recent_.size();
}

}  // namespace cairn
