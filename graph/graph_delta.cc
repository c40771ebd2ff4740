#include "graph/graph_delta.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace cairn {
namespace {

using graph_layout::AddCount;
using graph_layout::Definition;
using graph_layout::EntityRecord;
using graph_layout::NameRecord;
using graph_layout::OwnMention;

// More than a packed posting can take: a list longer than this times the
// removed postings (and a header) cannot become empty.
constexpr std::size_t kPostingBytesMax = 32;

// How a chunk holds an entity.
struct Tally {
  std::uint32_t mentions = 0;
  bool defined = false;
  // The count of its posting; 0: not there.
  std::uint32_t posting() const {
    return mentions > 0 ? mentions : (defined ? 1 : 0);
  }
};

void Count(const ChunkState* chunk,
           std::map<EntityId, std::pair<Tally, Tally>>& tallies,
           Tally std::pair<Tally, Tally>::*side) {
  if (chunk == nullptr) return;
  for (const OwnMention& mention : chunk->own.mentions) {
    // It is followed; the chunk does not hold what it points at.
    if (mention.kind == MentionKind::kReference) continue;
    ++(tallies[mention.entity].*side).mentions;
  }
  for (const graph_layout::Link& link : chunk->links) {
    ++(tallies[link.entity].*side).mentions;
  }
  for (const EntityId entity : chunk->own.defined) {
    (tallies[entity].*side).defined = true;
  }
}

std::set<std::string_view> AnchorsOf(const ChunkState* chunk) {
  std::set<std::string_view> anchors;
  if (chunk == nullptr) return anchors;
  for (const TextToken& token : chunk->tokens) {
    if (IsAnchorToken(token)) anchors.insert(token.term);
  }
  return anchors;
}

template <typename Key>
void AddAll(std::map<Key, std::int64_t>& sums,
            const std::map<Key, std::int64_t>& changes) {
  for (const auto& [key, change] : changes) AddCount(sums, key, change);
}

template <typename Key>
bool AnyNegative(const std::map<Key, std::int64_t>& counts) {
  return std::any_of(counts.begin(), counts.end(),
                     [](const auto& entry) { return entry.second < 0; });
}

Status Negative(std::string_view what) {
  return DataLossError("a count of the graph fell below zero (" +
                           std::string(what) + "); run verify",
                       "GRAPH_COUNT_NEGATIVE");
}

std::vector<Posting> ByChunk(std::vector<Posting> postings) {
  std::sort(postings.begin(), postings.end());
  return postings;
}

// Only removals are asked: whether nothing is left of the list afterwards.
StatusOr<bool> BecomesEmpty(const StoreReader& before, const std::string& key,
                            const std::vector<Posting>& removals) {
  CAIRN_ASSIGN_OR_RETURN(const std::optional<std::string> packed,
                         before.Get(Family::kAdjacency, key));
  if (!packed) return true;
  if (packed->size() > kPostingBytesMax * (removals.size() + 1)) return false;
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Posting> list,
                         DecodePostings(*packed));
  return std::all_of(list.begin(), list.end(), [&](const Posting& posting) {
    return std::any_of(
        removals.begin(), removals.end(),
        [&](const Posting& gone) { return gone.chunk == posting.chunk; });
  });
}

}  // namespace

void GraphDelta::AddSurface(EntityId entity, EntityType type,
                            const std::string& surface, int sign) {
  EntityRecord& sums = entities_[entity].sums;
  if (!surface.empty()) AddCount(sums.surfaces, surface, sign);
  if (type != EntityType::kUnknown) {
    AddCount(sums.types, static_cast<std::uint8_t>(type), sign);
  }
}

void GraphDelta::AddDefinitions(const std::vector<Definition>& definitions,
                                int sign) {
  for (const Definition& name : definitions) {
    NameRecord& record = names_[{name.normalized, name.entity}];
    AddCount(record.counts,
             std::pair(static_cast<std::uint8_t>(name.kind), name.strength),
             sign);
    if (!name.surface.empty()) AddCount(record.surfaces, name.surface, sign);
    AddSurface(name.entity, name.type, name.surface, sign);
  }
}

void GraphDelta::ChangeChunk(const ChunkId& chunk, const ChunkState* before,
                             const ChunkState* after, bool whole) {
  ChangeTallies(chunk, before, after);
  if (!whole) return;
  ChangeAnchors(chunk, before, after);
  for (const auto& [state, sign] : {std::pair(before, -1), {after, 1}}) {
    if (state == nullptr) continue;
    for (const OwnMention& mention : state->own.mentions) {
      if (IsOfPart(mention.kind)) continue;  // Parts are not shown.
      AddSurface(mention.entity, mention.type, mention.surface, sign);
    }
  }
}

void GraphDelta::ChangeTallies(const ChunkId& chunk, const ChunkState* before,
                               const ChunkState* after) {
  std::map<EntityId, std::pair<Tally, Tally>> tallies;
  Count(before, tallies, &std::pair<Tally, Tally>::first);
  Count(after, tallies, &std::pair<Tally, Tally>::second);
  for (const auto& [entity, tally] : tallies) {
    const auto& [was, is] = tally;
    EntityChange& change = entities_[entity];
    change.sums.mentions += std::int64_t{is.mentions} - was.mentions;
    change.sums.chunks +=
        (is.posting() > 0 ? 1 : 0) - (was.posting() > 0 ? 1 : 0);
    if (was.posting() != is.posting()) {
      change.postings.push_back({.chunk = chunk, .count = is.posting()});
    }
  }
}

void GraphDelta::ChangeAnchors(const ChunkId& chunk, const ChunkState* before,
                               const ChunkState* after) {
  const auto was = AnchorsOf(before);
  const auto is = AnchorsOf(after);
  for (const std::string_view token : was) {
    if (!is.contains(token)) {
      anchors_[std::string(token)].push_back({.chunk = chunk, .count = 0});
    }
  }
  for (const std::string_view token : is) {
    if (!was.contains(token)) {
      anchors_[std::string(token)].push_back({.chunk = chunk, .count = 1});
    }
  }
}

StatusOr<std::vector<NameUpdate>> GraphDelta::ResolveNames(
    const StoreReader& before) const {
  std::vector<NameUpdate> updates;
  std::vector<std::string> keys;
  std::vector<const NameRecord*> changes;
  for (const auto& [name, change] : names_) {
    if (change.empty()) continue;
    updates.push_back({.normalized = name.first, .entity = name.second});
    keys.push_back(graph_layout::NameKey(collection_, name.first, name.second));
    changes.push_back(&change);
  }
  CAIRN_ASSIGN_OR_RETURN(auto values, before.MultiGet(Family::kNames, keys));
  for (std::size_t i = 0; i < updates.size(); ++i) {
    NameUpdate& update = updates[i];
    update.before = std::move(values[i]);
    if (update.before) {
      CAIRN_ASSIGN_OR_RETURN(update.record,
                             graph_layout::DecodeName(*update.before));
    }
    AddAll(update.record.counts, changes[i]->counts);
    AddAll(update.record.surfaces, changes[i]->surfaces);
    if (AnyNegative(update.record.counts) ||
        AnyNegative(update.record.surfaces)) {
      return Negative("definitions of a name");
    }
    if (!update.record.empty()) {
      update.after = graph_layout::Encode(update.record);
    }
  }
  return updates;
}

Status GraphDelta::Write(Transaction& transaction) const {
  CAIRN_RETURN_IF_ERROR(WriteEntities(transaction));
  return WriteAnchors(transaction);
}

Status GraphDelta::WriteEntities(Transaction& transaction) const {
  std::vector<std::string> keys;
  std::vector<const std::pair<const EntityId, EntityChange>*> changed;
  for (const auto& entry : entities_) {
    if (entry.second.sums.empty() && entry.second.postings.empty()) continue;
    keys.push_back(graph_layout::EntityKey(collection_, entry.first));
    changed.push_back(&entry);
  }
  CAIRN_ASSIGN_OR_RETURN(const auto values, transaction.before().MultiGet(
                                                Family::kEntities, keys));
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const auto& [entity, change] = *changed[i];
    EntityRecord record;
    if (values[i]) {
      CAIRN_ASSIGN_OR_RETURN(record, graph_layout::DecodeEntity(*values[i]));
    }
    record.mentions += change.sums.mentions;
    record.chunks += change.sums.chunks;
    AddAll(record.types, change.sums.types);
    AddAll(record.surfaces, change.sums.surfaces);
    if (record.mentions < 0 || record.chunks < 0 || AnyNegative(record.types) ||
        AnyNegative(record.surfaces)) {
      return Negative("mentions of an entity");
    }
    if (record.empty()) {
      transaction.Delete(Family::kEntities, keys[i]);
    } else if (!change.sums.empty()) {
      transaction.Put(Family::kEntities, keys[i], graph_layout::Encode(record));
    }
    if (change.postings.empty()) continue;
    const std::string list =
        graph_layout::EntityPostingsKey(collection_, entity);
    if (record.chunks == 0) {
      transaction.Delete(Family::kAdjacency, list);
    } else {
      transaction.MergePostings(Family::kAdjacency, list,
                                ByChunk(change.postings));
    }
  }
  return OkStatus();
}

Status GraphDelta::WriteAnchors(Transaction& transaction) const {
  for (const auto& [token, postings] : anchors_) {
    const std::string key = graph_layout::AnchorPostingsKey(collection_, token);
    bool empty = false;
    if (std::all_of(postings.begin(), postings.end(),
                    [](const Posting& p) { return p.count == 0; })) {
      CAIRN_ASSIGN_OR_RETURN(empty,
                             BecomesEmpty(transaction.before(), key, postings));
    }
    if (empty) {
      transaction.Delete(Family::kAdjacency, key);
    } else {
      transaction.MergePostings(Family::kAdjacency, key, ByChunk(postings));
    }
  }
  return OkStatus();
}

}  // namespace cairn
