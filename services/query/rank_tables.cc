#include "services/query/rank_tables.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "storage/records.h"
#include "tables/table_grid.h"
#include "tables/table_match.h"

namespace cairn {
namespace {

constexpr std::size_t kLooksMax = 100;  // Candidates.

// Tables by document and place in it, read once.
class Tables {
 public:
  explicit Tables(const ReadState& state) : state_(state) {}

  // Its number; SIZE_MAX: there are enough tables already.
  StatusOr<std::size_t> NumberOf(DocumentKey document, std::uint32_t place) {
    const auto key = std::pair(document.value(), place);
    if (const auto known = numbers_.find(key); known != numbers_.end()) {
      return known->second;
    }
    if (grids_.size() == kRankedTablesMax) return SIZE_MAX;
    CAIRN_ASSIGN_OR_RETURN(const ParsedDocument* parsed, ParsedOf(document));
    std::unique_ptr<TableGrid> grid;
    if (place < parsed->tables.size()) {
      StatusOr<TableGrid> made = MakeGrid(*parsed, place);
      // Otherwise too large to compute over.
      if (made.ok()) grid = std::make_unique<TableGrid>(*std::move(made));
    }
    numbers_.emplace(key, grids_.size());
    grids_.push_back(std::move(grid));
    return grids_.size() - 1;
  }

  std::vector<const TableGrid*> grids() const {
    std::vector<const TableGrid*> grids;
    for (const auto& grid : grids_) grids.push_back(grid.get());
    return grids;
  }

 private:
  StatusOr<const ParsedDocument*> ParsedOf(DocumentKey document) {
    const auto known = parsed_.find(document.value());
    if (known != parsed_.end()) return &known->second;
    CAIRN_ASSIGN_OR_RETURN(
        ParsedDocument parsed,
        LoadParsed(*state_.store, state_.collection, document));
    return &parsed_.emplace(document.value(), std::move(parsed)).first->second;
  }

  const ReadState& state_;
  std::unordered_map<std::uint64_t, ParsedDocument> parsed_;
  std::map<std::pair<std::uint64_t, std::uint32_t>, std::size_t> numbers_;
  std::vector<std::unique_ptr<TableGrid>> grids_;
};

// A candidate that is a chunk of a table.
struct Place {
  std::size_t candidate = 0;
  std::size_t table = 0;
};

// The scores that the candidates at `places` have, dealt out anew.
void ChangePlaces(double weight, const std::vector<Place>& places,
                  const std::vector<double>& matches,
                  std::vector<Candidate>& candidates) {
  std::vector<double> scores;  // Best first, as the candidates are.
  for (const Place& place : places) {
    scores.push_back(candidates[place.candidate].score());
  }
  std::vector<std::size_t> order(places.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto sum = [&](std::size_t i) {
    return scores[i] + weight * matches[places[i].table];
  };
  std::stable_sort(
      order.begin(), order.end(),
      [&](std::size_t a, std::size_t b) { return sum(a) > sum(b); });
  for (std::size_t i = 0; i < order.size(); ++i) {
    candidates[places[order[i]].candidate][Part::kTable] =
        scores[i] - scores[order[i]];
  }
}

}  // namespace

Status RankTables(std::string_view question, double weight,
                  TableRanking ranking, const ReadState& state,
                  Passages& passages, std::vector<Candidate>& candidates) {
  Tables tables(state);
  std::vector<Place> places;
  for (std::size_t i = 0; i < candidates.size() && i < kLooksMax; ++i) {
    const ChunkId& id = candidates[i].chunk;
    CAIRN_ASSIGN_OR_RETURN(const Chunk chunk, passages.ChunkOf(id));
    if (chunk.table == UINT32_MAX) continue;
    CAIRN_ASSIGN_OR_RETURN(const std::size_t number,
                           tables.NumberOf(id.document, chunk.table));
    if (number != SIZE_MAX) places.push_back({i, number});
  }
  const std::vector<double> matches = MatchTables(question, tables.grids());
  if (ranking == TableRanking::kPlaces) {
    ChangePlaces(weight, places, matches, candidates);
  } else {
    for (const Place& place : places) {
      candidates[place.candidate][Part::kTable] = weight * matches[place.table];
    }
  }
  SortByScore(candidates);
  return OkStatus();
}

StatusOr<bool> BeginsWithTable(const std::vector<Candidate>& candidates,
                               const Passages& passages) {
  for (std::size_t i = 0; i < candidates.size() && i < kTablesSeenIn; ++i) {
    CAIRN_ASSIGN_OR_RETURN(const Chunk chunk,
                           passages.ChunkOf(candidates[i].chunk));
    if (chunk.table != UINT32_MAX) return true;
  }
  return false;
}

}  // namespace cairn
