// TableQuery: a plan that a user wrote, run over the tables of a document.
//
// Place: QueryCore::RunPlan, behind the RPC RunTablePlan; nothing is searched
// and no model is asked. Reads a pinned state; pure otherwise.
// Errors: NOT_FOUND (document), INVALID_ARGUMENT (NO_SUCH_TABLE; those of
// ParsePlan, MakeGrid and TableEngine::Run).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/status.h"
#include "domain/answer.h"
#include "domain/ids.h"
#include "storage/store.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"

namespace cairn {

inline constexpr std::size_t kPlanTablesMax = 8;
inline constexpr std::size_t kPlanCitationsMax = 256;

struct TableQuery {
  std::string document;  // Its id.
  // Places in ParsedDocument::tables. The plan starts from the first; its joins
  // name the others, the second as 2. Empty: the first table.
  std::vector<std::uint32_t> tables;
  std::string plan;  // See tables/table_plan.h.
  Deadline deadline = Deadline::Infinite();
};

struct TableComputation {
  std::string plan;  // As it was understood.
  PlanResult result;
  // Of the cells of `result` that are not empty, the first kPlanCitationsMax.
  std::vector<Citation> citations;
  std::vector<std::string> notes;  // For people.
  Sequence sequence;
};

StatusOr<TableComputation> RunTableQuery(const StoreReader& reader,
                                         const CollectionKey& collection,
                                         const TableQuery& query);

// What the engine noted, and whether the totals that were used are those of
// their parts. `grids` are those of the engine, in order.
std::vector<std::string> NotesOn(const PlanResult& result,
                                 const std::vector<const TableGrid*>& grids);

}  // namespace cairn
