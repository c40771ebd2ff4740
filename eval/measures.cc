#include "eval/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <unordered_map>

namespace cairn::eval {
namespace {

bool Within(const Gold& gold, std::size_t k) {
  return gold.rank.has_value() && *gold.rank <= k;
}

double Found(std::span<const Gold> gold, std::size_t k) {
  return static_cast<double>(
      std::count_if(gold.begin(), gold.end(),
                    [k](const Gold& one) { return Within(one, k); }));
}

double Discount(std::size_t rank) {
  return std::log2(static_cast<double>(rank) + 1);
}

double Ndcg(std::span<const Gold> gold, std::size_t k) {
  double gained = 0;
  std::vector<double> grades;
  for (const Gold& one : gold) {
    if (Within(one, k)) gained += one.grade / Discount(*one.rank);
    grades.push_back(one.grade);
  }
  std::sort(grades.begin(), grades.end(), std::greater<>());
  double best = 0;
  for (std::size_t i = 0; i < std::min(k, grades.size()); ++i) {
    best += grades[i] / Discount(i + 1);
  }
  return best == 0 ? 0 : gained / best;
}

double ReciprocalRank(std::span<const Gold> gold, std::size_t k) {
  double best = 0;
  for (const Gold& one : gold) {
    if (Within(one, k)) {
      best = std::max(best, 1 / static_cast<double>(*one.rank));
    }
  }
  return best;
}

}  // namespace

std::optional<std::size_t> MeasureIndex(std::string_view name) {
  const auto found =
      std::find(kMeasureNames.begin(), kMeasureNames.end(), name);
  if (found == kMeasureNames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kMeasureNames.begin());
}

void FindRanks(std::span<const std::string> ranking, std::vector<Gold>& gold) {
  std::unordered_map<std::string_view, std::size_t> ranks;
  for (std::size_t i = 0; i < ranking.size(); ++i) {
    ranks.emplace(ranking[i], i + 1);
  }
  for (Gold& one : gold) {
    const auto found = ranks.find(one.document);
    one.rank =
        found == ranks.end() ? std::nullopt : std::optional(found->second);
  }
}

MeasureValues Measure(std::span<const Gold> gold) {
  if (gold.empty()) return {};
  const auto count = static_cast<double>(gold.size());
  const auto all = [&](std::size_t k) {
    return Found(gold, k) == count ? 1.0 : 0.0;
  };
  return {Found(gold, 1) / count,
          Found(gold, 2) / count,
          Found(gold, 5) / count,
          Found(gold, 10) / count,
          all(5),
          all(10),
          Ndcg(gold, kMeasureDepth),
          ReciprocalRank(gold, kMeasureDepth)};
}

double Percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto count = static_cast<double>(values.size());
  const auto rank = static_cast<std::size_t>(std::ceil(share * count));
  const std::size_t at = std::clamp<std::size_t>(rank, 1, values.size()) - 1;
  std::nth_element(values.begin(),
                   values.begin() + static_cast<std::ptrdiff_t>(at),
                   values.end());
  return values[at];
}

}  // namespace cairn::eval
