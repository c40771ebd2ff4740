// A question with typing errors in its names, read as it was meant.
//
// A capitalised word (any word, when the question has no capitals) that stands
// nowhere in the collection is read as the name one edit away, if there is one:
// no passage could be found by it. Words of fewer than five letters, with
// digits, or between double quotes are left as they are.
// Pure over an immutable view; threads: safe. Measured: docs/adr/0018.
#pragma once

#include <string>
#include <string_view>

#include "graph/graph_view.h"
#include "services/query/question_names.h"

namespace cairn {

// Empty: there is nothing to mend.
std::string MendQuestion(const GraphView& graph, std::string_view question,
                         const WordStatistics& words);

}  // namespace cairn
