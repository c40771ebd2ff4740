// Ids of Cairn's nouns.
//
// Ids of documents, chunks and entities are derived from content (names), not
// counted, so that the same documents give the same ids in any order of
// arrival: that is what makes build(A+B) - B equal build(A).
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

#include "base/strong_id.h"

namespace cairn {

// The isolation border. Tenant 0 is `local`, used when authentication is off.
using TenantId = StrongId<struct TenantIdTag, std::uint32_t>;
// Counted up per tenant, never reused.
using CollectionId = StrongId<struct CollectionIdTag, std::uint32_t>;
// Fingerprint64 of the document id text.
using DocumentKey = StrongId<struct DocumentKeyTag>;
// Fingerprint64 of the normalised name.
using EntityId = StrongId<struct EntityIdTag>;
// The number of a commit; 0 is the empty database.
using Sequence = StrongId<struct SequenceTag>;

// First part of every stored key.
struct CollectionKey {
  TenantId tenant;
  CollectionId collection;
  friend auto operator<=>(const CollectionKey&, const CollectionKey&) = default;
};

struct ChunkId {
  DocumentKey document;
  std::uint32_t ordinal = 0;  // In reading order, from 0.
  friend auto operator<=>(const ChunkId&, const ChunkId&) = default;
};

}  // namespace cairn

template <>
struct std::hash<cairn::ChunkId> {
  std::size_t operator()(const cairn::ChunkId& id) const noexcept {
    return static_cast<std::size_t>(id.document.value() ^
                                    (id.ordinal * 0x9e3779b97f4a7c15ULL));
  }
};

template <>
struct std::hash<cairn::CollectionKey> {
  std::size_t operator()(const cairn::CollectionKey& key) const noexcept {
    return (static_cast<std::size_t>(key.tenant.value()) << 32) |
           key.collection.value();
  }
};
