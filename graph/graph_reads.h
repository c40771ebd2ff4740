// Reads that EntityReader and its path search share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "domain/entity.h"
#include "domain/ids.h"
#include "graph/layout.h"
#include "storage/store.h"

namespace cairn::graph_reads {

struct ChunkContent {
  graph_layout::ChunkMentions own;
  std::vector<graph_layout::Link> links;

  // Sorted, each once.
  std::vector<EntityId> Entities() const;
  // By span.
  std::vector<Mention> Mentions() const;
};

// Chunks that hold the entity, by id; empty when there are none.
StatusOr<std::vector<Posting>> LoadPostings(const StoreReader& reader,
                                            const CollectionKey& collection,
                                            EntityId entity);
StatusOr<std::vector<ChunkContent>> LoadChunks(
    const StoreReader& reader, const CollectionKey& collection,
    const std::vector<ChunkId>& chunks);
// NOT_FOUND when the entity is not in the graph.
StatusOr<Entity> LoadEntity(const StoreReader& reader,
                            const CollectionKey& collection, EntityId entity);
// Documents whose title the entity is, by key, at most `limit`.
StatusOr<std::vector<DocumentKey>> LoadTitled(const StoreReader& reader,
                                              const CollectionKey& collection,
                                              EntityId entity,
                                              std::size_t limit);
// nullopt when the document is not in the graph.
StatusOr<std::optional<graph_layout::DocumentInfo>> LoadInfo(
    const StoreReader& reader, const CollectionKey& collection,
    DocumentKey document);
// Makes the entity of its record and what belongs to it.
StatusOr<Entity> MakeEntity(const StoreReader& reader,
                            const CollectionKey& collection, EntityId entity,
                            const graph_layout::EntityRecord& record);

}  // namespace cairn::graph_reads
