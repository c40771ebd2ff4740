// GraphContribution: what one document adds to the entity graph, and the exact
// inverse.
//
// Place: ingestion calls GraphWriter inside the document's commit. All
// aggregates (entity counts, type votes, surfaces, name strengths) are sums of
// contributions; what is zero is absent, so removal leaves no trace:
// build(A + B) - B has the bytes of build(A), in whatever order they came.
// Names of the collection: the dictionary is every defined name (titles,
// headings, table keys, aliases) of every live document. A name occurs in a
// chunk where its folded tokens stand in a row and its anchor (its longest
// token that is no stop word, the first of equals) holds a capital or a digit
// in the text; a chunk mentions the leftmost-longest of all occurrences. When a
// commit makes a name appear, vanish or change its entity, the chunks that hold
// its anchor are matched again in the same commit: the result never depends on
// the order of arrival, and the cost follows the change, not the collection.
// Never linked: one token of fewer than three letters, stop words only, digits
// and dates only, tokens of more than 64 bytes.
// Families: kEntities, kNames, kMentions, kRelations, kAdjacency.
// Layout: docs/formats/graph.md.
#pragma once

#include <cstdint>
#include <memory>
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

// One document. Chunks have the ordinals 0, 1, ...; names and mentions point
// at them (a document without chunks may still have names, of chunk 0).
struct GraphContribution {
  CollectionKey collection;
  DocumentKey document;
  std::string document_id;
  std::string title;
  std::string_view text;          // Canonical; must outlive the call.
  std::span<const Chunk> chunks;  // Must outlive the call.
  std::vector<NameDefinition> names;
  std::vector<GraphMention> mentions;  // In any order.
};

EntityId EntityIdOf(std::string_view normalized_name);

// GraphWriter: writes contributions into commits.
//
// Life cycle: one for a store, kept as long as it: it remembers the dictionary
// of each collection it writes to (read from the store at the first call, a few
// hundred bytes a name). What it remembers is compared with a digest in the
// store at each call, so a commit that failed after the call, or another
// writer, cannot leave it wrong.
// Use: EXACTLY ONE call a transaction, for a transaction does not read its own
// writes.
// Threads: safe; calls wait for each other.
// Errors: INVALID_ARGUMENT for a contribution that breaks the rules above;
// DATA_LOSS for a record that does not decode. After an error the transaction
// must be dropped.
class GraphWriter {
 public:
  GraphWriter();
  ~GraphWriter();
  GraphWriter(const GraphWriter&) = delete;
  GraphWriter& operator=(const GraphWriter&) = delete;

  // ALREADY_EXISTS when the document is in the graph.
  Status Add(Transaction& transaction, const GraphContribution& contribution);
  // Takes the place of what the document contributed, if anything.
  Status Replace(Transaction& transaction,
                 const GraphContribution& contribution);
  // OK when the document is not in the graph.
  Status Remove(Transaction& transaction, const CollectionKey& collection,
                DocumentKey document);

 private:
  class Dictionaries;
  const std::unique_ptr<Dictionaries> dictionaries_;
};

}  // namespace cairn
