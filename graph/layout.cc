#include "graph/layout.h"

#include <algorithm>
#include <cmath>

#include "base/coding.h"
#include "base/hash.h"

namespace cairn::graph_layout {
namespace {

constexpr std::size_t kCollectionBytes = 8;
constexpr std::size_t kDocumentBytes = 16;
constexpr std::size_t kChunkPartBytes = 21;
constexpr std::size_t kSubPrefixBytes = 9;
constexpr std::uint32_t kThousandthsMax = 1'000'000;

Status Damaged(std::string_view what) {
  return DataLossError(std::string("a record of the graph is damaged (") +
                           std::string(what) + "); run verify",
                       "GRAPH_RECORD_DAMAGED");
}

// `value` when the decoder ended well and nothing is left over.
template <typename T>
StatusOr<T> Finished(const Decoder& decoder, T value, std::string_view what) {
  if (!decoder.done()) return Damaged(what);
  return value;
}

std::string Key(const CollectionKey& collection, char family) {
  std::string key = CollectionOnly(collection);
  key.push_back(family);
  return key;
}

std::string Key(const CollectionKey& collection, char family,
                std::uint64_t id) {
  std::string key = Key(collection, family);
  AppendBigEndian64(key, id);
  return key;
}

// The id behind the first `skip` bytes, which must end the key.
StatusOr<std::uint64_t> IdAt(std::string_view key, std::size_t skip,
                             std::string_view what) {
  if (key.size() != skip + 8) return Damaged(what);
  return Decoder(key.substr(skip)).BigEndian64();
}

void AppendCounts(std::string& out, const Counts& counts) {
  AppendVarint(out, counts.size());
  for (const auto& [text, count] : counts) {
    AppendString(out, text);
    AppendSignedVarint(out, count);
  }
}

Counts ReadCounts(Decoder& decoder) {
  Counts counts;
  for (std::size_t n = decoder.Count(2); n > 0 && decoder.ok(); --n) {
    const std::string_view text = decoder.String();
    counts.emplace_hint(counts.end(), text, decoder.SignedVarint());
  }
  return counts;
}

void AppendSpan(std::string& out, const ByteSpan& span,
                std::uint32_t& last_begin) {
  AppendSignedVarint(out, static_cast<std::int64_t>(span.begin) - last_begin);
  AppendVarint(out, span.end - span.begin);
  last_begin = span.begin;
}

ByteSpan ReadSpan(Decoder& decoder, std::uint32_t& last_begin) {
  ByteSpan span;
  span.begin = static_cast<std::uint32_t>(last_begin + decoder.SignedVarint());
  span.end = static_cast<std::uint32_t>(span.begin + decoder.Varint());
  last_begin = span.begin;
  return span;
}

}  // namespace

// ---- Keys ------------------------------------------------------------------

std::string CollectionOnly(const CollectionKey& collection) {
  std::string key;
  AppendBigEndian32(key, collection.tenant.value());
  AppendBigEndian32(key, collection.collection.value());
  return key;
}

std::string MentionsDocumentKey(const CollectionKey& collection,
                                DocumentKey document) {
  std::string key = CollectionOnly(collection);
  AppendBigEndian64(key, document.value());
  return key;
}

std::string MentionsChunkKey(const CollectionKey& collection,
                             const ChunkId& chunk, ChunkPart part) {
  std::string key = MentionsDocumentKey(collection, chunk.document);
  AppendBigEndian32(key, chunk.ordinal);
  key.push_back(static_cast<char>(part));
  return key;
}

StatusOr<std::optional<ChunkPartKey>> ParseMentionsKey(std::string_view key) {
  if (key.size() == kDocumentBytes) return std::optional<ChunkPartKey>();
  if (key.size() != kChunkPartBytes) return Damaged("key of a mention record");
  ChunkPartKey parsed;
  parsed.ordinal = Decoder(key.substr(kDocumentBytes)).BigEndian32();
  parsed.part = static_cast<ChunkPart>(key.back());
  return std::optional<ChunkPartKey>(parsed);
}

std::string NamesDigestKey(const CollectionKey& collection) {
  return Key(collection, '\0');
}

std::string NamesBegin(const CollectionKey& collection) {
  return Key(collection, '\1');
}

std::string NameKey(const CollectionKey& collection,
                    std::string_view normalized, EntityId entity) {
  std::string key = CollectionOnly(collection);
  key += normalized;
  key.push_back('\0');
  AppendBigEndian64(key, entity.value());
  return key;
}

StatusOr<ParsedNameKey> ParseNameKey(std::string_view key) {
  // At least one byte of name, the zero, the entity.
  if (key.size() < kCollectionBytes + 1 + 1 + 8)
    return Damaged("key of a name");
  const std::size_t zero = key.size() - 9;
  if (key[zero] != '\0') return Damaged("key of a name");
  return ParsedNameKey{
      .normalized = key.substr(kCollectionBytes, zero - kCollectionBytes),
      .entity = EntityId(Decoder(key.substr(zero + 1)).BigEndian64())};
}

std::string EntityKey(const CollectionKey& collection, EntityId entity) {
  std::string key = CollectionOnly(collection);
  AppendBigEndian64(key, entity.value());
  return key;
}

StatusOr<EntityId> ParseEntityKey(std::string_view key) {
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t id,
                         IdAt(key, kCollectionBytes, "key of an entity"));
  return EntityId(id);
}

std::string EntityPostingsPrefix(const CollectionKey& collection) {
  return Key(collection, 'E');
}

std::string EntityPostingsKey(const CollectionKey& collection,
                              EntityId entity) {
  return Key(collection, 'E', entity.value());
}

StatusOr<EntityId> ParseEntityPostingsKey(std::string_view key) {
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t id,
                         IdAt(key, kSubPrefixBytes, "key of a posting list"));
  return EntityId(id);
}

std::string AnchorPostingsPrefix(const CollectionKey& collection) {
  return Key(collection, 'A');
}

std::string AnchorPostingsKey(const CollectionKey& collection,
                              std::string_view token) {
  return AnchorPostingsPrefix(collection).append(token);
}

StatusOr<std::string_view> ParseAnchorPostingsKey(std::string_view key) {
  if (key.size() <= kSubPrefixBytes) {
    return DataLossError("the key of a token's postings is too short");
  }
  return key.substr(kSubPrefixBytes);
}

std::string RelationDocumentPrefix(const CollectionKey& collection) {
  return Key(collection, 'D');
}

std::string RelationDocumentKey(const CollectionKey& collection,
                                DocumentKey document) {
  return Key(collection, 'D', document.value());
}

StatusOr<DocumentKey> ParseRelationDocumentKey(std::string_view key) {
  CAIRN_ASSIGN_OR_RETURN(const std::uint64_t id,
                         IdAt(key, kSubPrefixBytes, "key of a document"));
  return DocumentKey(id);
}

std::string TitlePrefix(const CollectionKey& collection) {
  return Key(collection, 'T');
}

std::string TitlePrefix(const CollectionKey& collection, EntityId entity) {
  return Key(collection, 'T', entity.value());
}

std::string TitleKey(const CollectionKey& collection, EntityId entity,
                     DocumentKey document) {
  std::string key = TitlePrefix(collection, entity);
  AppendBigEndian64(key, document.value());
  return key;
}

StatusOr<std::pair<EntityId, DocumentKey>> ParseTitleKey(std::string_view key) {
  if (key.size() != kSubPrefixBytes + 16) return Damaged("key of a title");
  Decoder decoder(key.substr(kSubPrefixBytes));
  const EntityId entity(decoder.BigEndian64());
  return std::pair(entity, DocumentKey(decoder.BigEndian64()));
}

// ---- Records ---------------------------------------------------------------

std::uint32_t Thousandths(float value) {
  if (!(value > 0)) return 0;  // Not-a-number too.
  const double scaled = std::min<double>(double{value} * 1000, kThousandthsMax);
  return static_cast<std::uint32_t>(std::lround(scaled));
}

std::string Encode(const DocumentInfo& info) {
  std::string out;
  AppendString(out, info.id);
  AppendVarint(out, info.chunks);
  return out;
}

StatusOr<DocumentInfo> DecodeDocumentInfo(std::string_view bytes) {
  Decoder decoder(bytes);
  DocumentInfo info;
  info.id = decoder.String();
  info.chunks = static_cast<std::uint32_t>(decoder.Varint());
  return Finished(decoder, std::move(info), "document");
}

std::string Encode(const std::vector<Definition>& definitions) {
  std::string out;
  AppendVarint(out, definitions.size());
  for (const Definition& name : definitions) {
    AppendString(out, name.surface);
    AppendString(out, name.normalized);
    AppendBigEndian64(out, name.entity.value());
    out.push_back(static_cast<char>(name.kind));
    out.push_back(static_cast<char>(name.type));
    AppendVarint(out, name.strength);
    AppendVarint(out, name.chunk);
  }
  return out;
}

StatusOr<std::vector<Definition>> DecodeDefinitions(std::string_view bytes) {
  Decoder decoder(bytes);
  std::vector<Definition> definitions(decoder.Count(14));
  for (Definition& name : definitions) {
    name.surface = decoder.String();
    name.normalized = decoder.String();
    name.entity = EntityId(decoder.BigEndian64());
    name.kind = static_cast<MentionKind>(decoder.Varint());
    name.type = static_cast<EntityType>(decoder.Varint());
    name.strength = static_cast<std::uint32_t>(decoder.Varint());
    name.chunk = static_cast<std::uint32_t>(decoder.Varint());
  }
  return Finished(decoder, std::move(definitions), "names of a document");
}

std::string Encode(const ChunkMentions& chunk) {
  std::string out;
  AppendVarint(out, chunk.defined.size());
  for (const EntityId entity : chunk.defined) {
    AppendBigEndian64(out, entity.value());
  }
  AppendVarint(out, chunk.mentions.size());
  std::uint32_t last = 0;
  for (const OwnMention& mention : chunk.mentions) {
    AppendSpan(out, mention.span, last);
    AppendBigEndian64(out, mention.entity.value());
    out.push_back(static_cast<char>(mention.kind));
    out.push_back(static_cast<char>(mention.type));
    AppendVarint(out, mention.confidence);
    AppendString(out, mention.surface);
  }
  return out;
}

StatusOr<ChunkMentions> DecodeChunkMentions(std::string_view bytes) {
  Decoder decoder(bytes);
  ChunkMentions chunk;
  chunk.defined.resize(decoder.Count(8));
  for (EntityId& entity : chunk.defined) {
    entity = EntityId(decoder.BigEndian64());
  }
  chunk.mentions.resize(decoder.Count(14));
  std::uint32_t last = 0;
  for (OwnMention& mention : chunk.mentions) {
    mention.span = ReadSpan(decoder, last);
    mention.entity = EntityId(decoder.BigEndian64());
    mention.kind = static_cast<MentionKind>(decoder.Varint());
    mention.type = static_cast<EntityType>(decoder.Varint());
    mention.confidence = static_cast<std::uint32_t>(decoder.Varint());
    mention.surface = decoder.String();
  }
  return Finished(decoder, std::move(chunk), "mentions of a chunk");
}

std::string Encode(const std::vector<Link>& links) {
  std::string out;
  AppendVarint(out, links.size());
  std::uint32_t last = 0;
  for (const Link& link : links) {
    AppendSpan(out, link.span, last);
    AppendBigEndian64(out, link.entity.value());
  }
  return out;
}

StatusOr<std::vector<Link>> DecodeLinks(std::string_view bytes) {
  Decoder decoder(bytes);
  std::vector<Link> links(decoder.Count(10));
  std::uint32_t last = 0;
  for (Link& link : links) {
    link.span = ReadSpan(decoder, last);
    link.entity = EntityId(decoder.BigEndian64());
  }
  return Finished(decoder, std::move(links), "links of a chunk");
}

std::string Encode(const std::vector<TextToken>& tokens) {
  std::string out;
  out.reserve(tokens.size() * 8 + 2);
  AppendVarint(out, tokens.size());
  std::uint32_t last_end = 0;
  for (const TextToken& token : tokens) {
    const bool same_size = token.span.size() == token.term.size();
    // Gap, then two flags; most tokens are folded to their own size.
    AppendVarint(out, std::uint64_t{token.span.begin - last_end} << 2 |
                          (same_size ? 2U : 0U) | (token.marked ? 1U : 0U));
    if (!same_size) AppendVarint(out, token.span.size());
    AppendString(out, token.term);
    last_end = token.span.end;
  }
  return out;
}

StatusOr<std::vector<TextToken>> DecodeTokens(std::string_view bytes) {
  Decoder decoder(bytes);
  std::vector<TextToken> tokens(decoder.Count(3));
  std::uint32_t last_end = 0;
  for (TextToken& token : tokens) {
    const std::uint64_t head = decoder.Varint();
    std::uint64_t size = (head & 2) != 0 ? 0 : decoder.Varint();
    token.term = decoder.String();
    if ((head & 2) != 0) size = token.term.size();
    token.marked = (head & 1) != 0;
    token.span.begin = last_end + static_cast<std::uint32_t>(head >> 2);
    token.span.end = token.span.begin + static_cast<std::uint32_t>(size);
    last_end = token.span.end;
  }
  return Finished(decoder, std::move(tokens), "tokens of a chunk");
}

std::string Encode(const NameRecord& record) {
  std::string out;
  AppendVarint(out, record.counts.size());
  for (const auto& [what, count] : record.counts) {
    out.push_back(static_cast<char>(what.first));
    AppendVarint(out, what.second);
    AppendSignedVarint(out, count);
  }
  AppendCounts(out, record.surfaces);
  return out;
}

StatusOr<NameRecord> DecodeName(std::string_view bytes) {
  Decoder decoder(bytes);
  NameRecord record;
  for (std::size_t n = decoder.Count(3); n > 0 && decoder.ok(); --n) {
    const auto kind = static_cast<std::uint8_t>(decoder.Varint());
    const auto strength = static_cast<std::uint32_t>(decoder.Varint());
    record.counts[{kind, strength}] = decoder.SignedVarint();
  }
  record.surfaces = ReadCounts(decoder);
  return Finished(decoder, std::move(record), "name");
}

void NamesDigest::Add(std::string_view key, std::string_view value) {
  std::string both(key);
  AppendString(both, value);
  ++records;
  sum += Fingerprint64(both);
}

void NamesDigest::Remove(std::string_view key, std::string_view value) {
  std::string both(key);
  AppendString(both, value);
  --records;
  sum -= Fingerprint64(both);
}

std::string Encode(const NamesDigest& digest) {
  std::string out;
  AppendVarint(out, digest.records);
  AppendBigEndian64(out, digest.sum);
  return out;
}

StatusOr<NamesDigest> DecodeDigest(std::string_view bytes) {
  Decoder decoder(bytes);
  NamesDigest digest;
  digest.records = decoder.Varint();
  digest.sum = decoder.BigEndian64();
  return Finished(decoder, digest, "digest of the names");
}

std::string Encode(const EntityRecord& record) {
  std::string out;
  AppendSignedVarint(out, record.mentions);
  AppendSignedVarint(out, record.chunks);
  AppendVarint(out, record.types.size());
  for (const auto& [type, votes] : record.types) {
    out.push_back(static_cast<char>(type));
    AppendSignedVarint(out, votes);
  }
  AppendCounts(out, record.surfaces);
  return out;
}

StatusOr<EntityRecord> DecodeEntity(std::string_view bytes) {
  Decoder decoder(bytes);
  EntityRecord record;
  record.mentions = decoder.SignedVarint();
  record.chunks = decoder.SignedVarint();
  for (std::size_t n = decoder.Count(2); n > 0 && decoder.ok(); --n) {
    const auto type = static_cast<std::uint8_t>(decoder.Varint());
    record.types[type] = decoder.SignedVarint();
  }
  record.surfaces = ReadCounts(decoder);
  return Finished(decoder, std::move(record), "entity");
}

}  // namespace cairn::graph_layout
