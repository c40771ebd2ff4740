#include "eval/measures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace cairn::eval {
namespace {

std::vector<Gold> GoldFor(const std::vector<std::string>& documents,
                          const std::vector<std::string>& ranking) {
  std::vector<Gold> gold;
  for (const std::string& document : documents) {
    gold.push_back({.document = document});
  }
  FindRanks(ranking, gold);
  return gold;
}

double Value(std::string_view name, std::span<const Gold> gold) {
  return Measure(gold)[MeasureIndex(name).value()];
}

// The oracle: straight from the definitions, over the ranking itself.
struct Naive {
  std::vector<std::string> ranking;
  std::vector<Gold> gold;

  double GradeAt(std::size_t i) const {
    for (const Gold& one : gold) {
      if (i < ranking.size() && one.document == ranking[i]) return one.grade;
    }
    return 0;
  }
  std::size_t FoundWithin(std::size_t k) const {
    std::size_t found = 0;
    for (std::size_t i = 0; i < k; ++i) found += GradeAt(i) > 0 ? 1 : 0;
    return found;
  }
  double Recall(std::size_t k) const {
    return static_cast<double>(FoundWithin(k)) /
           static_cast<double>(gold.size());
  }
  double All(std::size_t k) const {
    return FoundWithin(k) == gold.size() ? 1 : 0;
  }
  // The best order is found by trying every order.
  double BestGain() const {
    std::vector<double> grades;
    for (const Gold& one : gold) grades.push_back(one.grade);
    std::sort(grades.begin(), grades.end());
    double best = 0;
    do {
      double gain = 0;
      for (std::size_t i = 0; i < grades.size() && i < 10; ++i) {
        gain += grades[i] / std::log2(static_cast<double>(i) + 2);
      }
      best = std::max(best, gain);
    } while (std::next_permutation(grades.begin(), grades.end()));
    return best;
  }
  double Ndcg() const {
    double gain = 0;
    for (std::size_t i = 0; i < 10; ++i) {
      gain += GradeAt(i) / std::log2(static_cast<double>(i) + 2);
    }
    return gain / BestGain();
  }
  double Mrr() const {
    for (std::size_t i = 0; i < 10; ++i) {
      if (GradeAt(i) > 0) return 1 / (static_cast<double>(i) + 1);
    }
    return 0;
  }
  MeasureValues Measure() const {
    return {Recall(1), Recall(2), Recall(5), Recall(10),
            All(5),    All(10),   Ndcg(),    Mrr()};
  }
};

TEST(Measures, EqualANaiveOracleOnRandomRankings) {
  constexpr unsigned kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> documents;
    for (int i = 0; i < 30; ++i) documents.push_back("d" + std::to_string(i));
    std::shuffle(documents.begin(), documents.end(), random);
    Naive naive;
    naive.ranking.assign(documents.begin(), documents.begin() + random() % 21);
    std::shuffle(documents.begin(), documents.end(), random);
    const std::size_t count = 1 + random() % 6;
    for (std::size_t i = 0; i < count; ++i) {
      naive.gold.push_back(
          {.document = documents[i], .grade = 1.0 + random() % 3});
    }
    std::vector<Gold> gold = naive.gold;
    FindRanks(naive.ranking, gold);
    const MeasureValues values = Measure(gold);
    const MeasureValues expected = naive.Measure();
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_NEAR(values[i], expected[i], 1e-12) << kMeasureNames[i];
    }
  }
}

TEST(Measures, HaveTheValuesOfAnExampleByHand) {
  // Gold a at 1 and b at 4; c is not found.
  const auto gold = GoldFor({"a", "b", "c"}, {"a", "x", "y", "b", "z"});
  EXPECT_DOUBLE_EQ(Value("recall@1", gold), 1.0 / 3);
  EXPECT_DOUBLE_EQ(Value("recall@2", gold), 1.0 / 3);
  EXPECT_DOUBLE_EQ(Value("recall@5", gold), 2.0 / 3);
  EXPECT_DOUBLE_EQ(Value("all_gold@10", gold), 0);
  EXPECT_DOUBLE_EQ(Value("mrr@10", gold), 1);
  EXPECT_NEAR(Value("ndcg@10", gold),
              (1 + 1 / std::log2(5.0)) / (1 + 1 / std::log2(3.0) + 0.5), 1e-12);
}

TEST(Measures, RanksBelowTenCountForNothing) {
  std::vector<std::string> ranking(10, "x");
  ranking.push_back("a");
  const auto gold = GoldFor({"a"}, ranking);
  EXPECT_EQ(gold[0].rank, 11U);
  for (const double value : Measure(gold)) EXPECT_EQ(value, 0);
}

TEST(Measures, TheFirstOfEqualIdsIsTheRank) {
  const auto gold = GoldFor({"a"}, {"x", "a", "a"});
  EXPECT_EQ(gold[0].rank, 2U);
}

TEST(Measures, AnOldRankIsForgotten) {
  std::vector<Gold> gold = {{.document = "a", .grade = 1, .rank = 3}};
  FindRanks({}, gold);
  EXPECT_FALSE(gold[0].rank.has_value());
}

TEST(Measures, UnknownNamesHaveNoIndex) {
  EXPECT_FALSE(MeasureIndex("recall@3").has_value());
  for (std::size_t i = 0; i < kMeasureNames.size(); ++i) {
    EXPECT_EQ(MeasureIndex(kMeasureNames[i]), i);
  }
}

TEST(Percentile, IsTheNearestRank) {
  const std::vector<double> values = {5, 1, 4, 2, 3};
  EXPECT_EQ(Percentile(values, 0), 1);
  EXPECT_EQ(Percentile(values, 0.2), 1);
  EXPECT_EQ(Percentile(values, 0.21), 2);
  EXPECT_EQ(Percentile(values, 0.5), 3);
  EXPECT_EQ(Percentile(values, 0.99), 5);
  EXPECT_EQ(Percentile(values, 1), 5);
  EXPECT_EQ(Percentile({}, 0.5), 0);
}

}  // namespace
}  // namespace cairn::eval
