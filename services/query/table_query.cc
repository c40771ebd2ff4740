#include "services/query/table_query.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string_view>
#include <utility>

#include "services/query/verify.h"
#include "storage/records.h"
#include "tables/question_parser.h"
#include "tables/table_plan.h"
#include "tables/table_totals.h"
#include "text/utf8.h"

namespace cairn {
namespace {

constexpr std::size_t kTotalNotesMax = 2;

struct Source {
  Document record;
  ParsedDocument parsed;
};

Status CheckTables(const TableQuery& query, const ParsedDocument& parsed) {
  const std::size_t most =
      query.question.empty() ? kPlanTablesMax : kAskedTablesMax;
  if (query.tables.size() > most) {
    return InvalidFieldError("tables", "has more than " + std::to_string(most));
  }
  for (const std::uint32_t table : query.tables) {
    if (table < parsed.tables.size()) continue;
    return NoSuchTableError(query.document, table, parsed.tables.size());
  }
  return OkStatus();
}

StatusOr<std::vector<TableGrid>> MakeGrids(
    const std::vector<std::uint32_t>& tables, const ParsedDocument& parsed) {
  std::vector<TableGrid> grids;
  for (const std::uint32_t table : tables) {
    CAIRN_ASSIGN_OR_RETURN(
        TableGrid grid,
        MakeGrid(parsed, table, static_cast<std::uint32_t>(grids.size())));
    grids.push_back(std::move(grid));
  }
  return grids;
}

// A plan and what it is run over.
struct Chosen {
  TablePlan plan;
  std::vector<std::uint32_t> tables;
  std::vector<TableGrid> grids;  // In step with `tables`.
  std::optional<double> probability;
};

std::vector<std::uint32_t> TablesByDefault(const TableQuery& query,
                                           const ParsedDocument& parsed) {
  if (query.question.empty() || parsed.tables.empty()) return {0};
  std::vector<std::uint32_t> tables(
      std::min(parsed.tables.size(), kAskedTablesMax));
  std::iota(tables.begin(), tables.end(), 0U);
  return tables;
}

StatusOr<Chosen> Written(const TableQuery& query,
                         const ParsedDocument& parsed) {
  Chosen chosen{.tables = query.tables};
  CAIRN_ASSIGN_OR_RETURN(chosen.plan, ParsePlan(query.plan));
  CAIRN_ASSIGN_OR_RETURN(chosen.grids, MakeGrids(query.tables, parsed));
  return chosen;
}

// The most probable plan that the question means over one of the tables.
StatusOr<Chosen> Asked(const TableQuery& query, const ParsedDocument& parsed) {
  if (query.question.size() > kTableQuestionBytesMax) {
    return InvalidFieldError("question", "is longer than 16 KiB");
  }
  Chosen best;
  for (const std::uint32_t table : query.tables) {
    if (query.deadline.expired()) {
      return DeadlineExceededError("no time is left to ask all the tables");
    }
    StatusOr<std::vector<TableGrid>> grids = MakeGrids({table}, parsed);
    if (!grids.ok()) {
      if (query.tables.size() == 1) return grids.status();
      continue;
    }
    std::vector<RankedPlan> plans =
        ParseQuestion(query.question, grids->front(), 1);
    if (plans.empty() || plans[0].probability <= best.probability.value_or(0)) {
      continue;
    }
    best = {.plan = std::move(plans[0].plan),
            .tables = {table},
            .grids = *std::move(grids),
            .probability = plans[0].probability};
  }
  if (best.probability) return best;
  return NotFoundError(
      "no plan over the tables of document '" + query.document +
          "' fits the question; name a column or a cell as the table does, or "
          "write a plan (docs/tables.md); tables of more than " +
          std::to_string(kAskedSlotsMax) + " slots are not asked",
      "NO_PLAN");
}

// A reply has its limits: a plan may give a value for every row of a table.
void CutValues(TableComputation& computed) {
  std::vector<PlanValue>& values = computed.result.values;
  if (values.size() <= kPlanValuesMax) return;
  computed.notes.push_back("of " + std::to_string(values.size()) +
                           " values the first " +
                           std::to_string(kPlanValuesMax) + " are given");
  values.resize(kPlanValuesMax);
  if (computed.result.counts.size() > kPlanValuesMax) {
    computed.result.counts.resize(kPlanValuesMax);
  }
}

}  // namespace

Status NoSuchTableError(std::string_view document, std::uint32_t table,
                        std::size_t count) {
  const std::string has =
      count == 0 ? "it has none"
                 : "it has " + std::to_string(count) + ", numbered from 0";
  return InvalidArgumentError("document '" + std::string(document) +
                                  "' has no table " + std::to_string(table) +
                                  "; " + has,
                              "NO_SUCH_TABLE");
}

StatusOr<std::vector<Citation>> CiteCells(
    const Document& record, const ParsedDocument& parsed,
    const std::vector<std::uint32_t>& tables, std::size_t cells_max,
    const PlanResult& result, std::vector<std::string>& notes) {
  std::vector<Citation> citations;
  std::size_t cells = 0;
  for (const CellRef& ref : result.cells) {
    const Table& table = parsed.tables[tables[ref.table]];
    const ByteSpan& span = table.cells[ref.cell].span;
    if (span.empty()) continue;
    if (!QuoteIsSound(parsed.text, span)) {
      return DataLossError("a cell of document '" + record.id +
                           "' does not lie in its text");
    }
    if (++cells > cells_max) continue;
    citations.push_back(MakeCitation(record, parsed, span));
  }
  if (cells > cells_max) {
    notes.push_back("of the " + std::to_string(cells) +
                    " cells that were used, the first " +
                    std::to_string(cells_max) + " are cited");
  }
  return citations;
}

// What cells such as "171,905" are in, which their header or the text above the
// table says; empty: they say it themselves, or differ.
std::string ScaleNote(const PlanResult& result) {
  std::string_view name;
  for (const PlanValue& value : result.values) {
    const std::string_view one = ScaleWord(value.value.scale);
    const bool silent =
        std::none_of(value.text.begin(), value.text.end(),
                     [](char sign) { return IsAsciiLetter(sign); });
    if (value.computed || value.value.kind != CellKind::kNumber || !silent ||
        one.empty() || (!name.empty() && one != name)) {
      return {};
    }
    name = one;
  }
  return name.empty() ? "" : "in " + std::string(name) + "s";
}

std::vector<std::string> NotesOn(const PlanResult& result,
                                 const std::vector<const TableGrid*>& grids) {
  std::vector<std::string> notes = result.notes;
  if (std::string note = ScaleNote(result); !note.empty()) {
    notes.push_back(std::move(note));
  }
  const std::set<CellRef> used(result.cells.begin(), result.cells.end());
  std::size_t totals = 0;
  for (const TableGrid* grid : grids) {
    for (const TotalCheck& check : CheckTotals(*grid)) {
      const auto& cell = grid->rows[check.row].slots[check.column].cell;
      if (!cell.has_value() || !used.contains(*cell)) continue;
      if (++totals > kTotalNotesMax) return notes;
      notes.push_back(TotalNote(*grid, check));
    }
  }
  return notes;
}

StatusOr<TableComputation> RunTableQuery(const StoreReader& reader,
                                         const CollectionKey& collection,
                                         const TableQuery& query) {
  if (query.plan.empty() == query.question.empty()) {
    return InvalidFieldError("plan", "or a question is needed, one of the two");
  }
  Source source;
  CAIRN_ASSIGN_OR_RETURN(source.record,
                         LoadDocument(reader, collection, query.document));
  CAIRN_ASSIGN_OR_RETURN(
      source.parsed,
      LoadParsed(reader, collection, DocumentKeyOf(query.document)));
  TableQuery asked = query;
  if (asked.tables.empty())
    asked.tables = TablesByDefault(query, source.parsed);
  CAIRN_RETURN_IF_ERROR(CheckTables(asked, source.parsed));
  CAIRN_ASSIGN_OR_RETURN(Chosen chosen, query.question.empty()
                                            ? Written(asked, source.parsed)
                                            : Asked(asked, source.parsed));
  std::vector<const TableGrid*> pointers;
  for (const TableGrid& grid : chosen.grids) pointers.push_back(&grid);
  if (asked.deadline.expired()) {
    return DeadlineExceededError("no time is left to run the plan");
  }
  TableComputation computed{.plan = PrintPlan(chosen.plan),
                            .tables = chosen.tables,
                            .probability = chosen.probability};
  CAIRN_ASSIGN_OR_RETURN(computed.result,
                         TableEngine(pointers).Run(chosen.plan));
  computed.notes = NotesOn(computed.result, pointers);
  CutValues(computed);
  CAIRN_ASSIGN_OR_RETURN(
      computed.citations,
      CiteCells(source.record, source.parsed, chosen.tables, kPlanCitationsMax,
                computed.result, computed.notes));
  return computed;
}

}  // namespace cairn
