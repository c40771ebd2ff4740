// Keys of the records of storage/. The page is docs/formats/storage.md.
#pragma once

#include <string>
#include <string_view>

#include "base/status.h"
#include "domain/ids.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

// Collection 0 of a tenant holds what belongs to the tenant; the last tenant
// number holds what belongs to the whole store.
inline constexpr CollectionId kTenantScope{0};
inline constexpr CollectionKey kStoreScope{TenantId{0xffffffff}, kTenantScope};

// Kinds of keys of kMeta behind the 8-byte prefix.
enum class MetaKind : char {
  kCollection = 'C',         // Tenant scope, + name.
  kCollectionCounter = 'N',  // Tenant scope.
  kStats = 'S',              // Of a collection.
  kFormat = 'V',             // Store scope.
  kTenant = 'T',             // Store scope, + name.
  kTenantCounter = 'M',      // Store scope.
  kApiKey = 'K',             // Store scope, + id.
};
std::string MetaKey(const CollectionKey& scope, MetaKind kind,
                    std::string_view name = {});

// Parts of a document in kText.
enum class TextPart : char { kText = 't', kStructure = 's', kOriginal = 'o' };
std::string TextKey(const CollectionKey& collection, DocumentKey document,
                    TextPart part);
std::string VersionKey(const CollectionKey& collection, DocumentKey document,
                       std::string_view version);
// Slot 0 is the chunk itself; others are free for finer vectors.
std::string VectorKey(const CollectionKey& collection, const ChunkId& chunk);
std::string ChangeKey(Sequence sequence);
// The number of the last commit; in kChanges, beside the changes.
std::string LastSequenceKey();
std::string JobKey(TenantId tenant, std::string_view id);

// Of a key of kChunks, kTerms or kVectors.
ChunkId ChunkOfKey(std::string_view key);
DocumentKey DocumentOfKey(std::string_view key);

}  // namespace cairn
