#include "services/query/table_answer.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "services/query/verify.h"
#include "tables/question_parser.h"
#include "tables/table_grid.h"

namespace cairn {
namespace {

constexpr std::size_t kHitsOfTableMode = 5;
constexpr std::size_t kHitsOfOthers = 2;
constexpr std::size_t kCitationsMax = 24;
constexpr std::size_t kValuesMax = 20;

struct Best {
  RankedPlan plan;
  const Evidence::Source* source = nullptr;
  std::uint32_t table = 0;
};

// Says nothing when a cell's bytes are not what the text holds.
std::optional<TableAnswer> Written(const Best& best) {
  const PlanResult& result = best.plan.result;
  const ParsedDocument& parsed = best.source->parsed;
  const Table& table = parsed.tables[best.table];
  TableAnswer answer;
  for (std::size_t i = 0; i < result.values.size() && i < kValuesMax; ++i) {
    if (!answer.short_answer.empty()) answer.short_answer += "; ";
    answer.short_answer += result.values[i].text;
  }
  if (result.values.size() > kValuesMax) {
    answer.short_answer +=
        "; and " + std::to_string(result.values.size() - kValuesMax) + " more";
  }
  answer.sentence.text =
      answer.short_answer + " (computed: " + PrintPlan(best.plan.plan) + ")";
  for (const std::string& note : result.notes) {
    answer.sentence.text += " Note: " + note + ".";
  }
  answer.sentence.confidence = best.plan.probability;
  answer.sentence.verdict = Verdict::kSupported;
  for (const CellRef& ref : result.cells) {
    if (answer.sentence.citations.size() == kCitationsMax) break;
    if (ref.cell >= table.cells.size()) return std::nullopt;
    const ByteSpan& span = table.cells[ref.cell].span;
    if (span.empty()) continue;
    if (!QuoteIsSound(parsed.text, span)) return std::nullopt;
    answer.sentence.citations.push_back(
        MakeCitation(best.source->record, parsed, span));
  }
  if (answer.sentence.citations.empty() || answer.short_answer.empty()) {
    return std::nullopt;
  }
  return answer;
}

}  // namespace

StatusOr<std::optional<TableAnswer>> AnswerFromTables(
    std::string_view question, SearchMode mode, const ReadState& state,
    const std::vector<Found>& found, Evidence& evidence) {
  const std::size_t hits =
      mode == SearchMode::kTable ? kHitsOfTableMode : kHitsOfOthers;
  std::optional<Best> best;
  std::set<std::pair<std::uint64_t, std::uint32_t>> asked;
  for (std::size_t i = 0; i < found.size() && i < hits; ++i) {
    const Hit& hit = found[i].hit;
    if (!hit.table) continue;
    CAIRN_ASSIGN_OR_RETURN(
        const Chunk chunk,
        LoadChunk(*state.store, state.collection, hit.chunk));
    CAIRN_ASSIGN_OR_RETURN(const Evidence::Source* source,
                           evidence.SourceOf(hit.chunk.document));
    if (chunk.table >= source->parsed.tables.size() ||
        !asked.emplace(hit.chunk.document.value(), chunk.table).second) {
      continue;
    }
    const StatusOr<TableGrid> grid =
        MakeGrid(source->parsed.tables[chunk.table], source->parsed.text);
    if (!grid.ok()) continue;  // Too large to compute over.
    std::vector<RankedPlan> plans = ParseQuestion(question, *grid, 1);
    if (plans.empty() || plans[0].probability < kTrustedProbability) continue;
    // A better hit goes before a slightly surer plan.
    if (best && plans[0].probability < best->plan.probability + 0.2) continue;
    best = Best{std::move(plans[0]), source, chunk.table};
  }
  if (!best) return std::optional<TableAnswer>();
  return Written(*best);
}

}  // namespace cairn
