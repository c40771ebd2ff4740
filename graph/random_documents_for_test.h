// RandomDocuments: small documents that share names, for the property tests.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/hash.h"
#include "graph/contribution.h"
#include "text/words.h"

namespace cairn {

// A contribution with the text and the chunks it points at.
struct TestDocument {
  std::string id;
  std::string title;
  std::string text;
  std::vector<Chunk> chunks;
  std::vector<NameDefinition> names;
  std::vector<GraphMention> mentions;

  DocumentKey key() const { return DocumentKey(Fingerprint64(id)); }
  GraphContribution Contribution(const CollectionKey& collection) const {
    GraphContribution contribution;
    contribution.collection = collection;
    contribution.document = key();
    contribution.document_id = id;
    contribution.title = title;
    contribution.text = text;
    contribution.chunks = chunks;
    contribution.names = names;
    contribution.mentions = mentions;
    return contribution;
  }

  // A chunk that is the next `sentence` of the text.
  void AddChunk(const std::string& sentence) {
    Chunk chunk;
    chunk.ordinal = static_cast<std::uint32_t>(chunks.size());
    chunk.span.begin = static_cast<std::uint32_t>(text.size());
    text += sentence;
    chunk.span.end = static_cast<std::uint32_t>(text.size());
    text += "\n";
    chunks.push_back(chunk);
  }
  void Define(const std::string& surface, const std::string& canonical,
              MentionKind kind, float strength, std::uint32_t chunk = 0) {
    names.push_back({.surface = surface,
                     .normalized = NormalizeName(surface),
                     .entity = EntityIdOf(NormalizeName(canonical)),
                     .kind = kind,
                     .type = EntityType::kTerm,
                     .strength = strength,
                     .chunk = chunk});
  }
  // The first place of `surface` in the chunk.
  void Mention(const std::string& surface, std::uint32_t chunk) {
    const auto at = text.find(surface, chunks[chunk].span.begin);
    if (at == std::string::npos) return;
    const auto begin = static_cast<std::uint32_t>(at);
    mentions.push_back(
        {.chunk = chunk,
         .span = {begin, begin + static_cast<std::uint32_t>(surface.size())},
         .surface = surface,
         .normalized = NormalizeName(surface),
         .kind = MentionKind::kCapitalized,
         .type = EntityType::kPerson,
         .confidence = 0.7F});
  }
};

class RandomDocuments {
 public:
  explicit RandomDocuments(std::uint64_t seed) : random_(seed) {}

  std::size_t Below(std::size_t bound) { return random_() % bound; }

  TestDocument Make(const std::string& id) {
    TestDocument document;
    document.id = id;
    document.title = Name();
    const std::size_t chunks = Below(4);  // None at all, too.
    for (std::size_t i = 0; i < chunks; ++i) document.AddChunk(Sentence());
    const auto chunk = [&] {
      return static_cast<std::uint32_t>(chunks == 0 ? 0 : Below(chunks));
    };
    document.Define(document.title, document.title, MentionKind::kTitle, 1);
    for (std::size_t n = Below(4); n > 0; --n) {
      const std::string name = Name();
      const std::string canonical = Below(2) == 0 ? name : Name();
      const MentionKind kind =
          Below(2) == 0 ? MentionKind::kAlias : MentionKind::kHeading;
      document.Define(name, canonical, kind, static_cast<float>(Below(4)) / 3,
                      chunk());
    }
    for (std::size_t n = chunks == 0 ? 0 : Below(4); n > 0; --n) {
      document.Mention(Name(), chunk());
    }
    return document;
  }

 private:
  // One to three words of a small vocabulary, so that names overlap.
  std::string Name() {
    std::string name = Word();
    for (std::size_t more = Below(3); more > 0; --more) name += " " + Word();
    return name;
  }
  std::string Word() {
    static const std::vector<std::string> kWords{
        "Ada",   "Byron", "\u00c9mile", "The",   "Of",     "1984",
        "March", "Rome",  "Io",         "Tower", "Bridge", "Rome"};
    return kWords[Below(kWords.size())];
  }
  std::string Sentence() {
    std::string sentence;
    for (std::size_t n = 3 + Below(12); n > 0; --n) {
      std::string word = Word();
      const std::size_t form = Below(4);
      if (form == 0) word = NormalizeName(word);
      if (form == 1) word += ",";
      sentence += word + " ";
    }
    return sentence;
  }

  std::mt19937_64 random_;
};

}  // namespace cairn
