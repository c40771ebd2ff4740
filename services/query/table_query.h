// TableQuery: a plan that a user wrote, or the most probable plan of a
// question, run over the tables of a document.
//
// Place: QueryCore::RunPlan, behind the RPC RunTablePlan; nothing is searched
// and no model is asked. Reads a pinned state; pure otherwise.
// Cost of a question: that of ParseQuestion for each table.
// Errors: NOT_FOUND (document; NO_PLAN: no plan fits the question),
// INVALID_ARGUMENT (NO_SUCH_TABLE; those of ParsePlan, MakeGrid and
// TableEngine::Run).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/status.h"
#include "domain/answer.h"
#include "domain/document.h"
#include "domain/ids.h"
#include "storage/store.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"

namespace cairn {

inline constexpr std::size_t kPlanTablesMax = 8;
inline constexpr std::size_t kAskedTablesMax = 64;
inline constexpr std::size_t kTableQuestionBytesMax = 16'384;
inline constexpr std::size_t kPlanCitationsMax = 256;
inline constexpr std::size_t kPlanValuesMax = 10'000;

struct TableQuery {
  std::string document;  // Its id.
  // Places in ParsedDocument::tables. The plan starts from the first; its joins
  // name the others, the second as 2. A question is asked of each. Empty: of a
  // plan the first table, of a question the first kAskedTablesMax.
  std::vector<std::uint32_t> tables;
  // One of the two.
  std::string plan;  // See tables/table_plan.h.
  std::string question;
  Deadline deadline = Deadline::Infinite();
};

struct TableComputation {
  std::string plan;                   // As it was understood.
  std::vector<std::uint32_t> tables;  // That it is over.
  // Of a question: see RankedPlan.
  std::optional<double> probability;
  // Its first kPlanValuesMax values and counts; a note says what was left out.
  PlanResult result;
  // Of the cells of `result` that are not empty, the first kPlanCitationsMax.
  std::vector<Citation> citations;
  std::vector<std::string> notes;  // For people.
  Sequence sequence;
};

StatusOr<TableComputation> RunTableQuery(const StoreReader& reader,
                                         const CollectionKey& collection,
                                         const TableQuery& query);

// INVALID_ARGUMENT NO_SUCH_TABLE: the document has `count` tables, and `table`
// is none of them.
Status NoSuchTableError(std::string_view document, std::uint32_t table,
                        std::size_t count);

// Citations of the cells of `result` that are not empty, the first `cells_max`;
// a note counts the others. `tables` are the places in `parsed` of the engine's
// tables. DATA_LOSS when a cell's bytes are not what the text holds.
StatusOr<std::vector<Citation>> CiteCells(
    const Document& record, const ParsedDocument& parsed,
    const std::vector<std::uint32_t>& tables, std::size_t cells_max,
    const PlanResult& result, std::vector<std::string>& notes);

// What the engine noted, and whether the totals that were used are those of
// their parts. `grids` are those of the engine, in order.
std::vector<std::string> NotesOn(const PlanResult& result,
                                 const std::vector<const TableGrid*>& grids);

}  // namespace cairn
