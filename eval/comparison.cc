#include "eval/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <unordered_map>
#include <utility>

namespace cairn::eval {
namespace {

// Differences that rounding makes are none.
constexpr double kRounding = 1e-12;
constexpr double kLowShare = 0.025, kHighShare = 0.975;

struct Pair {
  const QuestionResult* before = nullptr;
  MeasureValues a = {}, b = {};
};

double MeanOf(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(values.size());
}

// The engine's outputs are fixed by the standard, those of the distributions
// are not.
std::size_t Draw(std::mt19937_64& random, std::size_t count) {
  return static_cast<std::size_t>(((random() >> 32) * count) >> 32);
}

void FillInterval(std::span<const double> differences,
                  const ComparisonOptions& options, PairedTest& test) {
  std::mt19937_64 random(options.seed);
  std::vector<double> means(options.resamples);
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      sum += differences[Draw(random, differences.size())];
    }
    mean = sum / static_cast<double>(differences.size());
  }
  test.low = Percentile(means, kLowShare);
  test.high = Percentile(std::move(means), kHighShare);
}

void FillPValue(std::span<const double> differences,
                const ComparisonOptions& options, PairedTest& test) {
  std::mt19937_64 random(options.seed);
  const double observed =
      std::abs(std::accumulate(differences.begin(), differences.end(), 0.0)) -
      kRounding * static_cast<double>(differences.size());
  std::size_t as_large = 0;
  for (std::size_t round = 0; round < options.resamples; ++round) {
    double sum = 0;
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < differences.size(); ++i, bits >>= 1) {
      if (i % 64 == 0) bits = random();
      sum += (bits & 1) != 0 ? differences[i] : -differences[i];
    }
    if (std::abs(sum) >= observed) ++as_large;
  }
  // The observed order is one of the possible ones.
  test.p_value = static_cast<double>(as_large + 1) /
                 static_cast<double>(options.resamples + 1);
}

bool SameGold(const Question& a, const Question& b) {
  return std::equal(a.gold.begin(), a.gold.end(), b.gold.begin(), b.gold.end(),
                    [](const Gold& left, const Gold& right) {
                      return left.document == right.document &&
                             left.grade == right.grade;
                    });
}

Status BadComparison(const std::string& what) {
  return InvalidArgumentError(what, "BAD_COMPARISON");
}

StatusOr<std::vector<Pair>> PairUp(const RetrievalRun& a,
                                   const RetrievalRun& b) {
  std::unordered_map<std::string, const QuestionResult*> by_id;
  for (const QuestionResult& result : b.results) {
    by_id.emplace(result.question.id, &result);
  }
  std::vector<Pair> pairs;
  for (const QuestionResult& before : a.results) {
    const auto after = by_id.find(before.question.id);
    if (after == by_id.end()) continue;
    if (!SameGold(before.question, after->second->question)) {
      return BadComparison("question " + before.question.id +
                           " has different gold in the two runs; compare runs "
                           "over one data set");
    }
    pairs.push_back({.before = &before,
                     .a = Measure(before.question.gold),
                     .b = Measure(after->second->question.gold)});
  }
  if (pairs.empty()) {
    return BadComparison("the two runs have no question in common");
  }
  return pairs;
}

GroupComparison CompareGroup(std::string type, const std::vector<Pair>& pairs,
                             const ComparisonOptions& options) {
  GroupComparison group{
      .type = std::move(type), .questions = pairs.size(), .tests = {}};
  for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
    std::vector<double> a;
    std::vector<double> b;
    for (const Pair& pair : pairs) {
      a.push_back(pair.a[i]);
      b.push_back(pair.b[i]);
    }
    group.tests[i] = ComparePaired(a, b, options);
  }
  return group;
}

void FillChanged(const std::vector<Pair>& pairs, std::size_t measure,
                 Comparison& comparison) {
  for (const Pair& pair : pairs) {
    const double change = pair.b[measure] - pair.a[measure];
    if (std::abs(change) <= kRounding) continue;
    (change > 0 ? comparison.better : comparison.worse)
        .push_back({.question = pair.before->question,
                    .before = pair.a[measure],
                    .after = pair.b[measure]});
  }
  const auto greater = [](const ChangedQuestion& left,
                          const ChangedQuestion& right) {
    return std::abs(left.after - left.before) >
           std::abs(right.after - right.before);
  };
  std::stable_sort(comparison.better.begin(), comparison.better.end(), greater);
  std::stable_sort(comparison.worse.begin(), comparison.worse.end(), greater);
}

}  // namespace

PairedTest ComparePaired(std::span<const double> a, std::span<const double> b,
                         const ComparisonOptions& options) {
  PairedTest test;
  const std::size_t count = std::min(a.size(), b.size());
  if (count == 0) return test;
  test.mean_a = MeanOf(a.first(count));
  test.mean_b = MeanOf(b.first(count));
  std::vector<double> differences(count);
  for (std::size_t i = 0; i < count; ++i) differences[i] = b[i] - a[i];
  test.difference = MeanOf(differences);
  FillInterval(differences, options, test);
  FillPValue(differences, options, test);
  return test;
}

StatusOr<Comparison> Compare(const RetrievalRun& a, const RetrievalRun& b,
                             const ComparisonOptions& options) {
  const auto measure = MeasureIndex(options.changed_by);
  if (!measure)
    return BadComparison("no measure is named " + options.changed_by);
  CAIRN_ASSIGN_OR_RETURN(const std::vector<Pair> pairs, PairUp(a, b));
  Comparison comparison{.only_in_a = a.results.size() - pairs.size(),
                        .only_in_b = b.results.size() - pairs.size()};
  comparison.groups.push_back(CompareGroup("all", pairs, options));
  std::map<std::string, std::vector<Pair>> by_type;
  for (const Pair& pair : pairs) {
    by_type[pair.before->question.type].push_back(pair);
  }
  for (const auto& [type, members] : by_type) {
    if (by_type.size() < 2) break;
    comparison.groups.push_back(CompareGroup(type, members, options));
  }
  FillChanged(pairs, *measure, comparison);
  return comparison;
}

}  // namespace cairn::eval
