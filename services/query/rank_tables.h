// RankTables: which of the tables that a search found holds the question's
// words.
//
// Place: mode table, after the base scores; mode auto, after all its stages,
// when a table is among the first kTablesSeenIn candidates. Cost: reads the
// documents of up to kRankedTablesMax tables. Errors: of reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "services/query/candidate.h"
#include "services/query/passages.h"

namespace cairn {

inline constexpr std::size_t kRankedTablesMax = 10;
// A question is not one for tables when none is among the very best candidates.
inline constexpr std::size_t kTablesSeenIn = 2;

enum class TableRanking : std::uint8_t {
  kScores,  // Scores of tables rise by what they hold.
  kPlaces,  // Tables change places among themselves; text stays where it is.
};

// Part::kTable of the chunks of the best tables: `weight` times what
// MatchTables says, or what the other place is worth. `candidates` sorted, best
// first, before and after.
Status RankTables(std::string_view question, double weight,
                  TableRanking ranking, const ReadState& state,
                  Passages& passages, std::vector<Candidate>& candidates);

// A chunk of a table is among the first kTablesSeenIn.
StatusOr<bool> BeginsWithTable(const std::vector<Candidate>& candidates,
                               const Passages& passages);

}  // namespace cairn
