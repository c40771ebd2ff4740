// Units: what a draft may quote, sentences and table rows of the evidence,
// scored against the question by their words.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/extractive/question.h"
#include "models/generator.h"

namespace cairn::extractive {

struct Unit {
  std::size_t passage = 0;
  ByteSpan span;            // Of the document's canonical text.
  std::string text;         // Exactly those bytes.
  std::string read;         // What is encoded: rows with their headers.
  TermSet terms;            // Of `read`.
  double coverage = 0;      // Of the question, with title and context, 0..1.
  double own_coverage = 0;  // Of the question, by the unit alone.
  double passage_coverage = 0;
  double lexical = 0;            // Words, rank and form, about 0..1.
  std::optional<double> cosine;  // Unset: not encoded.
  double score = 0;
  // Indexes into the passage's cells; empty: a sentence.
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
