// Entity, alias, mention, relation: the nouns of the graph.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/ids.h"
#include "domain/span.h"

namespace cairn {

enum class EntityType : std::uint8_t {
  kUnknown = 0,
  kPerson = 1,
  kOrganization = 2,
  kPlace = 3,
  kWork = 4,  // Book, film, song, law: what carries a title.
  kEvent = 5,
  kDate = 6,
  kQuantity = 7,  // A number with a unit.
  kTerm = 8,      // A heading, a table key, a defined term.
};

// "person", "organization", ...; "unknown".
const char* NameOf(EntityType type);

// How a mention was found; part of stored records: never renumber.
enum class MentionKind : std::uint8_t {
  kTitle = 0,  // The document's own title names it.
  kHeading = 1,
  kTableKey = 2,  // First cell of a row or a header cell.
  kAlias = 3,     // "Long Name (LN)", "also known as X".
  kName = 4,      // A name of the collection found in the text.
  kCapitalized = 5,
  kQuoted = 6,
  kDate = 7,
  kQuantity = 8,
  kLabel = 9,       // The chunk is part of "Section 4.2", of "Table 3".
  kReference = 10,  // The text refers to such a part: "see Section 4.2".
};

const char* NameOf(MentionKind kind);

// Of a numbered part (graph/part_name.h), not of a name.
inline bool IsOfPart(MentionKind kind) {
  return kind == MentionKind::kLabel || kind == MentionKind::kReference;
}

struct Mention {
  EntityId entity;
  ByteSpan span;  // Empty when the name stands outside the text (a title).
  MentionKind kind = MentionKind::kCapitalized;
  EntityType type = EntityType::kUnknown;  // What this place says of it.
  float confidence = 1;                    // 0..1.
  friend bool operator==(const Mention&, const Mention&) = default;
};

// An entity as the graph serves it.
struct Entity {
  EntityId id;
  std::string name;  // The display form: the most frequent surface.
  std::string normalized_name;
  EntityType type = EntityType::kUnknown;  // Most votes.
  std::vector<std::string> aliases;  // Other surfaces, most frequent first.
  std::uint64_t mentions = 0;
  std::uint64_t chunks = 0;  // With at least one mention.
  std::uint64_t documents = 0;
  // Documents whose title this is.
  std::vector<std::string> titled_documents;
};

}  // namespace cairn
