// EntityExtractor: mentions and names that one document gives by itself.
//
// Place: ingestion calls it per document; names of *other* documents are found
// by graph/ (NameLinker). Implementation: rules/RuleExtractor.
// Promise: a pure function of the document, so that the order in which
// documents arrive never shows.
// Threads: safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/chunk.h"
#include "domain/document.h"
#include "domain/entity.h"

namespace cairn {

// One occurrence of a name in the text.
struct ExtractedMention {
  ByteSpan span;        // Of the canonical text; empty: outside (a title).
  std::string surface;  // As written; not empty.
  MentionKind kind = MentionKind::kCapitalized;
  EntityType type = EntityType::kUnknown;
  float confidence = 1;
  std::uint32_t chunk = 0;  // Ordinal of the chunk it counts for.
};

// A name the document gives to something: its title, a heading, a table key, an
// alias. These are what the collection's dictionary is made of.
struct DefinedName {
  std::string name;       // As written.
  std::string canonical;  // The name it is another form of; itself if none.
  MentionKind kind = MentionKind::kTitle;
  EntityType type = EntityType::kUnknown;
  float strength = 1;       // 1 a title; less for guessed forms.
  std::uint32_t chunk = 0;  // Ordinal of the chunk that gives it.
};

// A numbered part of the document, or a reference to one; see text/labels.h.
// What the key means outside the document is for the caller to say.
struct ExtractedLabel {
  std::string key;          // "section 4.2", "table 3".
  std::string surface;      // As written: "4.2", "Table 3".
  ByteSpan span;            // Of the canonical text; empty: in another chunk.
  bool reference = false;   // Else the chunk belongs to the part.
  std::uint32_t chunk = 0;  // Ordinal.
};

struct Extraction {
  std::vector<ExtractedMention> mentions;  // By chunk, then span.
  std::vector<DefinedName> names;
  std::vector<ExtractedLabel> labels;  // By chunk.
};

struct ExtractionInput {
  std::string_view title;
  // False: `title` is a file's name or an id, which may name nothing.
  bool titled = true;
  const ParsedDocument* document = nullptr;
  const std::vector<Chunk>* chunks = nullptr;
};

class EntityExtractor {
 public:
  virtual ~EntityExtractor() = default;
  // Part of a collection's settings: another id means another graph.
  virtual std::string_view id() const = 0;
  virtual StatusOr<Extraction> Extract(const ExtractionInput& input) const = 0;
  // What the first sentence says that a text without a title speaks of; empty:
  // it does not say.
  virtual std::string GuessTitle(const ParsedDocument& document) const = 0;
  // Names in a question, surfaces in order.
  virtual std::vector<ExtractedMention> ExtractFromQuestion(
      std::string_view question) const = 0;
};

}  // namespace cairn
