// GraphDelta: the sum of everything one commit changes in the graph.
//
// Place: GraphWriter adds up differences of chunks and definitions here, then
// writes every touched record once (a transaction does not read its own
// writes, so nothing may be written twice).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/ids.h"
#include "graph/document_state.h"
#include "graph/layout.h"
#include "storage/store.h"

namespace cairn {

// One record of kNames that changes.
struct NameUpdate {
  std::string normalized;
  EntityId entity;
  std::optional<std::string> before = {}, after = {};  // Encoded.
  graph_layout::NameRecord record = {};                // Afterwards.
};

class GraphDelta {
 public:
  explicit GraphDelta(const CollectionKey& collection)
      : collection_(collection) {}

  // Names and their surfaces and type votes. `sign` is 1 or -1.
  void AddDefinitions(const std::vector<graph_layout::Definition>& definitions,
                      int sign);
  // `before` or `after` may be null: no such chunk. Tokens and own mentions
  // count only when `whole`; a chunk that is matched again changes its links.
  void ChangeChunk(const ChunkId& chunk, const ChunkState* before,
                   const ChunkState* after, bool whole);

  // Reads the records of the changed names. Call after all definitions.
  StatusOr<std::vector<NameUpdate>> ResolveNames(
      const StoreReader& before) const;
  // Entities and postings.
  Status Write(Transaction& transaction) const;

 private:
  struct EntityChange {
    graph_layout::EntityRecord sums;  // Differences; zeros are absent.
    std::vector<Posting> postings;    // By chunk.
  };
  using NameKeyParts = std::pair<std::string, EntityId>;

  void AddSurface(EntityId entity, EntityType type, const std::string& surface,
                  int sign);
  void ChangeTallies(const ChunkId& chunk, const ChunkState* before,
                     const ChunkState* after);
  void ChangeAnchors(const ChunkId& chunk, const ChunkState* before,
                     const ChunkState* after);
  Status WriteEntities(Transaction& transaction) const;
  Status WriteAnchors(Transaction& transaction) const;

  const CollectionKey collection_;
  std::map<NameKeyParts, graph_layout::NameRecord> names_;  // Differences.
  std::map<EntityId, EntityChange> entities_;
  std::map<std::string, std::vector<Posting>> anchors_;
};

}  // namespace cairn
