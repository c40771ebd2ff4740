// Lexicon: the word lists of the rules. All take lower case words.
// Threads: pure.
#pragma once

#include <string_view>

#include "domain/entity.h"

namespace cairn::rules {

bool IsMonth(std::string_view word);      // "march", "sept"
bool IsWeekday(std::string_view word);    // "monday"
bool IsConnector(std::string_view word);  // "of", "de": only inside a run
// Words that start sentences and questions and are no part of a name.
bool IsStarter(std::string_view word);
bool IsHonorific(std::string_view word);     // "mr", "dr", "sir"
bool IsAbbreviation(std::string_view word);  // Keeps its full stop: "inc"
bool IsUnit(std::string_view word);          // "km", "percent"
bool IsMagnitude(std::string_view word);     // "million"
bool IsCurrency(std::string_view word);      // "eur"
bool IsNumberEnding(std::string_view word);  // "s", "th"
// Ends the noun phrase after "is a": "who", "in", "of".
bool IsPhraseEnd(std::string_view word);
// Heads of "Ministry of Trade and Industry", which take "and" inside.
bool IsOffice(std::string_view word);
// Ends a lower case event after a name: "general election"; or stands inside.
bool IsEventEnd(std::string_view word);
bool IsEventAdjective(std::string_view word);
// Headings that name nothing: "references".
bool IsGenericHeading(std::string_view heading);

// What a common noun calls a thing: "actress" a person; kUnknown: not listed.
EntityType TypeOfNoun(std::string_view noun);
// What a capitalised word inside a name says of it: "University", "River".
EntityType TypeOfNamePart(std::string_view word);

}  // namespace cairn::rules
