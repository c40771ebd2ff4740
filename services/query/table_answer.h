// TableAnswer: an answer computed over the cells of a table that was found.
//
// Place: QueryCore asks for it before the generator. The tables among the best
// hits are asked the question (tables/question_parser.h); the most probable
// answer above the threshold stands, with its plan in the sentence and the
// cells that were used as citations. Verified before it leaves: the bytes of
// the cells like every quote, and the values by running the plan as the
// sentence shows it. Totals among the cells are compared with their parts.
// Reads the pinned state through `evidence`; belongs to one answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/answer.h"
#include "domain/search.h"
#include "domain/span.h"
#include "services/query/evidence.h"
#include "services/query/search_run.h"

namespace cairn {

struct TableAnswer {
  AnswerSentence sentence;
  std::string short_answer;  // The values, joined by "; ".
};

// The one cell that a plan selects which is not trusted enough to be the
// answer: where the generator quotes its row, it is what the row was quoted
// for.
struct CellHint {
  std::string document;
  ByteSpan span;
  std::string text;
};

struct TableFinding {
  // None: no table among the best hits, or no plan that can be trusted.
  std::optional<TableAnswer> answer;
  std::optional<CellHint> hint;  // Only without an answer.
};

// In modes other than table one of the first two hits must be of a table, and
// the first table alone is asked: plans over the second were wrong more often
// than right (ADR 13).
StatusOr<TableFinding> AnswerFromTables(std::string_view question,
                                        SearchMode mode, const ReadState& state,
                                        const std::vector<Found>& found,
                                        Evidence& evidence);

}  // namespace cairn
