#include "models/extractive/answer_type.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "models/extractive/word_list.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr std::array<std::string_view, 12> kPersons = {
    "person",   "people", "president", "author", "actor",  "singer",
    "director", "king",   "queen",     "player", "leader", "scientist"};
constexpr std::array<std::string_view, 14> kPlaces = {
    "city",     "country", "state",     "town",    "place",
    "region",   "county",  "nation",    "village", "location",
    "province", "island",  "continent", "district"};
constexpr std::array<std::string_view, 8> kDates = {
    "date", "day", "month", "century", "decade", "time", "era", "period"};
constexpr std::array<std::string_view, 6> kQuantities = {
    "percentage", "percent", "proportion", "fraction", "amount", "cost"};
constexpr std::array<std::string_view, 8> kMeasures = {
    "tall", "long", "far", "old", "high", "deep", "wide", "fast"};
constexpr std::array<std::string_view, 4> kCopulas = {"is", "are", "was",
                                                      "were"};

// After "what" or "which": the noun asked for, "in what year".
AnswerType OfNoun(const std::vector<std::string>& words, std::size_t at) {
  for (std::size_t next = at + 1; next < words.size() && next <= at + 3;
       ++next) {
    const std::string& word = words[next];
    if (word == "year" || word == "years") return AnswerType::kYear;
    if (IsOneOf(word, kDates)) return AnswerType::kDate;
    if (IsOneOf(word, kPlaces)) return AnswerType::kPlace;
    if (IsOneOf(word, kPersons)) return AnswerType::kPerson;
    if (IsOneOf(word, kQuantities)) return AnswerType::kQuantity;
    if (word == "number") return AnswerType::kNumber;
    // "What did the king ..." asks for no king.
    if (IsStopWord(word) && !IsOneOf(word, kCopulas) && word != "the") break;
  }
  return AnswerType::kThing;
}

AnswerType OfWhat(const std::vector<std::string>& words, std::size_t at) {
  const AnswerType noun = OfNoun(words, at);
  if (noun != AnswerType::kThing) return noun;
  const bool copula = at + 1 < words.size() &&
                      (words[at + 1] == "is" || words[at + 1] == "are");
  // "What is X" has a short X; "What is the name of ..." is no definition.
  const bool brief = words.size() - at <= 5;
  const bool of = std::find(words.begin(), words.end(), "of") != words.end();
  return copula && brief && !of ? AnswerType::kDefinition : AnswerType::kThing;
}

AnswerType OfHow(const std::vector<std::string>& words, std::size_t at) {
  if (at + 1 >= words.size()) return AnswerType::kOther;
  const std::string& next = words[at + 1];
  if (next == "many") return AnswerType::kNumber;
  if (next == "much" || IsOneOf(next, kMeasures) || next == "large" ||
      next == "big") {
    return AnswerType::kQuantity;
  }
  return AnswerType::kOther;
}

}  // namespace

AnswerType ExpectedType(const std::vector<std::string>& folded) {
  for (std::size_t at = 0; at < folded.size(); ++at) {
    const std::string& word = folded[at];
    // Inside a sentence "when" and "where" are joints unless nothing else asks.
    if (word == "who" || word == "whom" || word == "whose") {
      return AnswerType::kPerson;
    }
    if (word == "when") return AnswerType::kDate;
    if (word == "where") return AnswerType::kPlace;
    if (word == "why") return AnswerType::kReason;
    if (word == "how") return OfHow(folded, at);
    if (word == "what" || word == "which") return OfWhat(folded, at);
  }
  return AnswerType::kOther;
}

}  // namespace cairn::extractive
