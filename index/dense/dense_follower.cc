#include <optional>
#include <utility>

#include "index/dense/dense_index.h"
#include "storage/records.h"

namespace cairn {
namespace {

Status AddAll(const StoreSnapshot& snapshot, const CollectionKey& collection,
              std::optional<DocumentKey> document, DenseIndex& index) {
  Status added;
  CAIRN_RETURN_IF_ERROR(
      ScanVectors(snapshot, collection, document,
                  [&](const ChunkId& chunk, std::span<const float> vector) {
                    if (added.ok()) added = index.Add(chunk, vector);
                  }));
  return added;
}

}  // namespace

DenseFollower::DenseFollower(const CollectionKey& collection,
                             const DenseIndexOptions& options)
    : collection_(collection),
      options_(options),
      index_(MakeDenseIndex(options)) {}

Status DenseFollower::Rebuild(const StoreSnapshot& snapshot) {
  auto fresh = MakeDenseIndex(options_);
  CAIRN_RETURN_IF_ERROR(AddAll(snapshot, collection_, std::nullopt, *fresh));
  index_ = std::move(fresh);
  return OkStatus();
}

Status DenseFollower::Apply(const Change& change,
                            const StoreSnapshot& snapshot) {
  if (change.collection != collection_) return OkStatus();
  if (change.kind == ChangeKind::kCollectionCreated ||
      change.kind == ChangeKind::kCollectionDeleted) {
    return Rebuild(snapshot);
  }
  for (std::uint32_t i = 0; i < change.chunks_removed; ++i) {
    CAIRN_RETURN_IF_ERROR(index_->Remove({change.document, i}));
  }
  return AddAll(snapshot, collection_, change.document, *index_);
}

Status DenseFollower::Finish(Sequence reached) {
  CAIRN_ASSIGN_OR_RETURN(snapshot_, index_->Snapshot());
  applied_ = reached;
  return OkStatus();
}

}  // namespace cairn
