#include "tables/question_parser.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "tables/plan_features.h"
#include "tables/plan_weights.h"
#include "text/words.h"

namespace cairn {
namespace {

// Tables whose columns are periods or variants of one thing: labels first, then
// mostly numbers.
bool IsWorthTurning(const TableGrid& grid) {
  if (grid.columns.size() < 2 || grid.columns.size() > 40 ||
      grid.rows.size() > 200 || grid.columns[0].kind != CellKind::kText) {
    return false;
  }
  std::size_t numbers = 0;
  for (std::size_t i = 1; i < grid.columns.size(); ++i) {
    numbers += grid.columns[i].kind == CellKind::kNumber ? 1 : 0;
  }
  return numbers * 2 >= grid.columns.size() - 1;
}

}  // namespace

QuestionCandidates::QuestionCandidates(std::string_view question,
                                       const TableGrid& grid)
    : question_(ReadQuestion(question)) {
  if (grid.columns.empty() || grid.rows.empty() ||
      grid.columns.size() * grid.rows.size() > kAskedSlotsMax) {
    return;
  }
  straight_.grid = &grid;
  straight_.links = LinkQuestion(question_, grid);
  AddCandidates(question_, straight_, candidates_);
  if (!IsWorthTurning(grid)) return;
  turned_grid_ = Transposed(grid);
  turned_.grid = &turned_grid_;
  turned_.turned = true;
  turned_.links = LinkQuestion(question_, turned_grid_);
  std::vector<PlanCandidate> more;
  AddCandidates(question_, turned_, more);
  std::move(more.begin(), more.end(), std::back_inserter(candidates_));
}

std::string AnswerKey(const PlanResult& result) {
  std::set<std::string> keys;
  for (const PlanValue& value : result.values) {
    keys.insert(value.value.kind == CellKind::kNumber
                    ? FormatNumber(value.value.number, 1, value.value.unit)
                    : NormalizeName(value.text));
  }
  std::string out;
  for (const std::string& key : keys) out += key + '\n';
  return out;
}

std::vector<RankedPlan> ParseQuestion(std::string_view question,
                                      const TableGrid& grid,
                                      std::size_t limit) {
  const QuestionCandidates made(question, grid);
  const auto& candidates = made.candidates();
  if (candidates.empty()) return {};
  const PlanFeatures features(made.question());
  std::vector<double> scores(candidates.size());
  std::vector<PlanFeature> found;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    features.Of(candidates[i], found);
    for (const PlanFeature& feature : found) {
      scores[i] += PlanWeight(feature.id) * feature.value;
    }
  }
  const double best = *std::max_element(scores.begin(), scores.end());
  double all = 0;
  struct Answer {
    std::size_t best = 0;
    double weight = 0;
  };
  std::vector<Answer> answers;
  std::unordered_map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const double weight = std::exp(scores[i] - best);
    all += weight;
    const auto [place, is_new] =
        places.emplace(AnswerKey(candidates[i].result), answers.size());
    if (is_new) answers.push_back({.best = i});
    Answer& answer = answers[place->second];
    answer.weight += weight;
    if (scores[i] > scores[answer.best]) answer.best = i;
  }
  std::stable_sort(
      answers.begin(), answers.end(),
      [](const Answer& a, const Answer& b) { return a.weight > b.weight; });
  if (answers.size() > limit) answers.resize(limit);
  std::vector<RankedPlan> out;
  for (const Answer& answer : answers) {
    RankedPlan ranked{.plan = candidates[answer.best].plan,
                      .result = {},
                      .probability = answer.weight / all};
    // With the cells that chose the rows.
    StatusOr<PlanResult> result = TableEngine({&grid}).Run(ranked.plan);
    if (!result.ok()) continue;
    ranked.result = *std::move(result);
    out.push_back(std::move(ranked));
  }
  return out;
}

}  // namespace cairn
