// Definitions: the term that a question wants defined, and the terms that a
// sentence defines by its form.
//
// Contracts, licences, standards and glossaries define their words in a few
// forms, `"Licence" means ...`, `"You" or "Your" refers to ...`, `the lender
// (the "Bank")`, "Yield: the ratio ...". A reader trained on encyclopaedia
// questions knows few of them; the form alone is a certain sign.
#pragma once

#include <string_view>

#include "models/extractive/question.h"

namespace cairn::extractive {

// True when `sentence` has the form of a definition of what `question` asks
// for: the defined words are the first that the question asks about, and the
// sentence has all others ("What is the Standard Version of the Package?" is
// answered by `"Standard Version" refers to such a Package`).
bool Defines(std::string_view sentence, const Question& question);

}  // namespace cairn::extractive
