#include "graph/name_dictionary.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "graph/contribution.h"

namespace cairn {
namespace {

constexpr std::uint64_t kHashSeed = 0x9e3779b97f4a7c15ULL;
constexpr std::uint64_t kHashFactor = 0xff51afd7ed558ccdULL;

std::uint64_t Extend(std::uint64_t hash, std::string_view token) {
  std::uint64_t next = (hash ^ Fingerprint64(token)) * kHashFactor;
  return next ^ (next >> 32);
}

bool Spells(std::string_view normalized, std::span<const TextToken> tokens) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0) {
      if (at >= normalized.size() || normalized[at] != ' ') return false;
      ++at;
    }
    const std::string_view term = tokens[i].term;
    if (normalized.substr(at, term.size()) != term) return false;
    at += term.size();
  }
  return at == normalized.size();
}

auto FindTarget(std::vector<NameDictionary::Target>& targets, EntityId entity) {
  return std::lower_bound(targets.begin(), targets.end(), entity,
                          [](const NameDictionary::Target& target,
                             EntityId id) { return target.entity < id; });
}

}  // namespace

const NameDictionary::Target& NameDictionary::Name::Best() const {
  const EntityId own = EntityIdOf(normalized);
  // The first of equals is the lowest id: targets are sorted by it.
  return *std::max_element(
      targets.begin(), targets.end(), [&](const Target& a, const Target& b) {
        return std::tuple(a.strength, a.entity == own, a.total) <
               std::tuple(b.strength, b.entity == own, b.total);
      });
}

NameDictionary::Target NameDictionary::TargetOf(
    EntityId entity, const graph_layout::NameRecord& record) {
  Target target{.entity = entity};
  for (const auto& [what, count] : record.counts) {
    const auto kind = static_cast<MentionKind>(what.first);
    target.strength = std::max(target.strength, what.second);
    target.total += what.second * static_cast<std::uint64_t>(count);
    target.title = target.title || kind == MentionKind::kTitle ||
                   kind == MentionKind::kAlias;
  }
  return target;
}

void NameDictionary::Set(std::string_view normalized, const Target& target) {
  NameIndex index = Find(normalized);
  if (index == kNone) index = Insert(normalized);
  if (index == kNone) return;
  std::vector<Target>& targets = names_[index].targets;
  const auto found = FindTarget(targets, target.entity);
  if (found != targets.end() && found->entity == target.entity) {
    *found = target;
  } else {
    targets.insert(found, target);
  }
}

void NameDictionary::Unset(std::string_view normalized, EntityId entity) {
  const NameIndex index = Find(normalized);
  if (index == kNone) return;
  std::vector<Target>& targets = names_[index].targets;
  const auto found = FindTarget(targets, entity);
  if (found == targets.end() || found->entity != entity) return;
  targets.erase(found);
  if (targets.empty()) Erase(index);
}

NameDictionary::NameIndex NameDictionary::Find(
    std::string_view normalized) const {
  std::uint64_t hash = kHashSeed;
  for (const std::string_view token : SplitName(normalized)) {
    hash = Extend(hash, token);
  }
  const auto found = nodes_.find(hash);
  if (found == nodes_.end() || found->second.name == kNone) return kNone;
  const NameIndex index = found->second.name;
  return names_[index].normalized == normalized ? index : kNone;
}

NameDictionary::NameIndex NameDictionary::Insert(std::string_view normalized) {
  Name name;
  name.normalized = normalized;
  const auto tokens = SplitName(name.normalized);
  name.tokens = static_cast<std::uint32_t>(tokens.size());
  name.anchor = static_cast<std::uint32_t>(AnchorOf(tokens));
  name.shape = ShapeOf(tokens);
  std::uint64_t hash = kHashSeed;
  std::vector<std::uint64_t> prefixes;
  for (const std::string_view token : tokens) {
    hash = Extend(hash, token);
    prefixes.push_back(hash);
  }
  // Two spellings of one hash: the first keeps the place. 64 bits make this a
  // matter of hostile input, which then only misses a link.
  if (prefixes.empty() || nodes_[hash].name != kNone) return kNone;
  NameIndex index = static_cast<NameIndex>(names_.size());
  if (free_.empty()) {
    names_.push_back(std::move(name));
  } else {
    index = free_.back();
    free_.pop_back();
    names_[index] = std::move(name);
  }
  for (const std::uint64_t prefix : prefixes) ++nodes_[prefix].uses;
  nodes_[hash].name = index;
  ++live_;
  return index;
}

void NameDictionary::Erase(NameIndex index) {
  std::uint64_t hash = kHashSeed;
  for (const std::string_view token : SplitName(names_[index].normalized)) {
    hash = Extend(hash, token);
    const auto found = nodes_.find(hash);
    if (found->second.name == index) found->second.name = kNone;
    if (--found->second.uses == 0) nodes_.erase(found);
  }
  names_[index] = {};
  free_.push_back(index);
  --live_;
}

std::vector<NameDictionary::Match> NameDictionary::MatchAll(
    std::span<const TextToken> tokens, const Accepts& accepts) const {
  std::vector<Match> matches;
  std::size_t first = 0;
  while (first < tokens.size()) {
    Match best;
    std::uint64_t hash = kHashSeed;
    for (std::size_t end = first; end < tokens.size(); ++end) {
      hash = Extend(hash, tokens[end].term);
      const auto found = nodes_.find(hash);
      if (found == nodes_.end()) break;
      const NameIndex index = found->second.name;
      if (index == kNone) continue;
      const std::size_t count = end - first + 1;
      if (Spells(names_[index].normalized, tokens.subspan(first, count)) &&
          accepts(names_[index], first)) {
        best = {.name = index, .first = first, .count = count};
      }
    }
    if (best.name != kNone) matches.push_back(best);
    first += std::max<std::size_t>(best.count, 1);
  }
  return matches;
}

StatusOr<LoadedNames> LoadNames(const StoreReader& reader,
                                const CollectionKey& collection) {
  LoadedNames loaded;
  Status decoded;
  CAIRN_RETURN_IF_ERROR(reader.Scan(
      Family::kNames, graph_layout::CollectionOnly(collection),
      graph_layout::NamesBegin(collection),
      [&](std::string_view key, std::string_view value) {
        const auto name = graph_layout::ParseNameKey(key);
        const auto record = graph_layout::DecodeName(value);
        decoded = name.ok() ? record.status() : name.status();
        if (!decoded.ok()) return false;
        loaded.dictionary.Set(name->normalized,
                              NameDictionary::TargetOf(name->entity, *record));
        loaded.digest.Add(key, value);
        return true;
      }));
  CAIRN_RETURN_IF_ERROR(decoded);
  return loaded;
}

}  // namespace cairn
