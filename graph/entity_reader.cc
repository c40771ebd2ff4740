#include "graph/entity_reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "graph/graph_reads.h"
#include "graph/layout.h"

namespace cairn {
namespace {

using graph_reads::ChunkContent;

constexpr std::size_t kNeighborChunksMax = 2000;
constexpr std::size_t kEvidenceMax = 5;
constexpr std::size_t kMentionBatch = 64;

// What a chunk gives to each pair of its entities.
double EvidenceWeight(std::size_t entities) {
  return 1.0 / static_cast<double>(std::max<std::size_t>(entities, 1));
}

struct Tie {
  double weight = 0;
  std::uint64_t chunks = 0;
  bool titled = false;
  std::vector<std::pair<double, ChunkId>> evidence;  // Minus weight, chunk.
};

void AddEvidence(Tie& tie, double weight, const ChunkId& chunk) {
  tie.weight += weight;
  ++tie.chunks;
  const std::pair entry(-weight, chunk);
  auto& kept = tie.evidence;
  kept.insert(std::upper_bound(kept.begin(), kept.end(), entry), entry);
  if (kept.size() > kEvidenceMax) kept.pop_back();
}

}  // namespace

StatusOr<Entity> EntityReader::Get(EntityId id) const {
  return graph_reads::LoadEntity(reader_, collection_, id);
}

StatusOr<std::vector<MentionRecord>> EntityReader::Mentions(
    EntityId id, std::optional<ChunkId> after, std::size_t limit) const {
  std::vector<MentionRecord> found;
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Posting> postings,
                         graph_reads::LoadPostings(reader_, collection_, id));
  std::map<DocumentKey, std::string> ids;
  auto next = std::partition_point(
      postings.begin(), postings.end(),
      [&](const Posting& p) { return after && p.chunk <= *after; });
  while (next != postings.end() && found.size() < limit) {
    std::vector<ChunkId> batch;
    for (; next != postings.end() && batch.size() < kMentionBatch; ++next) {
      batch.push_back(next->chunk);
    }
    CAIRN_ASSIGN_OR_RETURN(
        const std::vector<ChunkContent> contents,
        graph_reads::LoadChunks(reader_, collection_, batch));
    for (std::size_t i = 0; i < batch.size(); ++i) {
      const DocumentKey document = batch[i].document;
      if (!ids.contains(document)) {
        CAIRN_ASSIGN_OR_RETURN(
            const auto info,
            graph_reads::LoadInfo(reader_, collection_, document));
        ids[document] = info ? info->id : "";
      }
      for (const Mention& mention : contents[i].Mentions()) {
        if (mention.entity != id || found.size() == limit) continue;
        found.push_back(
            {.chunk = batch[i], .document = ids[document], .mention = mention});
      }
    }
  }
  return found;
}

StatusOr<std::vector<Mention>> EntityReader::MentionsOfChunk(
    const ChunkId& chunk) const {
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ChunkContent> contents,
      graph_reads::LoadChunks(reader_, collection_, {chunk}));
  return contents.front().Mentions();
}

StatusOr<std::vector<EntityId>> EntityReader::EntitiesOfChunk(
    const ChunkId& chunk) const {
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ChunkContent> contents,
      graph_reads::LoadChunks(reader_, collection_, {chunk}));
  return contents.front().Entities();
}

StatusOr<std::vector<Neighbor>> EntityReader::Neighbors(
    EntityId id, std::size_t limit) const {
  CAIRN_ASSIGN_OR_RETURN(std::vector<Posting> postings,
                         graph_reads::LoadPostings(reader_, collection_, id));
  postings.resize(std::min(postings.size(), kNeighborChunksMax));
  std::vector<ChunkId> chunks;
  for (const Posting& posting : postings) chunks.push_back(posting.chunk);
  CAIRN_ASSIGN_OR_RETURN(const std::vector<ChunkContent> contents,
                         graph_reads::LoadChunks(reader_, collection_, chunks));
  std::map<EntityId, Tie> ties;
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const std::vector<EntityId> entities = contents[i].Entities();
    for (const EntityId entity : entities) {
      if (entity == id) continue;
      AddEvidence(ties[entity], EvidenceWeight(entities.size()), chunks[i]);
    }
  }
  std::vector<std::pair<double, EntityId>> order;
  for (const auto& [entity, tie] : ties) order.push_back({-tie.weight, entity});
  std::sort(order.begin(), order.end());
  order.resize(std::min(order.size(), limit));
  // One of the two names the document that holds the evidence.
  constexpr std::size_t kTitlesMax = 1000;
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<DocumentKey> own_titles,
      graph_reads::LoadTitled(reader_, collection_, id, kTitlesMax));
  std::vector<Neighbor> neighbors;
  for (const auto& [weight, entity] : order) {
    Tie& tie = ties[entity];
    CAIRN_ASSIGN_OR_RETURN(
        const std::vector<DocumentKey> titles,
        graph_reads::LoadTitled(reader_, collection_, entity, kTitlesMax));
    Neighbor neighbor;
    CAIRN_ASSIGN_OR_RETURN(neighbor.entity, Get(entity));
    neighbor.weight = tie.weight;
    neighbor.shared_chunks = tie.chunks;
    for (const auto& [minus, chunk] : tie.evidence) {
      neighbor.evidence.push_back(chunk);
      for (const auto* keys : {&own_titles, &titles}) {
        tie.titled =
            tie.titled ||
            std::binary_search(keys->begin(), keys->end(), chunk.document);
      }
    }
    neighbor.relation = tie.titled ? "titled" : "mentioned_with";
    neighbors.push_back(std::move(neighbor));
  }
  return neighbors;
}

StatusOr<std::vector<Entity>> EntityReader::List(std::optional<EntityId> after,
                                                 std::size_t limit) const {
  std::vector<std::pair<EntityId, graph_layout::EntityRecord>> records;
  if (limit == 0) return std::vector<Entity>();
  Status decoded;
  const std::string from =
      after ? graph_layout::EntityKey(collection_, *after) + '\0'
            : std::string();
  CAIRN_RETURN_IF_ERROR(
      reader_.Scan(Family::kEntities, graph_layout::CollectionOnly(collection_),
                   from, [&](std::string_view key, std::string_view value) {
                     const auto id = graph_layout::ParseEntityKey(key);
                     auto record = graph_layout::DecodeEntity(value);
                     decoded = id.ok() ? record.status() : id.status();
                     if (!decoded.ok()) return false;
                     // Numbered parts have no surface to be shown by.
                     if (!record->surfaces.empty()) {
                       records.emplace_back(*id, std::move(record).value());
                     }
                     return records.size() < limit;
                   }));
  CAIRN_RETURN_IF_ERROR(decoded);
  std::vector<Entity> entities;
  for (const auto& [id, record] : records) {
    CAIRN_ASSIGN_OR_RETURN(
        Entity entity,
        graph_reads::MakeEntity(reader_, collection_, id, record));
    entities.push_back(std::move(entity));
  }
  return entities;
}

}  // namespace cairn
