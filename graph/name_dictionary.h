// NameDictionary: every defined name of a collection, found in running text.
//
// Place: GraphWriter keeps one a collection to link chunks; GraphView keeps one
// to link questions. Filled from kNames, one Set per record.
// Form: a hash table of token-sequence prefixes (a trie without pointers): a
// walk from a token goes on while the running hash is some name's prefix.
// Threads: reads run in parallel; the caller serialises Set against them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"
#include "domain/ids.h"
#include "graph/layout.h"
#include "graph/name_rules.h"
#include "storage/store.h"

namespace cairn {

class NameDictionary {
 public:
  using NameIndex = std::uint32_t;
  static constexpr NameIndex kNone = UINT32_MAX;

  // What all definitions of a name for one entity come to.
  struct Target {
    EntityId entity;
    std::uint32_t strength = 0;  // Greatest, in thousandths.
    std::uint64_t total = 0;     // Sum over the definitions.
    bool title = false;          // A title or an alias is among them.
    friend bool operator==(const Target&, const Target&) = default;
  };

  struct Name {
    std::string normalized;
    std::vector<Target> targets;  // By entity; empty: a free slot.
    std::uint32_t tokens = 0;
    std::uint32_t anchor = 0;  // Index of a token.
    NameShape shape = NameShape::kLinkable;

    // The entity that a link goes to: greatest strength, then the entity that
    // bears this name itself, then the greatest total, then the lowest id.
    const Target& Best() const;
  };

  struct Match {
    NameIndex name = kNone;
    std::size_t first = 0;  // Token.
    std::size_t count = 0;  // Tokens.
  };
  // Whether `name` may stand at tokens [first, first + its tokens).
  using Accepts = std::function<bool(const Name& name, std::size_t first)>;

  static Target TargetOf(EntityId entity,
                         const graph_layout::NameRecord& record);

  // Takes the place of what `normalized` says of `target.entity`.
  void Set(std::string_view normalized, const Target& target);
  void Unset(std::string_view normalized, EntityId entity);

  NameIndex Find(std::string_view normalized) const;
  const Name& name(NameIndex index) const { return names_[index]; }
  std::size_t size() const { return live_; }
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const Name& one : names_) {
      if (!one.targets.empty()) visit(one);
    }
  }

  // Leftmost-longest over all accepted occurrences.
  std::vector<Match> MatchAll(std::span<const TextToken> tokens,
                              const Accepts& accepts) const;

 private:
  struct Node {
    std::uint32_t uses = 0;  // Names that this is a prefix of, or is.
    NameIndex name = kNone;  // The name that ends here.
  };

  NameIndex Insert(std::string_view normalized);
  void Erase(NameIndex index);

  std::unordered_map<std::uint64_t, Node> nodes_;  // By hash of the prefix.
  std::vector<Name> names_;
  std::vector<NameIndex> free_;
  std::size_t live_ = 0;
};

// All names of a collection, with the digest of what was read.
struct LoadedNames {
  NameDictionary dictionary;
  graph_layout::NamesDigest digest;
};
StatusOr<LoadedNames> LoadNames(const StoreReader& reader,
                                const CollectionKey& collection);

}  // namespace cairn
