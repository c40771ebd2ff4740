// EntityReader: look-ups in the stored entity graph.
//
// Place: the entity RPCs and the query analysis. Reads a pinned store state;
// what it serves does not need the in-memory view of graph_view.h.
// Threads: safe. Errors: NOT_FOUND with the name; DATA_LOSS.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/entity.h"
#include "domain/ids.h"
#include "storage/store.h"

namespace cairn {

enum class LookupMatch { kExact, kAlias, kPrefix, kFuzzy };
const char* NameOf(LookupMatch match);

struct EntityMatch {
  Entity entity;
  LookupMatch match = LookupMatch::kExact;
  double score = 0;  // 1 exact; less for prefix and fuzzy.
};

struct MentionRecord {
  ChunkId chunk;
  std::string document;  // Its id.
  Mention mention;
};

// How two entities are tied: chunks that mention both.
struct Neighbor {
  Entity entity;
  double weight = 0;  // Shared chunks, each weighted by 1 / its entity count.
  std::uint64_t shared_chunks = 0;
  std::string relation;           // "mentioned_with", "titled", ...
  std::vector<ChunkId> evidence;  // At most 5, best first.
};

struct PathStep {
  Entity entity;
  // Chunk that ties this entity to the one before; absent for the first.
  std::optional<ChunkId> evidence;
};

class EntityReader {
 public:
  EntityReader(const StoreReader& reader, const CollectionKey& collection)
      : reader_(reader), collection_(collection) {}

  // Exact name, then alias, then prefix, then fuzzy (edit distance 1 for names
  // of 5 letters, 2 from 9); stops at the first kind that finds anything, but
  // that aliases follow what is exact: "BLO" can be short for several. Exact
  // finds every entity; alias the defined names (titles, headings, table keys,
  // aliases); prefix and fuzzy those (fuzzy over at most 100,000 of them, the
  // ones with the same first letter first) and the mentions of at most 500
  // chunks that hold the words of `name`. Best score first, then most
  // mentioned.
  StatusOr<std::vector<EntityMatch>> Lookup(std::string_view name,
                                            std::size_t limit) const;
  StatusOr<Entity> Get(EntityId id) const;
  // By chunk id, from after `after`.
  StatusOr<std::vector<MentionRecord>> Mentions(EntityId id,
                                                std::optional<ChunkId> after,
                                                std::size_t limit) const;
  // Mentions of one chunk, by span.
  StatusOr<std::vector<Mention>> MentionsOfChunk(const ChunkId& chunk) const;
  // What the chunk mentions or names, by id, each once.
  StatusOr<std::vector<EntityId>> EntitiesOfChunk(const ChunkId& chunk) const;
  // Heaviest first; of an entity in very many chunks the first 2,000 count.
  StatusOr<std::vector<Neighbor>> Neighbors(EntityId id,
                                            std::size_t limit) const;
  // Shortest paths over shared chunks, best evidence first; at most
  // `length_max` steps between the ends. Empty: none. From == to: one path of
  // one step. Follows at most 200 chunks of an entity, 20,000 in all, so that a
  // path over a very common entity may be missed.
  StatusOr<std::vector<std::vector<PathStep>>> Paths(EntityId from, EntityId to,
                                                     std::size_t length_max,
                                                     std::size_t limit) const;
  // Every entity in id order, from after `after`.
  StatusOr<std::vector<Entity>> List(std::optional<EntityId> after,
                                     std::size_t limit) const;

 private:
  StatusOr<std::vector<EntityMatch>> WithNamesakes(
      Entity exact, const std::string& normalized, std::size_t limit) const;

  const StoreReader& reader_;
  const CollectionKey collection_;
};

}  // namespace cairn
