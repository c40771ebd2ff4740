#include <optional>
#include <utility>

#include "index/dense/sentence_index.h"
#include "storage/records.h"

namespace cairn {
namespace {

Status AddAll(const StoreSnapshot& snapshot, const CollectionKey& collection,
              std::optional<DocumentKey> document, SentenceIndex& index) {
  Status added;
  CAIRN_RETURN_IF_ERROR(ScanSentences(
      snapshot, collection, document,
      [&](const ChunkId& chunk, std::span<const SentenceVector> sentences) {
        if (added.ok()) added = index.Add(chunk, sentences);
      }));
  return added;
}

}  // namespace

SentenceFollower::SentenceFollower(const CollectionKey& collection,
                                   const SentenceIndexOptions& options)
    : collection_(collection),
      options_(options),
      index_(std::make_unique<SentenceIndex>(options)) {}

SentenceFollower::~SentenceFollower() = default;

Status SentenceFollower::Rebuild(const StoreSnapshot& snapshot) {
  auto fresh = std::make_unique<SentenceIndex>(options_);
  CAIRN_RETURN_IF_ERROR(AddAll(snapshot, collection_, std::nullopt, *fresh));
  index_ = std::move(fresh);
  return OkStatus();
}

Status SentenceFollower::Apply(const Change& change,
                               const StoreSnapshot& snapshot) {
  if (change.collection != collection_) return OkStatus();
  if (change.kind == ChangeKind::kCollectionCreated ||
      change.kind == ChangeKind::kCollectionDeleted) {
    return Rebuild(snapshot);
  }
  for (std::uint32_t i = 0; i < change.chunks_removed; ++i) {
    index_->Remove({change.document, i});
  }
  return AddAll(snapshot, collection_, change.document, *index_);
}

Status SentenceFollower::Finish(Sequence reached) {
  snapshot_ = index_->Snapshot();
  applied_ = reached;
  return OkStatus();
}

}  // namespace cairn
