// RerankerContract: what every implementation of Reranker must do.
//
// Use: as embedder_contract.h; the function returns a reranker that outlives
// the tests, or null when it cannot be had here.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/status.h"
#include "models/reranker.h"

namespace cairn {

using RerankerSource = const Reranker* (*)();

class RerankerContract : public testing::TestWithParam<RerankerSource> {
 protected:
  static constexpr double kTolerance = 1e-5;

  void SetUp() override {
    reranker_ = GetParam()();
    if (reranker_ == nullptr) {
      GTEST_SKIP() << "SKIPPED: the reranker cannot be had here";
    }
  }

  std::vector<double> Scores(std::string_view query,
                             const std::vector<std::string>& passages) const {
    const auto scores = reranker_->Score(query, passages, Deadline::Infinite());
    EXPECT_TRUE(scores.ok()) << scores.status();
    return scores.ok() ? *scores : std::vector<double>();
  }

  static void ExpectNear(const std::vector<double>& actual,
                         const std::vector<double>& expected) {
    ASSERT_EQ(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size(); ++i) {
      EXPECT_NEAR(actual[i], expected[i], kTolerance) << i;
    }
  }

  const Reranker* reranker_ = nullptr;
};

// More than one batch of any implementation; every third one says more of the
// question than the others.
inline std::vector<std::string> ContractPassages() {
  std::vector<std::string> passages;
  for (int i = 0; i < 70; ++i) {
    std::string text = i % 3 == 0 ? "grey stone on the path" : "river water";
    for (int more = 0; more < i % 7; ++more) text += " near the town";
    passages.push_back(text);
  }
  return passages;
}

inline constexpr std::string_view kContractQuery = "grey stone path";

TEST_P(RerankerContract, NamesItself) { EXPECT_FALSE(reranker_->id().empty()); }

TEST_P(RerankerContract, GivesEveryPassageAScoreFromNoughtToOne) {
  const auto passages = ContractPassages();
  const auto scores = Scores(kContractQuery, passages);
  ASSERT_EQ(scores.size(), passages.size());
  for (const double score : scores) {
    EXPECT_TRUE(std::isfinite(score));
    EXPECT_GE(score, 0);
    EXPECT_LE(score, 1);
  }
  EXPECT_TRUE(Scores(kContractQuery, {}).empty());
}

TEST_P(RerankerContract, PutsPassagesThatAnswerAboveOthers) {
  const auto scores = Scores(kContractQuery, ContractPassages());
  ASSERT_EQ(scores.size(), ContractPassages().size());
  for (std::size_t i = 1; i < scores.size(); ++i) {
    if (i % 3 != 0) {
      EXPECT_GT(scores[0], scores[i]) << i;
    }
  }
}

TEST_P(RerankerContract, JudgesEachPassageByItself) {
  const auto passages = ContractPassages();
  const auto together = Scores(kContractQuery, passages);
  std::vector<double> alone;
  for (const std::string& passage : passages) {
    const auto scores = Scores(kContractQuery, {passage});
    ASSERT_EQ(scores.size(), 1U);
    alone.push_back(scores[0]);
  }
  ExpectNear(together, alone);
  const std::vector<std::string> reversed(passages.rbegin(), passages.rend());
  const auto backwards = Scores(kContractQuery, reversed);
  ExpectNear({backwards.rbegin(), backwards.rend()}, together);
}

TEST_P(RerankerContract, GivesTheSameFromManyThreads) {
  const auto passages = ContractPassages();
  const auto expected = Scores(kContractQuery, passages);
  std::vector<int> wrong(4, 0);
  std::vector<std::thread> threads;
  for (int& count : wrong) {
    threads.emplace_back([&] {
      const auto scores =
          reranker_->Score(kContractQuery, passages, Deadline::Infinite());
      if (!scores.ok() || scores->size() != expected.size()) {
        ++count;
        return;
      }
      for (std::size_t i = 0; i < expected.size(); ++i) {
        if (std::abs((*scores)[i] - expected[i]) > kTolerance) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST_P(RerankerContract, TakesEmptyBrokenAndVeryLongTexts) {
  const std::vector<std::string> passages = {
      "",
      " \n\t ",
      "broken \xff\xfe\xc3 bytes \xe2\x82",
      "\xed\xa0\x80",
      std::string("nul \0 inside", 12),
      std::string(300'000, 'x'),
      [] {
        std::string text;
        for (int i = 0; i < 50'000; ++i) text += "stone ";
        return text;
      }()};
  for (const std::string& query :
       {std::string("grey stone"), std::string(), std::string("\xff \xc3"),
        std::string(16'000, 'y')}) {
    EXPECT_EQ(Scores(query, passages).size(), passages.size());
  }
}

TEST_P(RerankerContract, JudgesNothingWhenTheTimeIsUp) {
  const auto passages = ContractPassages();
  const auto scores = reranker_->Score(
      kContractQuery, passages, Deadline::After(std::chrono::nanoseconds(-1)));
  ASSERT_TRUE(scores.ok()) << scores.status();
  EXPECT_TRUE(scores->empty());
}

// However much time there is: what was judged is a beginning of the list, and
// judged as it would be with all the time there is.
TEST_P(RerankerContract, JudgesABeginningWhenTheTimeIsShort) {
  const auto passages = ContractPassages();
  const auto whole = Scores(kContractQuery, passages);
  ASSERT_EQ(whole.size(), passages.size());
  for (const int micros : {1, 50, 500, 2'000, 10'000}) {
    const auto scores =
        reranker_->Score(kContractQuery, passages,
                         Deadline::After(std::chrono::microseconds(micros)));
    ASSERT_TRUE(scores.ok()) << scores.status();
    ASSERT_LE(scores->size(), passages.size());
    ExpectNear(*scores,
               {whole.begin(),
                whole.begin() + static_cast<std::ptrdiff_t>(scores->size())});
  }
}

}  // namespace cairn
