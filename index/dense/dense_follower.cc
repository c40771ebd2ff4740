#include <optional>
#include <utility>

#include "index/dense/dense_index.h"
#include "storage/records.h"

namespace cairn {
namespace {

VectorScan ScanOf(const StoreSnapshot& snapshot, const CollectionKey& key,
                  std::optional<DocumentKey> document) {
  return [&snapshot, key, document](const VectorVisit& visit) {
    return ScanVectors(snapshot, key, document, visit);
  };
}

}  // namespace

Status AddAll(const VectorScan& scan, DenseIndex& index) {
  Status added;
  CAIRN_RETURN_IF_ERROR(
      scan([&](const ChunkId& chunk, std::span<const float> vector) {
        if (added.ok()) added = index.Add(chunk, vector);
      }));
  return added;
}

Status DenseIndex::Fill(const VectorScan& scan) { return AddAll(scan, *this); }

DenseFollower::DenseFollower(const CollectionKey& collection,
                             const DenseIndexOptions& options)
    : collection_(collection),
      options_(options),
      index_(MakeDenseIndex(options)) {}

Status DenseFollower::Rebuild(const StoreSnapshot& snapshot) {
  auto fresh = MakeDenseIndex(options_);
  CAIRN_RETURN_IF_ERROR(
      fresh->Fill(ScanOf(snapshot, collection_, std::nullopt)));
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
  return AddAll(ScanOf(snapshot, collection_, change.document), *index_);
}

Status DenseFollower::Finish(Sequence reached) {
  CAIRN_ASSIGN_OR_RETURN(snapshot_, index_->Snapshot());
  applied_ = reached;
  return OkStatus();
}

}  // namespace cairn
