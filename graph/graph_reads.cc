#include "graph/graph_reads.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/coding.h"
#include "graph/contribution.h"
#include "text/words.h"

namespace cairn::graph_reads {
namespace {

constexpr std::size_t kTitledMax = 1000;
constexpr std::size_t kAliasesMax = 100;
constexpr float kThousand = 1000;

Status NoSuchEntity(EntityId entity) {
  return NotFoundError(
      "entity " + ToHex64(entity.value()) + " is not in the graph",
      "ENTITY_NOT_FOUND");
}

// Most frequent first, then by text.
std::vector<std::pair<std::string, std::int64_t>> Ranked(
    const graph_layout::Counts& counts) {
  std::vector<std::pair<std::string, std::int64_t>> ranked(counts.begin(),
                                                           counts.end());
  std::stable_sort(
      ranked.begin(), ranked.end(),
      [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

EntityType MostVoted(const graph_layout::EntityRecord& record) {
  EntityType best = EntityType::kUnknown;
  std::int64_t votes = 0;
  for (const auto& [type, count] : record.types) {
    if (count > votes) {
      best = static_cast<EntityType>(type);
      votes = count;
    }
  }
  return best;
}

void NameEntity(const graph_layout::EntityRecord& record, Entity& entity) {
  for (auto& [surface, count] : Ranked(record.surfaces)) {
    if (entity.normalized_name.empty()) {
      std::string normalized = NormalizeName(surface);
      if (EntityIdOf(normalized) == entity.id) {
        entity.normalized_name = std::move(normalized);
        // Its own name goes before a short form that is more frequent.
        if (!entity.name.empty()) {
          entity.aliases.insert(entity.aliases.begin(), entity.name);
        }
        entity.name = surface;
        continue;
      }
    }
    if (entity.name.empty()) {
      entity.name = surface;
    } else if (entity.aliases.size() < kAliasesMax) {
      entity.aliases.push_back(surface);
    }
  }
  // Only other forms of the name were ever written.
  if (entity.normalized_name.empty()) {
    entity.normalized_name = NormalizeName(entity.name);
  }
}

}  // namespace

std::vector<EntityId> ChunkContent::Entities() const {
  std::vector<EntityId> entities = own.defined;
  for (const auto& mention : own.mentions) {
    if (!IsOfPart(mention.kind)) entities.push_back(mention.entity);
  }
  for (const auto& link : links) entities.push_back(link.entity);
  std::sort(entities.begin(), entities.end());
  entities.erase(std::unique(entities.begin(), entities.end()), entities.end());
  return entities;
}

std::vector<Mention> ChunkContent::Mentions() const {
  std::vector<Mention> mentions;
  for (const auto& mention : own.mentions) {
    mentions.push_back(
        {.entity = mention.entity,
         .span = mention.span,
         .kind = mention.kind,
         .type = mention.type,
         .confidence = static_cast<float>(mention.confidence) / kThousand});
  }
  for (const auto& link : links) {
    mentions.push_back({.entity = link.entity,
                        .span = link.span,
                        .kind = MentionKind::kName,
                        .type = EntityType::kUnknown});
  }
  std::sort(mentions.begin(), mentions.end(),
            [](const Mention& a, const Mention& b) {
              return std::tuple(a.span, a.entity, a.kind) <
                     std::tuple(b.span, b.entity, b.kind);
            });
  return mentions;
}

StatusOr<std::vector<Posting>> LoadPostings(const StoreReader& reader,
                                            const CollectionKey& collection,
                                            EntityId entity) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::optional<std::string> packed,
      reader.Get(Family::kAdjacency,
                 graph_layout::EntityPostingsKey(collection, entity)));
  if (!packed) return std::vector<Posting>();
  return DecodePostings(*packed);
}

StatusOr<std::vector<ChunkContent>> LoadChunks(
    const StoreReader& reader, const CollectionKey& collection,
    const std::vector<ChunkId>& chunks) {
  std::vector<std::string> keys;
  keys.reserve(chunks.size() * 2);
  for (const ChunkId& chunk : chunks) {
    for (const auto part : {graph_layout::ChunkPart::kMentions,
                            graph_layout::ChunkPart::kLinks}) {
      keys.push_back(graph_layout::MentionsChunkKey(collection, chunk, part));
    }
  }
  CAIRN_ASSIGN_OR_RETURN(const auto values,
                         reader.MultiGet(Family::kMentions, keys));
  std::vector<ChunkContent> contents(chunks.size());
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    if (const auto& own = values[2 * i]) {
      CAIRN_ASSIGN_OR_RETURN(contents[i].own,
                             graph_layout::DecodeChunkMentions(*own));
    }
    if (const auto& links = values[2 * i + 1]) {
      CAIRN_ASSIGN_OR_RETURN(contents[i].links,
                             graph_layout::DecodeLinks(*links));
    }
  }
  return contents;
}

StatusOr<Entity> LoadEntity(const StoreReader& reader,
                            const CollectionKey& collection, EntityId entity) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::optional<std::string> bytes,
      reader.Get(Family::kEntities,
                 graph_layout::EntityKey(collection, entity)));
  if (!bytes) return NoSuchEntity(entity);
  CAIRN_ASSIGN_OR_RETURN(const auto record, graph_layout::DecodeEntity(*bytes));
  return MakeEntity(reader, collection, entity, record);
}

StatusOr<std::vector<DocumentKey>> LoadTitled(const StoreReader& reader,
                                              const CollectionKey& collection,
                                              EntityId entity,
                                              std::size_t limit) {
  std::vector<DocumentKey> titled;
  Status parsed;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kRelations, graph_layout::TitlePrefix(collection, entity), {},
      [&](std::string_view key, std::string_view) {
        const auto title = graph_layout::ParseTitleKey(key);
        parsed = title.status();
        if (!parsed.ok()) return false;
        titled.push_back(title->second);
        return titled.size() < limit;
      }));
  CAIRN_RETURN_IF_ERROR(parsed);
  return titled;
}

StatusOr<std::optional<graph_layout::DocumentInfo>> LoadInfo(
    const StoreReader& reader, const CollectionKey& collection,
    DocumentKey document) {
  std::optional<graph_layout::DocumentInfo> info;
  CAIRN_ASSIGN_OR_RETURN(
      const std::optional<std::string> bytes,
      reader.Get(Family::kRelations,
                 graph_layout::RelationDocumentKey(collection, document)));
  if (bytes) {
    CAIRN_ASSIGN_OR_RETURN(info, graph_layout::DecodeDocumentInfo(*bytes));
  }
  return info;
}

StatusOr<Entity> MakeEntity(const StoreReader& reader,
                            const CollectionKey& collection, EntityId id,
                            const graph_layout::EntityRecord& record) {
  Entity entity;
  entity.id = id;
  entity.type = MostVoted(record);
  entity.mentions = static_cast<std::uint64_t>(record.mentions);
  entity.chunks = static_cast<std::uint64_t>(record.chunks);
  NameEntity(record, entity);
  // Documents are counted, not stored: their number would have to change with
  // links of other chunks of the same document.
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Posting> postings,
                         LoadPostings(reader, collection, id));
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (i == 0 ||
        postings[i].chunk.document != postings[i - 1].chunk.document) {
      ++entity.documents;
    }
  }
  CAIRN_ASSIGN_OR_RETURN(const std::vector<DocumentKey> titled,
                         LoadTitled(reader, collection, id, kTitledMax));
  for (const DocumentKey document : titled) {
    CAIRN_ASSIGN_OR_RETURN(const auto info,
                           LoadInfo(reader, collection, document));
    if (info) entity.titled_documents.push_back(info->id);
  }
  return entity;
}

}  // namespace cairn::graph_reads
