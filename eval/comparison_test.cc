#include "eval/comparison.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace cairn::eval {
namespace {

QuestionResult ResultOf(const std::string& id, const std::string& type,
                        std::optional<std::size_t> rank) {
  return {.question = {.id = id,
                       .text = "question " + id,
                       .type = type,
                       .gold = {{.document = "d", .grade = 1, .rank = rank}}},
          .hits = {}};
}

// The oracle: every one of the 2^n orders.
double ExactPValue(const std::vector<double>& differences) {
  double observed = 0;
  for (const double one : differences) observed += one;
  std::size_t as_large = 0;
  const std::size_t orders = std::size_t{1} << differences.size();
  for (std::size_t order = 0; order < orders; ++order) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      sum += ((order >> i) & 1) != 0 ? differences[i] : -differences[i];
    }
    if (std::abs(sum) >= std::abs(observed) - 1e-9) ++as_large;
  }
  return static_cast<double>(as_large) / static_cast<double>(orders);
}

TEST(ComparePaired, ThePValueIsNearThatOfAllOrders) {
  constexpr unsigned kSeed = 11;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 20; ++round) {
    std::vector<double> a;
    std::vector<double> b;
    std::vector<double> differences;
    for (int i = 0; i < 12; ++i) {
      a.push_back(static_cast<double>(random() % 5) / 4);
      b.push_back(static_cast<double>(random() % 5) / 4);
      differences.push_back(b.back() - a.back());
    }
    // Three standard errors of 10,000 draws are 0.015 at most.
    EXPECT_NEAR(ComparePaired(a, b, {}).p_value, ExactPValue(differences),
                0.016);
  }
}

TEST(ComparePaired, TheIntervalIsNearThatOfTheNormalDistribution) {
  constexpr unsigned kSeed = 12;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  const std::vector<double> a(400, 0);
  std::vector<double> b;
  double sum = 0;
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    b.push_back(static_cast<double>(random() % 1000) / 1000);
    sum += b.back();
    squares += b.back() * b.back();
  }
  const double mean = sum / 400;
  const double error = std::sqrt((squares / 400 - mean * mean) / 400);
  const PairedTest test = ComparePaired(a, b, {});
  EXPECT_NEAR(test.difference, mean, 1e-12);
  EXPECT_NEAR(test.low, mean - 1.96 * error, 0.1 * error);
  EXPECT_NEAR(test.high, mean + 1.96 * error, 0.1 * error);
  EXPECT_LT(test.p_value, 0.001);
}

TEST(ComparePaired, EqualRunsDoNotDiffer) {
  const std::vector<double> values = {0.1, 0.7, 1};
  const PairedTest test = ComparePaired(values, values, {});
  EXPECT_EQ(test.difference, 0);
  EXPECT_EQ(test.low, 0);
  EXPECT_EQ(test.high, 0);
  EXPECT_EQ(test.p_value, 1);
}

TEST(ComparePaired, ExchangingTheRunsTurnsTheSign) {
  const std::vector<double> a = {0, 0.5, 1, 0.25};
  const std::vector<double> b = {1, 0.75, 0.5, 1};
  const PairedTest one = ComparePaired(a, b, {});
  const PairedTest other = ComparePaired(b, a, {});
  EXPECT_EQ(one.difference, -other.difference);
  EXPECT_EQ(one.p_value, other.p_value);
}

TEST(ComparePaired, TheSeedFixesEveryFigure) {
  const std::vector<double> a = {0, 0.5, 1, 0.25, 0};
  const std::vector<double> b = {1, 0.75, 0.5, 1, 0.1};
  const PairedTest one = ComparePaired(a, b, {.seed = 3});
  const PairedTest other = ComparePaired(a, b, {.seed = 3});
  EXPECT_EQ(one.low, other.low);
  EXPECT_EQ(one.high, other.high);
  EXPECT_EQ(one.p_value, other.p_value);
}

TEST(Compare, PairsByIdAndReportsTypesAndChanges) {
  RetrievalRun a;
  a.results = {ResultOf("1", "x", 1), ResultOf("2", "x", std::nullopt),
               ResultOf("3", "y", 2), ResultOf("4", "y", 5)};
  RetrievalRun b;
  b.results = {ResultOf("5", "y", 1), ResultOf("3", "y", 1),
               ResultOf("2", "x", 1), ResultOf("1", "x", 3)};
  const auto comparison = Compare(a, b, {.resamples = 100});
  ASSERT_TRUE(comparison.ok()) << comparison.status();
  EXPECT_EQ(comparison->only_in_a, 1U);
  EXPECT_EQ(comparison->only_in_b, 1U);
  ASSERT_EQ(comparison->groups.size(), 3U);
  EXPECT_EQ(comparison->groups[0].questions, 3U);
  EXPECT_EQ(comparison->groups[1].type, "x");
  EXPECT_EQ(comparison->groups[2].questions, 1U);
  const PairedTest& first = comparison->groups[0].tests[0];  // recall@1
  EXPECT_DOUBLE_EQ(first.mean_a, 1.0 / 3);
  EXPECT_DOUBLE_EQ(first.mean_b, 2.0 / 3);
  ASSERT_EQ(comparison->better.size(), 2U);
  EXPECT_EQ(comparison->better[0].question.id, "2");
  EXPECT_EQ(comparison->better[1].question.id, "3");
  ASSERT_EQ(comparison->worse.size(), 1U);
  EXPECT_EQ(comparison->worse[0].question.id, "1");
}

TEST(Compare, RefusesRunsThatCannotBeCompared) {
  RetrievalRun a;
  a.results = {ResultOf("1", "", 1)};
  RetrievalRun b;
  b.results = {ResultOf("2", "", 1)};
  EXPECT_EQ(ReasonOf(Compare(a, b, {}).status()), "BAD_COMPARISON");
  b = a;
  EXPECT_TRUE(Compare(a, b, {}).ok());
  EXPECT_EQ(ReasonOf(Compare(a, b, {.changed_by = "f1"}).status()),
            "BAD_COMPARISON");
  b.results[0].question.gold[0].document = "other";
  EXPECT_EQ(ReasonOf(Compare(a, b, {}).status()), "BAD_COMPARISON");
}

}  // namespace
}  // namespace cairn::eval
