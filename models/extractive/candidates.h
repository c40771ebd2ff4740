// Candidates for the short answer inside one sentence.
#pragma once

#include <optional>
#include <string_view>

#include "domain/span.h"
#include "models/extractive/question.h"

namespace cairn::extractive {

struct ShortAnswer {
  ByteSpan span;      // Of the sentence.
  double score = 0;   // Comparable within one question.
  bool fits = false;  // Of the type that the question asks for.
};

// The best candidate; none when nothing stands out. Candidates made of words
// of the question alone are never answers.
std::optional<ShortAnswer> FindShortAnswer(std::string_view sentence,
                                           const Question& question);

// How well a whole text (a table's cell) is of the question's type, 0..1.
double TypeFit(std::string_view text, const Question& question);

}  // namespace cairn::extractive
