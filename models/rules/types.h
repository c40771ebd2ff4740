// Types: person, place, ... from the form of a name or from "is a ...".
// Threads: pure. kUnknown where nothing speaks.
#pragma once

#include <string_view>

#include "domain/entity.h"
#include "models/rules/tokens.h"

namespace cairn::rules {

// "... (film)", "Mississippi River", "University of Oslo", "Battle of
// Hastings".
EntityType TypeFromName(std::string_view name);

// "is/was a|an|the ... noun" at token `at`, where the verb stands.
EntityType TypeFromCopula(std::string_view text, const Tokens& tokens,
                          std::size_t at);

// The first sentence of a text whose subject stands in front: the first
// "is/was a ...", else "(born".
EntityType TypeFromFirstSentence(std::string_view text, const Tokens& tokens);

}  // namespace cairn::rules
