// DocumentState: what one document holds in the graph, before or after a
// commit.
//
// Place: GraphWriter makes one from a contribution and one from the store; the
// difference of the two is what a commit writes.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "domain/ids.h"
#include "graph/contribution.h"
#include "graph/layout.h"
#include "graph/name_dictionary.h"
#include "storage/store.h"

namespace cairn {

struct ChunkState {
  graph_layout::ChunkMentions own;
  std::vector<graph_layout::Link> links;  // By span.
  std::vector<TextToken> tokens;
};

struct DocumentState {
  bool present = false;
  graph_layout::DocumentInfo info;
  std::vector<graph_layout::Definition> definitions;  // Sorted.
  std::vector<ChunkState> chunks;
};

// Without links: they need the dictionary that this state is part of.
// INVALID_ARGUMENT when the contribution breaks a rule of contribution.h.
StatusOr<DocumentState> MakeDocumentState(
    const GraphContribution& contribution);

// `present` is false when the document is not in the graph.
StatusOr<DocumentState> LoadDocumentState(const StoreReader& reader,
                                          const CollectionKey& collection,
                                          DocumentKey document);

// Names of the dictionary in a chunk. What the chunk says itself of the same
// entity at the same place is not said twice.
std::vector<graph_layout::Link> FindLinks(
    const NameDictionary& dictionary, const std::vector<TextToken>& tokens,
    const graph_layout::ChunkMentions& own);

}  // namespace cairn
