// Widen: hits joined to longer pieces of their sections.
//
// Place: SearchRun runs it last, when the request asks for it.
// Rules, within one section of one document (a table by itself, text by
// itself):
//   - hits that stand next to each other, or one chunk apart, become one hit
//     with all the text between its ends;
//   - with a token budget, what is left of it goes to the neighbours of the
//     hits, best hit first: the next chunk, then the one before.
// A joined hit holds at most kWidenedTokensMax tokens, and what is added must
// fit the budget. It stands where the first of its hits stood and has chunk,
// context, score and parts of its best one. No byte is delivered twice.
// Threads: those of SearchRun. Errors: of reading passages.
#pragma once

#include <cstdint>
#include <vector>

#include "base/status.h"
#include "services/query/passages.h"
#include "services/query/search_run.h"

namespace cairn {

inline constexpr std::uint64_t kWidenedTokensMax = 4'000;

// `token_budget`: 0 for none; the hits together are within it.
StatusOr<std::vector<Found>> Widen(std::vector<Found> hits,
                                   std::uint64_t token_budget,
                                   Passages& passages);

}  // namespace cairn
