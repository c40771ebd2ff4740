// A question with typing errors, read as it was meant.
//
// A word that stands nowhere in the collection is read as the one that is one
// edit away, if there is one: no passage could be found by it. A capitalised
// word can only be a name, one without a capital only another word, in a
// question without capitals either. Words of fewer than five letters, with
// digits, between double quotes, or known to the encoder ("there", "London")
// are left as they are, and so is a question with more than four unknown words.
// Pure over an immutable view; threads: safe. Measured: docs/adr/0018.
#pragma once

#include <string>
#include <string_view>

#include "graph/graph_view.h"
#include "services/query/nearest_word.h"

namespace cairn {

// Empty: there is nothing to mend.
std::string MendQuestion(const GraphView& graph, std::string_view question,
                         const WordsOfChunks& words);

}  // namespace cairn
