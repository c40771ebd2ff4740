#include "models/extractive/question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr std::array<std::string_view, 14> kAsking = {
    "what", "which", "who",  "whom", "whose", "when", "where",
    "why",  "how",   "many", "much", "did",   "does", "do"};

bool IsAsking(std::string_view folded) {
  return std::find(kAsking.begin(), kAsking.end(), folded) != kAsking.end();
}

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](unsigned char sign) {
    return std::isdigit(sign) != 0;
  });
}

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& sign : lower) {
    sign = static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
  }
  return lower;
}

template <typename List>
void AddOnce(std::string value, List& list) {
  if (std::find(list.begin(), list.end(), value) == list.end()) {
    list.push_back(std::move(value));
  }
}

}  // namespace

Question ReadQuestion(std::string_view text) {
  Question question{.text = std::string(text), .terms = {}, .keys = {}};
  std::vector<std::string> folded;
  for (const Word& word : FoldWords(text)) {
    const std::string_view surface = word.span.Of(text);
    const bool capital =
        !surface.empty() &&
        std::isupper(static_cast<unsigned char>(surface.front())) != 0;
    const bool name = capital && !folded.empty() && !IsStopWord(word.term) &&
                      !IsAsking(word.term);
    if (name || HasDigit(word.term)) AddOnce(word.term, question.keys);
    folded.push_back(word.term);
  }
  question.type = ExpectedType(folded);
  for (Word& word : AnalyzeWords(text, "en")) {
    const std::string lower = Lower(word.span.Of(text));
    if (IsStopWord(lower) || IsAsking(lower)) continue;
    AddOnce(std::move(word.term), question.terms);
  }
  return question;
}

TermSet TermsOf(std::string_view text) {
  TermSet terms;
  for (Word& word : AnalyzeWords(text, "en"))
    terms.insert(std::move(word.term));
  return terms;
}

TermSet FoldedOf(std::string_view text) {
  TermSet terms;
  for (Word& word : FoldWords(text)) terms.insert(std::move(word.term));
  return terms;
}

}  // namespace cairn::extractive
