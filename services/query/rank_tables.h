// RankTables: which of the tables that a search found holds the question's
// words.
//
// Place: mode table, after the base scores. AnswerFromTables chooses with it
// among the tables of a question that was asked in another mode.
// Cost: reads the documents of up to kRankedTablesMax tables.
// Errors: of reading.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "services/query/candidate.h"
#include "services/query/passages.h"

namespace cairn {

inline constexpr std::size_t kRankedTablesMax = 10;

// Adds Part::kTable, `weight` times what MatchTables says, to the chunks of the
// best tables and sorts anew. `candidates` sorted, best first; chunks of text
// keep their scores.
Status RankTables(std::string_view question, double weight,
                  const ReadState& state, Passages& passages,
                  std::vector<Candidate>& candidates);

}  // namespace cairn
