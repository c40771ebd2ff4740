#include "models/extractive/question.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "models/extractive/word_list.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr std::array<std::string_view, 14> kAsking = {
    "what", "which", "who",  "whom", "whose", "when", "where",
    "why",  "how",   "many", "much", "did",   "does", "do"};

bool IsAsking(std::string_view folded) { return IsOneOf(folded, kAsking); }

bool HasDigit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](unsigned char sign) {
    return std::isdigit(sign) != 0;
  });
}

template <typename List>
void AddOnce(std::string value, List& list) {
  if (std::find(list.begin(), list.end(), value) == list.end()) {
    list.push_back(std::move(value));
  }
}

// Words with their hyphens, lower case: "full-upgrade".
std::vector<std::string> HyphenWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char sign : std::string(text) + " ") {
    const bool inside =
        std::isalnum(static_cast<unsigned char>(sign)) != 0 ||
        (static_cast<unsigned char>(sign) & 0x80U) != 0 ||
        ((sign == '-' || sign == '_' || sign == '+') && !word.empty());
    if (inside) {
      word += sign;
    } else if (!word.empty()) {
      words.push_back(LowerAscii(word));
      word.clear();
    }
  }
  return words;
}

// Without function words around: "the axon" of "an axon".
std::vector<std::string> Trimmed(std::vector<std::string> words) {
  const auto loose = [](const std::string& word) {
    return IsStopWord(word) || IsAsking(word);
  };
  while (!words.empty() && loose(words.front())) words.erase(words.begin());
  while (!words.empty() && loose(words.back())) words.pop_back();
  return words;
}

// Of "... difference between A and B", "... do A and B differ".
std::optional<Sides> ReadSides(std::string_view text) {
  const std::vector<std::string> words = HyphenWords(text);
  const auto differ = std::find_if(
      words.begin(), words.end(),
      [](const std::string& word) { return word.starts_with("differ"); });
  const auto between = std::find(words.begin(), words.end(), "between");
  if (differ == words.end()) return std::nullopt;
  const auto first = between != words.end() ? between + 1 : words.begin();
  const auto last = between != words.end() ? words.end() : differ;
  const auto joint = std::find(first, last, "and");
  if (joint == last) return std::nullopt;
  Sides sides{.words = {Trimmed({first, joint}), Trimmed({joint + 1, last})}};
  if (sides.words[0].empty() || sides.words[1].empty()) return std::nullopt;
  return sides;
}

// Whether the words ask what something is or means. That it is defined anywhere
// is for `Defines` to find: "What is the capital of France?" asks in the same
// form.
bool AsksForDefinition(const std::vector<std::string>& folded) {
  constexpr std::array<std::string_view, 5> kCopulas = {"is", "are", "was",
                                                        "were", "does"};
  if (folded.size() < 2) return false;
  if (folded[0] == "define") return true;
  if (folded[0] != "what" && folded[0] != "who") return false;
  if (!IsOneOf(folded[1], kCopulas)) return false;
  return folded[1] != "does" || folded.back() == "mean" ||
         folded.back() == "for" || folded.back() == "to";
}

// "the definition of", "is meant by": not part of what is to be defined.
bool AsksForMeaning(std::string_view lower) {
  constexpr std::array<std::string_view, 9> kMeaning = {
      "mean",   "means",   "meant", "meaning", "definition",
      "define", "defined", "stand", "refer"};
  return IsOneOf(lower, kMeaning);
}

}  // namespace

bool Question::explains() const {
  return type == AnswerType::kOther || type == AnswerType::kReason ||
         sides.has_value();
}

bool HasPhrase(std::string_view text, const std::vector<std::string>& words) {
  const std::vector<std::string> here = HyphenWords(text);
  return std::search(here.begin(), here.end(), words.begin(), words.end()) !=
         here.end();
}

Question ReadQuestion(std::string_view text) {
  Question question{
      .text = std::string(text), .terms = {}, .keys = {}, .sides = {}};
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
  question.sides = ReadSides(text);
  question.defines = AsksForDefinition(folded);
  for (Word& word : AnalyzeWords(text, "en")) {
    const std::string lower = LowerAscii(word.span.Of(text));
    if (IsStopWord(lower) || IsAsking(lower)) continue;
    if (question.defines && AsksForMeaning(lower)) continue;
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
