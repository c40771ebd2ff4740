#include "services/query/table_answer.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "services/query/rank_tables.h"
#include "services/query/table_query.h"
#include "tables/question_parser.h"
#include "tables/table_engine.h"
#include "tables/table_grid.h"
#include "tables/table_match.h"

namespace cairn {
namespace {

constexpr std::size_t kHitsOfTableMode = 10;
constexpr std::size_t kTablesOfTableMode = 5;
constexpr std::size_t kTablesOfOthers = 1;
constexpr std::size_t kCitationsMax = 24;
constexpr std::size_t kValuesMax = 20;
// By how much more probable the plan of a later hit must be: hits are ranked by
// all that is known of the question, plans by one table.
constexpr double kSurer = 0.2;
// A table that holds fewer of a question's words is about something else. The
// probability of a plan takes for granted that it is not: of questions asked of
// another table 12.7 % are trusted, and 1.6 % with this (tables/README.md).
constexpr double kHeldShareMin = 0.3;

// A plan as probable may say which cell of a row is meant. Held out, plans from
// here to the threshold are right for half of the questions, whatever row they
// take; the row is already known to be good.
constexpr double kHintProbability = 0.5;

struct Best {
  RankedPlan plan;
  TableGrid grid;
  const Evidence::Source* source = nullptr;
  std::uint32_t table = 0;
};

// The plan as it is shown comes to the values that are said.
bool IsSound(const Best& best) {
  const StatusOr<TablePlan> shown = ParsePlan(PrintPlan(best.plan.plan));
  if (!shown.ok()) return false;
  const StatusOr<PlanResult> again = TableEngine({&best.grid}).Run(*shown);
  return again.ok() && AnswerKey(*again) == AnswerKey(best.plan.result);
}

std::string ShortAnswer(const PlanResult& result) {
  std::string text;
  for (std::size_t i = 0; i < result.values.size() && i < kValuesMax; ++i) {
    if (!text.empty()) text += "; ";
    text += result.values[i].text;
  }
  if (result.values.size() > kValuesMax) {
    text +=
        "; and " + std::to_string(result.values.size() - kValuesMax) + " more";
  }
  return text;
}

// None: it cannot be verified.
std::optional<TableAnswer> Written(const Best& best) {
  TableAnswer answer{.sentence = {},
                     .short_answer = ShortAnswer(best.plan.result)};
  std::vector<std::string> notes = NotesOn(best.plan.result, {&best.grid});
  if (answer.short_answer.empty() || !IsSound(best)) return std::nullopt;
  StatusOr<std::vector<Citation>> citations =
      CiteCells(best.source->record, best.source->parsed, {best.table},
                kCitationsMax, best.plan.result, notes);
  if (!citations.ok() || citations->empty()) return std::nullopt;
  answer.sentence.citations = *std::move(citations);
  answer.sentence.text =
      answer.short_answer + " (computed: " + PrintPlan(best.plan.plan) + ")";
  for (const std::string& note : notes) {
    answer.sentence.text += " Note: " + note + ".";
  }
  answer.sentence.confidence = best.plan.probability;
  answer.sentence.verdict = Verdict::kSupported;
  return answer;
}

// None: the plan selects no cell, or more than one.
std::optional<CellHint> HintOf(const Best& best) {
  const PlanResult& result = best.plan.result;
  if (best.plan.probability < kHintProbability || result.values.size() != 1 ||
      result.values[0].computed || result.cells.empty()) {
    return std::nullopt;
  }
  const Table& table = best.source->parsed.tables[best.table];
  const Cell& cell = table.cells[result.cells[0].cell];
  return CellHint{.document = best.source->record.id,
                  .span = cell.span,
                  .text = std::string(cell.span.Of(best.source->parsed.text))};
}

using KnownTables = std::set<std::pair<std::uint64_t, std::uint32_t>>;

// The table of a hit as plans compute over it, with no plan yet; none: it is in
// `known`, which it is added to, or too large.
StatusOr<std::optional<Best>> TableOf(const Hit& hit, const ReadState& state,
                                      Evidence& evidence, KnownTables& known) {
  CAIRN_ASSIGN_OR_RETURN(const Chunk chunk,
                         LoadChunk(*state.store, state.collection, hit.chunk));
  CAIRN_ASSIGN_OR_RETURN(const Evidence::Source* source,
                         evidence.SourceOf(hit.chunk.document));
  if (chunk.table >= source->parsed.tables.size() ||
      !known.emplace(hit.chunk.document.value(), chunk.table).second) {
    return std::optional<Best>();
  }
  StatusOr<TableGrid> grid = MakeGrid(source->parsed, chunk.table);
  if (!grid.ok()) return std::optional<Best>();
  return std::optional(Best{.plan = {},
                            .grid = *std::move(grid),
                            .source = source,
                            .table = chunk.table});
}

// False: the table is about something else, or no plan fits.
bool FindPlan(std::string_view question, Best& table) {
  if (HeldShare(question, table.grid) < kHeldShareMin) return false;
  std::vector<RankedPlan> plans = ParseQuestion(question, table.grid, 1);
  if (plans.empty()) return false;
  table.plan = std::move(plans[0]);
  return true;
}

}  // namespace

StatusOr<TableFinding> AnswerFromTables(std::string_view question,
                                        SearchMode mode, const ReadState& state,
                                        const std::vector<Found>& found,
                                        Evidence& evidence) {
  const bool only_tables = mode == SearchMode::kTable;
  const std::size_t hits = only_tables ? kHitsOfTableMode : kTablesSeenIn;
  const std::size_t tables = only_tables ? kTablesOfTableMode : kTablesOfOthers;
  TableFinding finding;
  std::optional<Best> best;
  KnownTables known;
  std::size_t asked = 0;
  for (std::size_t i = 0; i < found.size() && i < hits && asked < tables; ++i) {
    if (!found[i].hit.table) continue;
    CAIRN_ASSIGN_OR_RETURN(std::optional<Best> table,
                           TableOf(found[i].hit, state, evidence, known));
    if (!table) continue;
    ++asked;
    if (!FindPlan(question, *table)) continue;
    const double probability = table->plan.probability;
    if (probability < kTrustedProbability) {
      if (!finding.hint) finding.hint = HintOf(*table);
    } else if (!best || probability >= best->plan.probability + kSurer) {
      best = std::move(table);
    }
  }
  if (best) finding.answer = Written(*best);
  if (finding.answer) finding.hint.reset();
  return finding;
}

}  // namespace cairn
