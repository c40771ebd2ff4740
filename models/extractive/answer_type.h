// What kind of thing a question asks for.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cairn::extractive {

enum class AnswerType : std::uint8_t {
  kThing,       // "What ...", "Which ...": a name or a noun phrase.
  kPerson,      // "Who ...": a name.
  kPlace,       // "Where ...": a name after a preposition.
  kDate,        // "When ...": a date.
  kYear,        // "What year ...": four digits.
  kNumber,      // "How many ...": a number alone.
  kQuantity,    // "How much ...", "How tall ...": a number with its unit.
  kDefinition,  // "What is X?": what follows the copula.
  kReason,      // "Why ...": what follows "because".
  kOther,       // "How ...", yes or no: the sentence is the answer.
};

// `folded`: the folded words of the question, in order (text/words.h).
AnswerType ExpectedType(const std::vector<std::string>& folded);

}  // namespace cairn::extractive
