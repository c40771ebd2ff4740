// A question, read once: its terms, names, numbers and the type of its answer.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "models/extractive/answer_type.h"

namespace cairn::extractive {

using TermSet = std::set<std::string, std::less<>>;

struct Question {
  std::string text;
  AnswerType type = AnswerType::kOther;
  // Stems of the content words; without question words. Never repeated.
  std::vector<std::string> terms;
  // Folded names (capitals inside the question) and numbers: an answer about
  // other names or years is no answer.
  std::vector<std::string> keys;
};

Question ReadQuestion(std::string_view text);

// Stems of all words of `text`.
TermSet TermsOf(std::string_view text);
// Folded words of `text`.
TermSet FoldedOf(std::string_view text);

}  // namespace cairn::extractive
