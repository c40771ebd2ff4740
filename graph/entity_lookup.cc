// Look-ups by name: exact, alias, prefix, fuzzy.
#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "graph/contribution.h"
#include "graph/edit_distance.h"
#include "graph/entity_reader.h"
#include "graph/graph_reads.h"
#include "graph/layout.h"
#include "graph/name_rules.h"
#include "text/words.h"

namespace cairn {
namespace {

using graph_reads::ChunkContent;

constexpr std::size_t kFuzzyNamesMax = 100'000;
constexpr std::size_t kPrefixNamesMax = 10'000;
constexpr std::size_t kTextChunksMax = 500;
constexpr std::size_t kTextListsMax = 64;
constexpr double kAliasScore = 0.95;
constexpr double kPrefixScore = 0.8;
constexpr double kFuzzyScore = 0.6;

// Entity -> the best score that a name gives it.
using Scores = std::map<EntityId, double>;

void Raise(Scores& scores, EntityId entity, double score) {
  double& held = scores[entity];
  held = std::max(held, score);
}

// Names that start with `prefix`, until `visit` returns false.
Status ScanNames(
    const StoreReader& reader, const CollectionKey& collection,
    std::string_view prefix,
    const std::function<bool(std::string_view name, EntityId entity)>& visit) {
  Status parsed;
  std::string key = graph_layout::CollectionOnly(collection);
  key += prefix;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kNames, key,
      prefix.empty() ? graph_layout::NamesBegin(collection) : std::string(),
      [&](std::string_view row, std::string_view) {
        const auto name = graph_layout::ParseNameKey(row);
        parsed = name.status();
        return parsed.ok() && visit(name->normalized, name->entity);
      }));
  return parsed;
}

StatusOr<Scores> FindAliases(const StoreReader& reader,
                             const CollectionKey& collection,
                             const std::string& normalized) {
  Scores scores;
  // The zero that ends a name keeps longer names out.
  CAIRN_RETURN_IF_ERROR(ScanNames(reader, collection, normalized + '\0',
                                  [&](std::string_view, EntityId entity) {
                                    Raise(scores, entity, kAliasScore);
                                    return true;
                                  }));
  return scores;
}

// Chunks that hold a word of `normalized` written as a name: its last word as
// the beginning of a word, any other word whole.
StatusOr<std::set<ChunkId>> ChunksWithWords(const StoreReader& reader,
                                            const CollectionKey& collection,
                                            const std::string& normalized) {
  std::set<ChunkId> chunks;
  Status decoded;
  const auto add = [&](std::string_view packed) {
    const auto postings = DecodePostings(packed);
    decoded = postings.status();
    if (!decoded.ok()) return false;
    for (const Posting& posting : *postings) {
      if (chunks.size() == kTextChunksMax) break;
      chunks.insert(posting.chunk);
    }
    return chunks.size() < kTextChunksMax;
  };
  const std::vector<std::string_view> words = SplitName(normalized);
  // The rarest words first would be better; the longest is a good guess.
  const std::size_t anchor = AnchorOf(words);
  const std::string key =
      graph_layout::AnchorPostingsKey(collection, words[anchor]);
  CAIRN_ASSIGN_OR_RETURN(const auto packed,
                         reader.Get(Family::kAdjacency, key));
  if (packed) (void)add(*packed);
  CAIRN_RETURN_IF_ERROR(decoded);
  for (const std::string_view word : {words.back(), words.front()}) {
    if (chunks.size() == kTextChunksMax) break;
    std::size_t lists = 0;
    CAIRN_RETURN_IF_ERROR(reader.Scan(
        Family::kAdjacency, graph_layout::AnchorPostingsKey(collection, word),
        {}, [&](std::string_view, std::string_view list) {
          return add(list) && ++lists < kTextListsMax;
        }));
    CAIRN_RETURN_IF_ERROR(decoded);
  }
  return chunks;
}

// Names that the texts mention, without being defined anywhere: `score` says
// how well a normalised surface fits, 0 not at all.
Status ScoreMentions(const StoreReader& reader, const CollectionKey& collection,
                     const std::string& normalized,
                     const std::function<double(const std::string&)>& score,
                     Scores& scores) {
  CAIRN_ASSIGN_OR_RETURN(const std::set<ChunkId> chunks,
                         ChunksWithWords(reader, collection, normalized));
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<ChunkContent> contents,
      graph_reads::LoadChunks(reader, collection,
                              {chunks.begin(), chunks.end()}));
  for (const ChunkContent& content : contents) {
    for (const auto& mention : content.own.mentions) {
      if (IsOfPart(mention.kind)) continue;
      const double found = score(NormalizeName(mention.surface));
      if (found > 0) Raise(scores, mention.entity, found);
    }
  }
  return OkStatus();
}

double PrefixScore(const std::string& normalized, std::string_view name) {
  if (name.substr(0, normalized.size()) != normalized) return 0;
  return kPrefixScore * static_cast<double>(normalized.size()) /
         static_cast<double>(name.size());
}

StatusOr<Scores> FindByPrefix(const StoreReader& reader,
                              const CollectionKey& collection,
                              const std::string& normalized) {
  Scores scores;
  std::size_t seen = 0;
  CAIRN_RETURN_IF_ERROR(ScanNames(reader, collection, normalized,
                                  [&](std::string_view name, EntityId entity) {
                                    Raise(scores, entity,
                                          PrefixScore(normalized, name));
                                    return ++seen < kPrefixNamesMax;
                                  }));
  CAIRN_RETURN_IF_ERROR(ScoreMentions(
      reader, collection, normalized,
      [&](const std::string& name) { return PrefixScore(normalized, name); },
      scores));
  return scores;
}

StatusOr<Scores> FindFuzzy(const StoreReader& reader,
                           const CollectionKey& collection,
                           const std::string& normalized) {
  Scores scores;
  const std::size_t bound =
      normalized.size() >= 9 ? 2 : (normalized.size() >= 5 ? 1 : 0);
  if (bound == 0) return scores;
  const auto score = [&](std::string_view name) {
    const std::size_t distance = EditDistance(normalized, name, bound);
    if (distance > bound) return 0.0;
    return kFuzzyScore /
           static_cast<double>(std::max<std::size_t>(distance, 1));
  };
  std::size_t budget = kFuzzyNamesMax;
  const auto compare = [&](std::string_view name, EntityId entity) {
    const double found = score(name);
    if (found > 0) Raise(scores, entity, found);
    return --budget > 0;
  };
  // Most slips keep the first letter.
  CAIRN_RETURN_IF_ERROR(
      ScanNames(reader, collection, normalized.substr(0, 1), compare));
  CAIRN_RETURN_IF_ERROR(
      ScoreMentions(reader, collection, normalized, score, scores));
  if (scores.empty() && budget > 0) {
    CAIRN_RETURN_IF_ERROR(ScanNames(reader, collection, {}, compare));
  }
  return scores;
}

bool Better(const EntityMatch& a, const EntityMatch& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.entity.mentions != b.entity.mentions) {
    return a.entity.mentions > b.entity.mentions;
  }
  return a.entity.id < b.entity.id;
}

StatusOr<std::vector<EntityMatch>> LoadMatches(const EntityReader& reader,
                                               const Scores& scores,
                                               LookupMatch kind,
                                               std::size_t limit) {
  std::vector<std::pair<double, EntityId>> order;
  for (const auto& [entity, score] : scores) order.push_back({-score, entity});
  std::sort(order.begin(), order.end());
  // Equal scores are told apart by mentions: read a few more than asked for.
  order.resize(std::min(order.size(), std::max<std::size_t>(limit * 4, 64)));
  std::vector<EntityMatch> matches;
  for (const auto& [score, entity] : order) {
    CAIRN_ASSIGN_OR_RETURN(Entity loaded, reader.Get(entity));
    matches.push_back(
        {.entity = std::move(loaded), .match = kind, .score = -score});
  }
  std::sort(matches.begin(), matches.end(), Better);
  matches.resize(std::min(matches.size(), limit));
  return matches;
}

}  // namespace

const char* NameOf(LookupMatch match) {
  switch (match) {
    case LookupMatch::kExact:
      return "exact";
    case LookupMatch::kAlias:
      return "alias";
    case LookupMatch::kPrefix:
      return "prefix";
    case LookupMatch::kFuzzy:
      return "fuzzy";
  }
  return "unknown";
}

// The entity of the name, then those that have it as another name: one short
// form can stand for several.
StatusOr<std::vector<EntityMatch>> EntityReader::WithNamesakes(
    Entity exact, const std::string& normalized, std::size_t limit) const {
  CAIRN_ASSIGN_OR_RETURN(Scores scores,
                         FindAliases(reader_, collection_, normalized));
  scores.erase(exact.id);
  std::vector<EntityMatch> matches;
  matches.push_back(
      {.entity = std::move(exact), .match = LookupMatch::kExact, .score = 1});
  CAIRN_ASSIGN_OR_RETURN(
      std::vector<EntityMatch> others,
      LoadMatches(*this, scores, LookupMatch::kAlias, limit - 1));
  std::move(others.begin(), others.end(), std::back_inserter(matches));
  return matches;
}

StatusOr<std::vector<EntityMatch>> EntityReader::Lookup(
    std::string_view name, std::size_t limit) const {
  const std::string normalized = NormalizeName(name);
  if (normalized.empty() || limit == 0) return std::vector<EntityMatch>();
  StatusOr<Entity> exact = Get(EntityIdOf(normalized));
  if (exact.ok()) {
    return WithNamesakes(std::move(exact).value(), normalized, limit);
  }
  if (exact.status().code() != StatusCode::kNotFound) return exact.status();
  using Find = StatusOr<Scores> (*)(const StoreReader&, const CollectionKey&,
                                    const std::string&);
  for (const auto& [kind, find] :
       {std::pair<LookupMatch, Find>{LookupMatch::kAlias, FindAliases},
        {LookupMatch::kPrefix, FindByPrefix},
        {LookupMatch::kFuzzy, FindFuzzy}}) {
    CAIRN_ASSIGN_OR_RETURN(const Scores scores,
                           find(reader_, collection_, normalized));
    if (!scores.empty()) return LoadMatches(*this, scores, kind, limit);
  }
  return std::vector<EntityMatch>();
}

}  // namespace cairn
