// What a question costs over one table of the usual size: choosing among tables
// (MatchTables) against making plans (ParseQuestion), in one run.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "tables/grid_for_test.h"
#include "tables/question_parser.h"
#include "tables/table_match.h"

namespace cairn {
namespace {

constexpr char kQuestion[] =
    "Which team scored more than 50 points before 1998 in Harbour Town 7?";

// 24 rows of 6 columns.
const TableGrid& Games() {
  static const TableGrid grid = [] {
    std::vector<std::vector<std::string>> rows = {
        {"Year", "Team", "Town", "Points", "Rank", "Result"}};
    for (int i = 0; i < 24; ++i) {
      rows.push_back({std::to_string(1980 + i), "Team " + std::to_string(i % 9),
                      "Harbour Town " + std::to_string(i % 11),
                      std::to_string(i * 37 % 101), std::to_string(1 + i % 5),
                      i % 3 == 0 ? "won" : "lost"});
    }
    return GridForTest(rows);
  }();
  return grid;
}

void BM_MatchTenTables(benchmark::State& state) {
  const std::vector<const TableGrid*> tables(10, &Games());
  for (auto _ : state) {
    benchmark::DoNotOptimize(MatchTables(kQuestion, tables));
  }
}
BENCHMARK(BM_MatchTenTables)->Unit(benchmark::kMillisecond);

void BM_PlansOfOneTable(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(ParseQuestion(kQuestion, Games(), 1));
  }
}
BENCHMARK(BM_PlansOfOneTable)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn
