// Layout: keys and records of the graph's families.
//
// Place: graph/ only. The page is docs/formats/graph.md; a change here is a
// change of the stored format.
// Numbers are integers everywhere (strengths and confidences in thousandths),
// lists are sorted: equal graphs have equal bytes.
// Errors: decoders answer DATA_LOSS with the kind of the record.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"
#include "domain/entity.h"
#include "domain/ids.h"
#include "graph/name_rules.h"

namespace cairn::graph_layout {

// ---- Keys ------------------------------------------------------------------
// Kinds of records below a chunk in kMentions.
enum class ChunkPart : char {
  kLinks = 'L',     // Found names of the dictionary.
  kMentions = 'M',  // The document's own mentions.
  kTokens = 'T',    // Folded tokens.
};
std::string CollectionOnly(const CollectionKey& collection);
std::string MentionsDocumentKey(const CollectionKey& collection,
                                DocumentKey document);
std::string MentionsChunkKey(const CollectionKey& collection,
                             const ChunkId& chunk, ChunkPart part);
// Of any key below a document: nullopt for the document's own record.
struct ChunkPartKey {
  std::uint32_t ordinal = 0;
  ChunkPart part = ChunkPart::kMentions;
};
StatusOr<std::optional<ChunkPartKey>> ParseMentionsKey(std::string_view key);

std::string NamesDigestKey(const CollectionKey& collection);
// Where the names start, behind the digest.
std::string NamesBegin(const CollectionKey& collection);
std::string NameKey(const CollectionKey& collection,
                    std::string_view normalized, EntityId entity);
struct ParsedNameKey {
  std::string_view normalized;
  EntityId entity;
};
StatusOr<ParsedNameKey> ParseNameKey(std::string_view key);

std::string EntityKey(const CollectionKey& collection, EntityId entity);
StatusOr<EntityId> ParseEntityKey(std::string_view key);

std::string EntityPostingsPrefix(const CollectionKey& collection);
std::string EntityPostingsKey(const CollectionKey& collection, EntityId entity);
StatusOr<EntityId> ParseEntityPostingsKey(std::string_view key);
std::string AnchorPostingsPrefix(const CollectionKey& collection);
std::string AnchorPostingsKey(const CollectionKey& collection,
                              std::string_view token);
// The token; points into the key.
StatusOr<std::string_view> ParseAnchorPostingsKey(std::string_view key);

std::string RelationDocumentPrefix(const CollectionKey& collection);
std::string RelationDocumentKey(const CollectionKey& collection,
                                DocumentKey document);
StatusOr<DocumentKey> ParseRelationDocumentKey(std::string_view key);
std::string TitlePrefix(const CollectionKey& collection);
std::string TitlePrefix(const CollectionKey& collection, EntityId entity);
std::string TitleKey(const CollectionKey& collection, EntityId entity,
                     DocumentKey document);
StatusOr<std::pair<EntityId, DocumentKey>> ParseTitleKey(std::string_view key);

// ---- Records ---------------------------------------------------------------
std::uint32_t Thousandths(float value);  // Clamped to 0..1'000'000.

// kRelations 'D': what readers need to know of a document.
struct DocumentInfo {
  std::string id;
  std::uint32_t chunks = 0;
};
std::string Encode(const DocumentInfo& info);
StatusOr<DocumentInfo> DecodeDocumentInfo(std::string_view bytes);

// kMentions, document: the names it defines.
struct Definition {
  std::string surface;
  std::string normalized;
  EntityId entity;
  MentionKind kind = MentionKind::kTitle;
  EntityType type = EntityType::kUnknown;
  std::uint32_t strength = 0;  // Thousandths.
  std::uint32_t chunk = 0;
  friend auto operator<=>(const Definition&, const Definition&) = default;
};
std::string Encode(const std::vector<Definition>& definitions);
StatusOr<std::vector<Definition>> DecodeDefinitions(std::string_view bytes);

// kMentions 'M': what the chunk says by itself.
struct OwnMention {
  ByteSpan span;
  EntityId entity;
  MentionKind kind = MentionKind::kCapitalized;
  EntityType type = EntityType::kUnknown;
  std::uint32_t confidence = 0;  // Thousandths.
  std::string surface;
  friend auto operator<=>(const OwnMention&, const OwnMention&) = default;
};
struct ChunkMentions {
  std::vector<OwnMention> mentions;
  std::vector<EntityId> defined;  // By names given in this chunk; sorted.
  bool empty() const { return mentions.empty() && defined.empty(); }
  friend bool operator==(const ChunkMentions&, const ChunkMentions&) = default;
};
std::string Encode(const ChunkMentions& chunk);
StatusOr<ChunkMentions> DecodeChunkMentions(std::string_view bytes);

// kMentions 'L'.
struct Link {
  ByteSpan span;
  EntityId entity;
  friend auto operator<=>(const Link&, const Link&) = default;
};
std::string Encode(const std::vector<Link>& links);
StatusOr<std::vector<Link>> DecodeLinks(std::string_view bytes);

// kMentions 'T'.
std::string Encode(const std::vector<TextToken>& tokens);
StatusOr<std::vector<TextToken>> DecodeTokens(std::string_view bytes);

using Counts = std::map<std::string, std::int64_t>;

// kNames.
struct NameRecord {
  // (kind, strength in thousandths) -> definitions.
  std::map<std::pair<std::uint8_t, std::uint32_t>, std::int64_t> counts;
  Counts surfaces;
  bool empty() const { return counts.empty() && surfaces.empty(); }
};
std::string Encode(const NameRecord& record);
StatusOr<NameRecord> DecodeName(std::string_view bytes);

// kNames, digest: which names there are, whatever way they came.
struct NamesDigest {
  std::uint64_t records = 0;
  std::uint64_t sum = 0;  // Of the fingerprints of all records, modulo 2^64.
  void Add(std::string_view key, std::string_view value);
  void Remove(std::string_view key, std::string_view value);
  friend bool operator==(const NamesDigest&, const NamesDigest&) = default;
};
std::string Encode(const NamesDigest& digest);
StatusOr<NamesDigest> DecodeDigest(std::string_view bytes);

// kEntities.
struct EntityRecord {
  std::int64_t mentions = 0;
  std::int64_t chunks = 0;
  std::map<std::uint8_t, std::int64_t> types;  // EntityType -> votes.
  Counts surfaces;
  bool empty() const {
    return mentions == 0 && chunks == 0 && types.empty() && surfaces.empty();
  }
};
std::string Encode(const EntityRecord& record);
StatusOr<EntityRecord> DecodeEntity(std::string_view bytes);

// Adds, and forgets what becomes zero.
template <typename Map, typename Key>
void AddCount(Map& counts, const Key& key, std::int64_t change) {
  const auto found = counts.try_emplace(key, 0).first;
  found->second += change;
  if (found->second == 0) counts.erase(found);
}

}  // namespace cairn::graph_layout
