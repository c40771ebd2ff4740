// Catalog: what filters ask about documents and chunks, read once a state.
//
// Place: CollectionView makes one when a query filters by metadata or asks for
// tables only. Cost: one pass over the document records, and over the chunks
// of the documents that have tables.
// Threads: immutable.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/status.h"
#include "domain/search.h"
#include "index/scored_chunk.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

class Catalog {
 public:
  static StatusOr<std::shared_ptr<const Catalog>> Read(
      const StoreReader& reader, const CollectionKey& collection);

  // True when the document has every entry of `wanted`.
  bool Matches(DocumentKey document, const Metadata& wanted) const;
  bool IsTable(const ChunkId& chunk) const { return tables_.contains(chunk); }

 private:
  std::unordered_map<std::uint64_t, Metadata> metadata_;  // Not empty ones.
  std::unordered_set<ChunkId> tables_;
};

// The filter of a request for use inside the indexes; null when everything
// qualifies. `catalog` may be null when neither metadata nor tables are asked.
ChunkFilter MakeChunkFilter(const SearchFilter& filter, bool tables_only,
                            std::shared_ptr<const Catalog> catalog);

}  // namespace cairn
