// Units: what a draft may quote, sentences, list items and table rows of the
// evidence, scored against the question by their words. Headings are none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/extractive/question.h"
#include "models/generator.h"

namespace cairn::extractive {

// What a reader's log odds are cut to before they count.
inline constexpr double kOddsMin = -6;
inline constexpr double kOddsMax = 6;

enum class UnitKind : std::uint8_t {
  kSentence,
  kItem,  // Of a list.
  kCode,
  kRow,  // Of a table.
  // Words without a sentence, such as a line of navigation; or a question.
  kBare,
};

struct Unit {
  std::size_t passage = 0;
  UnitKind kind = UnitKind::kSentence;
  std::size_t block = 0;    // Units of one paragraph have the same number.
  ByteSpan span;            // Of the document's canonical text.
  std::string text;         // Exactly those bytes.
  std::string read;         // What is encoded: rows with their headers.
  TermSet terms;            // Of `read`.
  double coverage = 0;      // Of the question, with title and context, 0..1.
  double own_coverage = 0;  // Of the question, by the unit alone.
  double passage_coverage = 0;
  double lexical = 0;            // Words, rank and form, about 0..1.
  bool defines = false;          // By its form, what the question asks for.
  std::optional<double> cosine;  // Unset: not encoded.
  std::optional<double> odds;    // Of the reader's best span; unset: not read.
  ByteSpan answer;               // That span, of `text`.
  double score = 0;
  // Of an item: the unit that introduces the list, as an index.
  std::optional<std::size_t> lead_in;
  // Indexes into the passage's cells; empty: no row.
  std::vector<std::size_t> cells;
};

// All units, in order of passages and text, with `lexical` set.
std::vector<Unit> CollectUnits(const GenerationRequest& request,
                               const Question& question);

// The cell of a row unit that answers, as an index into the passage's cells:
// its header is asked for, or it is of the right type. None: nothing does.
std::optional<std::size_t> AnswerCell(const Unit& unit,
                                      const EvidencePassage& passage,
                                      const Question& question);

// Share of the question's names and numbers that `passage` has nowhere.
double MissingKeys(const EvidencePassage& passage, const Question& question);

// True when the two say the same with nearly the same words.
bool NearlySame(const Unit& a, const Unit& b);

}  // namespace cairn::extractive
