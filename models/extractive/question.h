// A question, read once: its terms, names, numbers and the type of its answer.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/extractive/answer_type.h"

namespace cairn::extractive {

using TermSet = std::set<std::string, std::less<>>;

// "The difference between apt upgrade and apt full-upgrade": the words of each
// side, lower case, hyphens kept.
struct Sides {
  std::array<std::vector<std::string>, 2> words;
};

struct Question {
  std::string text;
  AnswerType type = AnswerType::kOther;
  // Stems of the content words; without question words. Never repeated.
  std::vector<std::string> terms;
  // Folded names (capitals inside the question) and numbers: an answer about
  // other names or years is no answer.
  std::vector<std::string> keys;
  std::optional<Sides> sides;  // Of a question about a difference.
  bool defines = false;        // "What is X", "What does X mean", "Define X".

  // No few words can answer it: "how", "why", a difference, yes or no.
  bool explains() const;
};

Question ReadQuestion(std::string_view text);

// True when `text` has these words, which are lower case, one after the other;
// hyphens belong to words.
bool HasPhrase(std::string_view text, const std::vector<std::string>& words);

// Stems of all words of `text`.
TermSet TermsOf(std::string_view text);
// Folded words of `text`.
TermSet FoldedOf(std::string_view text);

}  // namespace cairn::extractive
