// GraphContribution: what one document adds to the entity graph, and the exact
// inverse.
//
// Place: ingestion calls AddToGraph / RemoveFromGraph inside the document's
// commit. All aggregates (entity counts, type votes, surfaces, name strengths)
// are sums of contributions; what is zero is absent, so removal leaves no trace.
// Names of the collection: the dictionary is every defined name (titles,
// headings, table keys, aliases) of every live document. A chunk mentions a
// dictionary name where the leftmost-longest match of all dictionary names over
// its folded tokens finds it and the name's anchor (its longest token, the
// first of equals) is capitalised or a digit run in the text. When a commit
// makes a name appear or vanish, the chunks that hold its anchor are matched
// again in the same commit: the result never depends on the order of arrival,
// and the cost follows the change, not the collection.
// Families: kEntities, kNames, kMentions, kRelations, kAdjacency.
// Layout: docs/formats/graph.md.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/chunk.h"
#include "domain/document.h"
#include "domain/entity.h"
#include "domain/ids.h"
#include "storage/store.h"

namespace cairn {

// A name a document gives, already resolved to an entity.
struct NameDefinition {
  std::string surface;
  std::string normalized;  // NormalizeName(surface); not empty.
  EntityId entity;         // Fingerprint64 of the canonical normalised name.
  MentionKind kind = MentionKind::kTitle;
  EntityType type = EntityType::kUnknown;
  float strength = 1;
  std::uint32_t chunk = 0;
};

struct GraphMention {
  std::uint32_t chunk = 0;
  ByteSpan span;
  std::string surface;
  std::string normalized;
  MentionKind kind = MentionKind::kCapitalized;
  EntityType type = EntityType::kUnknown;
  float confidence = 1;
};

// Folded tokens of a chunk's text; graph/ cannot fold by itself (text/ is
// below it, so it may, but the caller has them already).
struct GraphContribution {
  CollectionKey collection;
  DocumentKey document;
  std::string document_id;
  std::string title;
  std::string_view text;           // Canonical; must outlive the call.
  std::span<const Chunk> chunks;   // Must outlive the call.
  std::vector<NameDefinition> names;
  std::vector<GraphMention> mentions;  // By chunk, then span.
};

EntityId EntityIdOf(std::string_view normalized_name);

// The document must not be in the graph yet.
Status AddToGraph(Transaction& transaction,
                  const GraphContribution& contribution);
// OK when the document is not in the graph.
Status RemoveFromGraph(Transaction& transaction,
                       const CollectionKey& collection, DocumentKey document);
// RemoveFromGraph of the document, then AddToGraph, as one change (a
// transaction does not read its own writes, so a replacement must be one call).
Status ReplaceInGraph(Transaction& transaction,
                      const GraphContribution& contribution);

}  // namespace cairn
