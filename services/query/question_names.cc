#include "services/query/question_names.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "graph/contribution.h"
#include "graph/name_rules.h"
#include "graph/part_name.h"
#include "text/labels.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr double kSiblingShare = 0.5;
// A part that more chunks have ("Section 1") tells nothing by itself.
constexpr std::size_t kPartChunksMax = 32;
// A name in ten chunks or more is not rare at all.
constexpr double kCommonChunks = 10;
// Names of this strength are titles as they stand, not guesses.
constexpr double kTitleStrength = 0.95;

// A name is written with capitals at least this often where it stands.
constexpr double kNameShareMin = 0.3;

// "Xxxxx": not an acronym, not a code, nor of a script without capitals.
bool IsCapitalized(std::string_view word) {
  if (word.size() <= 2 || IsAsciiDigit(word[0])) return false;
  const std::size_t first = DecodeAt(word, 0).size;
  return StandsOut(word.substr(0, first)) && !StandsOut(word.substr(first));
}

// A script without capitals says nothing about what is a name.
bool IsCaseless(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = DecodeAt(word, at);
    if (point.value < 0x590 || !StandsOut(word.substr(at, point.size))) {
      return false;
    }
    at += point.size;
  }
  return !word.empty();
}

// Whether the collection writes the name with capitals more often than not:
// tells "france" from "liver" where the question does not.
bool IsUsedAsName(const QuestionLink& link, const WordStatistics& words) {
  std::size_t rarest = std::numeric_limits<std::size_t>::max();
  for (const Word& word : AnalyzeWords(link.name, "en")) {
    rarest = std::min(rarest, words(word.term));
  }
  return static_cast<double>(link.chunks) >=
         kNameShareMin * static_cast<double>(rarest);
}

// Whether the link is a proper name, worth following to other passages.
bool IsProperName(const QuestionLink& link, std::string_view question,
                  const WordStatistics& words) {
  const std::string_view surface = link.span.Of(question);
  bool capital = false;
  for (const Word& word : FoldWords(surface)) {
    // The first word of a sentence has a capital anyway.
    if (link.span.begin + word.span.begin == 0) continue;
    capital = capital || IsCapitalized(word.span.Of(surface));
  }
  if (capital) return true;
  const bool first = link.span.begin == 0;
  const bool undecided =
      IsCaseless(surface) ||
      (first ? IsCapitalized(surface.substr(0, surface.find(' ')))
             : !StandsOut(question));
  return undecided && IsUsedAsName(link, words);
}

bool IsRareOrTitle(const QuestionLink& link, const RetrievalOptions& options) {
  return !link.titled.empty() ||
         (link.chunks > 0 &&
          static_cast<double>(link.chunks) <= options.rare_chunks);
}

void Raise(QuestionNames& names, const ChunkId& chunk,
           const QuestionNames::Pointer& pointer) {
  QuestionNames::Pointer& known = names.chunks[chunk];
  const bool title = known.title || pointer.title;
  if (pointer.strength > known.strength) known = pointer;
  known.strength = std::min(known.strength, 1.0);
  known.title = title;
}

void AddRareName(const GraphView& graph, const QuestionLink& link,
                 double rare_strength, QuestionNames& names) {
  const double strength =
      rare_strength * (1 - std::log(static_cast<double>(link.chunks)) /
                               std::log(kCommonChunks));
  for (const ChunkId& chunk : ChunksHolding(graph, link.entity)) {
    Raise(names, chunk, {.strength = strength, .by = link.entity});
  }
}

// Points at the chunks of a numbered part; false: none has it, or too many.
bool AddPart(const GraphView& graph, const std::string& part, double strength,
             QuestionNames& names) {
  const EntityId entity = EntityIdOf(part);
  const auto chunks = ChunksHolding(graph, entity, kPartChunksMax);
  for (const ChunkId& chunk : chunks) {
    Raise(names, chunk, {.strength = strength, .by = entity, .title = true});
  }
  return !chunks.empty();
}

// "Section 4.2 of the Harbour Guide" points at that section of that document;
// where no title tells the document, at that of all that have one.
void AddParts(const GraphView& graph, std::string_view question,
              QuestionNames& names) {
  for (const Label& label : FindReferences(question)) {
    bool found = false;
    for (const QuestionLink& link : names.links) {
      for (const DocumentKey document : link.titled) {
        found |=
            AddPart(graph, PartName(document, label.key), link.strength, names);
      }
    }
    if (!found) found = AddPart(graph, PartName("", label.key), 1, names);
    names.open = names.open || found;
  }
}

}  // namespace

double QuestionNames::StrengthOf(const ChunkId& chunk) const {
  const auto found = chunks.find(chunk);
  return found == chunks.end() ? 0 : found->second.strength;
}

bool QuestionNames::Titles(const ChunkId& chunk) const {
  const auto found = chunks.find(chunk);
  return found != chunks.end() && found->second.title;
}

QuestionNames FindQuestionNames(const GraphView& graph,
                                std::string_view question,
                                const WordStatistics& words,
                                const RetrievalOptions& options) {
  QuestionNames names;
  names.links = graph.LinkQuestion(question);
  for (const QuestionLink& link : names.links) {
    names.open = names.open || (IsRareOrTitle(link, options) &&
                                IsProperName(link, question, words));
  }
  if (!names.open) {
    std::erase_if(names.links, [](const QuestionLink& link) {
      return link.strength < kTitleStrength || link.titled.empty();
    });
  }
  AddParts(graph, question, names);
  for (const QuestionLink& link : names.links) {
    if (!link.titled.empty()) {
      for (const ChunkId& chunk : graph.TitledChunks(link.entity)) {
        Raise(names, chunk,
              {.strength = link.strength, .by = link.entity, .title = true});
      }
    } else if (IsRareOrTitle(link, options)) {
      AddRareName(graph, link, options.rare_strength, names);
    }
  }
  return names;
}

void AddLinkParts(const QuestionNames& names, double weight,
                  std::vector<Candidate>& candidates) {
  SortByScore(candidates);
  std::unordered_set<std::uint64_t> seen;
  for (Candidate& candidate : candidates) {
    const auto found = names.chunks.find(candidate.chunk);
    if (found == names.chunks.end()) continue;
    const auto& [strength, by, title] = found->second;
    const bool first = !title || seen.insert(by.value()).second;
    candidate[Part::kLink] = weight * strength * (first ? 1 : kSiblingShare);
  }
  SortByScore(candidates);
}

}  // namespace cairn
