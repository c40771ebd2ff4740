// Paths: a search from both ends, entity - chunk - entity, one step at a time
// on the side that has fewer entities to follow. Every shortest way to an
// entity is kept, so the best evidence among equals can be chosen afterwards.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/entity_reader.h"
#include "graph/graph_reads.h"

namespace cairn {
namespace {

constexpr std::size_t kChunksOfEntityMax = 200;
constexpr std::size_t kChunksMax = 20'000;
constexpr std::size_t kEntitiesOfChunkMax = 256;
constexpr std::size_t kWaysMax = 8;  // Kept for one entity.
constexpr std::size_t kPathsMax =
    4096;  // Put together before the best are cut.

// One step towards the end that a side started from.
struct Way {
  double cost = 0;  // ln of the entities in the chunk: crowds tie weakly.
  EntityId entity;
  ChunkId chunk;
  friend auto operator<=>(const Way&, const Way&) = default;
};

struct Reached {
  std::size_t depth = 0;
  std::vector<Way> ways;  // Best first; empty at the end itself.
};

struct Side {
  std::map<EntityId, Reached> reached;
  std::vector<EntityId> frontier;
  std::size_t depth = 0;
};

// A path from an end to the entity in the middle, end first.
struct Half {
  double cost = 0;
  std::vector<EntityId> entities;
  std::vector<ChunkId> chunks;  // One fewer.
};

class PathSearch {
 public:
  PathSearch(const StoreReader& reader, const CollectionKey& collection)
      : reader_(reader), collection_(collection) {}

  // Empty: the ends do not meet within length_max.
  StatusOr<std::vector<Half>> Run(EntityId from, EntityId to,
                                  std::size_t length_max);

 private:
  Status Expand(Side& side);
  Status FollowEntity(EntityId entity, Side& side, std::vector<EntityId>& next);
  static std::vector<EntityId> Meeting(const Side& a, const Side& b);
  static void CollectHalves(const Side& side, EntityId middle,
                            std::vector<Half>& halves);

  const StoreReader& reader_;
  const CollectionKey collection_;
  std::size_t chunks_left_ = kChunksMax;
};

Status PathSearch::FollowEntity(EntityId entity, Side& side,
                                std::vector<EntityId>& next) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<Posting> postings,
      graph_reads::LoadPostings(reader_, collection_, entity));
  std::vector<ChunkId> chunks;
  for (const Posting& posting : postings) {
    if (chunks.size() == std::min(kChunksOfEntityMax, chunks_left_)) break;
    chunks.push_back(posting.chunk);
  }
  chunks_left_ -= chunks.size();
  CAIRN_ASSIGN_OR_RETURN(const auto contents,
                         graph_reads::LoadChunks(reader_, collection_, chunks));
  for (std::size_t i = 0; i < chunks.size(); ++i) {
    const std::vector<EntityId> entities = contents[i].Entities();
    if (entities.size() > kEntitiesOfChunkMax) continue;
    const Way way{.cost = std::log(static_cast<double>(entities.size())),
                  .entity = entity,
                  .chunk = chunks[i]};
    for (const EntityId other : entities) {
      const auto [at, fresh] = side.reached.try_emplace(other);
      if (fresh) {
        at->second.depth = side.depth + 1;
        next.push_back(other);
      }
      if (at->second.depth != side.depth + 1) continue;
      auto& ways = at->second.ways;
      ways.insert(std::upper_bound(ways.begin(), ways.end(), way), way);
      if (ways.size() > kWaysMax) ways.pop_back();
    }
  }
  return OkStatus();
}

Status PathSearch::Expand(Side& side) {
  std::vector<EntityId> next;
  std::sort(side.frontier.begin(), side.frontier.end());
  for (const EntityId entity : side.frontier) {
    if (chunks_left_ == 0) break;
    CAIRN_RETURN_IF_ERROR(FollowEntity(entity, side, next));
  }
  side.frontier = std::move(next);
  ++side.depth;
  return OkStatus();
}

std::vector<EntityId> PathSearch::Meeting(const Side& a, const Side& b) {
  const bool a_is_smaller = a.reached.size() < b.reached.size();
  const Side& few = a_is_smaller ? a : b;
  const Side& many = a_is_smaller ? b : a;
  std::vector<EntityId> middle;
  std::size_t shortest = SIZE_MAX;
  for (const auto& [entity, reached] : few.reached) {
    const auto found = many.reached.find(entity);
    if (found == many.reached.end()) continue;
    const std::size_t length = reached.depth + found->second.depth;
    if (length < shortest) middle.clear();
    shortest = std::min(shortest, length);
    if (length == shortest) middle.push_back(entity);
  }
  return middle;
}

void PathSearch::CollectHalves(const Side& side, EntityId middle,
                               std::vector<Half>& halves) {
  std::vector<Half> open{{.cost = 0, .entities = {middle}, .chunks = {}}};
  while (!open.empty()) {
    Half half = std::move(open.back());
    open.pop_back();
    const Reached& reached = side.reached.at(half.entities.back());
    if (reached.depth == 0) {
      std::reverse(half.entities.begin(), half.entities.end());
      std::reverse(half.chunks.begin(), half.chunks.end());
      halves.push_back(std::move(half));
      if (halves.size() == kPathsMax) return;
      continue;
    }
    // The best last, so that it is taken first.
    for (auto way = reached.ways.rbegin(); way != reached.ways.rend(); ++way) {
      Half longer = half;
      longer.cost += way->cost;
      longer.entities.push_back(way->entity);
      longer.chunks.push_back(way->chunk);
      open.push_back(std::move(longer));
    }
  }
}

Half Joined(const Half& head, const Half& tail) {
  Half path = head;
  path.cost += tail.cost;
  path.entities.insert(path.entities.end(), tail.entities.rbegin() + 1,
                       tail.entities.rend());
  path.chunks.insert(path.chunks.end(), tail.chunks.rbegin(),
                     tail.chunks.rend());
  return path;
}

StatusOr<std::vector<Half>> PathSearch::Run(EntityId from, EntityId to,
                                            std::size_t length_max) {
  Side head, tail;
  head.reached[from] = {};
  head.frontier = {from};
  tail.reached[to] = {};
  tail.frontier = {to};
  std::vector<EntityId> middle = Meeting(head, tail);
  while (middle.empty() && head.depth + tail.depth < length_max &&
         chunks_left_ > 0 && !head.frontier.empty() && !tail.frontier.empty()) {
    const bool from_head = head.frontier.size() <= tail.frontier.size();
    CAIRN_RETURN_IF_ERROR(Expand(from_head ? head : tail));
    middle = Meeting(head, tail);
  }
  std::vector<Half> paths;
  for (const EntityId entity : middle) {
    std::vector<Half> heads, tails;
    CollectHalves(head, entity, heads);
    CollectHalves(tail, entity, tails);
    for (const Half& first : heads) {
      for (const Half& second : tails) {
        if (paths.size() < kPathsMax) paths.push_back(Joined(first, second));
      }
    }
  }
  std::sort(paths.begin(), paths.end(), [](const Half& a, const Half& b) {
    return std::tie(a.cost, a.entities, a.chunks) <
           std::tie(b.cost, b.entities, b.chunks);
  });
  return paths;
}

}  // namespace

StatusOr<std::vector<std::vector<PathStep>>> EntityReader::Paths(
    EntityId from, EntityId to, std::size_t length_max,
    std::size_t limit) const {
  CAIRN_RETURN_IF_ERROR(Get(from).status());
  CAIRN_RETURN_IF_ERROR(Get(to).status());
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<Half> found,
      PathSearch(reader_, collection_).Run(from, to, length_max));
  std::vector<std::vector<PathStep>> paths;
  std::set<std::vector<EntityId>> told;  // Other evidence, the same path.
  std::map<EntityId, Entity> entities;
  for (const Half& half : found) {
    if (paths.size() == limit) break;
    if (!told.insert(half.entities).second) continue;
    std::vector<PathStep> path;
    for (std::size_t i = 0; i < half.entities.size(); ++i) {
      const EntityId id = half.entities[i];
      if (!entities.contains(id)) {
        CAIRN_ASSIGN_OR_RETURN(entities[id], Get(id));
      }
      PathStep step{.entity = entities[id], .evidence = std::nullopt};
      if (i > 0) step.evidence = half.chunks[i - 1];
      path.push_back(std::move(step));
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace cairn
