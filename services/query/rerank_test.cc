#include "services/query/rerank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "models/fake/fake_embedder.h"
#include "models/fake/fake_reranker.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

std::vector<Candidate> MakeCandidates(const std::vector<double>& scores) {
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    Candidate& one = candidates.emplace_back();
    one.chunk = {DocumentKey(1000 - i), 0};
    one[Part::kDense] = scores[i];
  }
  return candidates;
}

std::vector<std::uint64_t> OrderOf(const std::vector<Candidate>& candidates) {
  std::vector<std::uint64_t> order;
  for (const Candidate& one : candidates) {
    order.push_back(1000 - one.chunk.document.value());
  }
  return order;
}

TEST(ApplyJudgements, OrdersTheJudgedAndKeepsTheRestBehindThem) {
  auto candidates = MakeCandidates({5, 4, 3, 2, 1});
  ApplyJudgements(std::vector<double>{0.2, 0.9, 0.5}, candidates);
  EXPECT_EQ(OrderOf(candidates), (std::vector<std::uint64_t>{1, 2, 0, 3, 4}));
  EXPECT_EQ(candidates[3][Part::kRerank], 0);
  for (const Candidate& one : candidates) {
    EXPECT_LE(one.score(), 5);
    EXPECT_GE(one.score(), 1);
  }
}

// Against the plain rule, over scores with many ties and of either sign.
TEST(ApplyJudgements, EqualsSortingTheJudgedBeginning) {
  constexpr std::uint64_t kSeed = 5;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937_64 random(kSeed);
  for (int round = 0; round < 300; ++round) {
    std::vector<double> scores(random() % 20);
    for (double& score : scores) {
      score = (static_cast<double>(random() % 7) - 3) / 4;
    }
    auto candidates = MakeCandidates(scores);
    SortByScore(candidates);
    std::vector<double> judgements(
        candidates.empty() ? 0 : random() % (candidates.size() + 1));
    for (double& one : judgements) {
      one = static_cast<double>(random() % 5) / 4;
    }
    // By judgement, then by the place before.
    std::vector<std::pair<double, std::size_t>> judged;
    for (std::size_t i = 0; i < judgements.size(); ++i) {
      judged.emplace_back(-judgements[i], i);
    }
    std::sort(judged.begin(), judged.end());
    std::vector<ChunkId> expected;
    for (const auto& [score, i] : judged) {
      expected.push_back(candidates[i].chunk);
    }
    for (std::size_t i = judged.size(); i < candidates.size(); ++i) {
      expected.push_back(candidates[i].chunk);
    }
    ApplyJudgements(judgements, candidates);
    std::vector<ChunkId> actual;
    for (const Candidate& one : candidates) actual.push_back(one.chunk);
    ASSERT_EQ(actual, expected) << "round " << round;
  }
}

// Documents whose words favour other passages than the reranker does.
class RerankTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), clock_);
    extractor_ = MakeRuleExtractor();
    ingestion_ = IngestionCore::Make({.store = store_.get(),
                                      .embedder = &embedder_,
                                      .extractor = extractor_.get()});
    for (int i = 0; i < 12; ++i) {
      const std::string n = std::to_string(i);
      std::string text = "harbour harbour harbour";
      if (i % 4 == 3) text = "harbour of tides and lamps, number " + n;
      Put("page" + n, text + " " + std::string(i, 'x'));
    }
  }

  void Put(const std::string& id, const std::string& text) {
    const auto put = ingestion_->Ingest(
        TenantId(0), "default",
        {.id = id, .title = id, .bytes = text, .media_type = "text/plain"});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  SearchResult Search(const Reranker* reranker,
                      const RetrievalOptions& options = {},
                      Deadline deadline = Deadline::Infinite()) {
    const auto core = QueryCore::Make({.store = store_.get(),
                                       .embedder = &embedder_,
                                       .extractor = extractor_.get(),
                                       .generator = nullptr,
                                       .reranker = reranker,
                                       .retrieval = options});
    auto result = core->Search(TenantId(0), "default",
                               {.query = "harbour tides lamps",
                                .limit = 12,
                                .mode = SearchMode::kLexical,
                                .deadline = deadline},
                               Sequence(0));
    EXPECT_TRUE(result.ok()) << result.status();
    return result.ok() ? std::move(result).value() : SearchResult();
  }

  static std::vector<std::string> IdsOf(const SearchResult& result) {
    std::vector<std::string> ids;
    for (const Hit& hit : result.hits) ids.push_back(hit.document);
    return ids;
  }
  static bool Dropped(const SearchResult& result) {
    return std::count(result.dropped_stages.begin(),
                      result.dropped_stages.end(), "rerank") == 1;
  }

  TemporaryFolder folder_;
  FakeClock clock_{1000};
  FakeEmbedder embedder_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<EntityExtractor> extractor_;
  std::unique_ptr<IngestionCore> ingestion_;
};

// Judges by the length of the passage: the opposite of anything sensible.
class LengthReranker final : public Reranker {
 public:
  const std::string& id() const override { return id_; }
  StatusOr<std::vector<double>> Score(
      std::string_view /*query*/, std::span<const std::string> passages,
      const Deadline& /*deadline*/) const override {
    std::vector<double> scores;
    for (const std::string& passage : passages) {
      scores.push_back(static_cast<double>(passage.size()) / 1000);
      seen.push_back(passage);
    }
    return scores;
  }
  mutable std::vector<std::string> seen;

 private:
  const std::string id_ = "length";
};

TEST_F(RerankTest, HitsComeInTheOrderOfTheReranker) {
  const LengthReranker reranker;
  const SearchResult plain = Search(nullptr);
  const SearchResult reranked = Search(&reranker);
  EXPECT_NE(IdsOf(plain), IdsOf(reranked));
  std::map<std::string, std::size_t> lengths;
  for (const Hit& hit : reranked.hits) {
    lengths[hit.document] = (hit.context + "\n" + hit.text).size();
  }
  for (std::size_t i = 1; i < reranked.hits.size(); ++i) {
    EXPECT_GE(lengths[reranked.hits[i - 1].document],
              lengths[reranked.hits[i].document]);
  }
  // The reranker reads title and text, and each hit tells its part.
  ASSERT_FALSE(reranker.seen.empty());
  EXPECT_EQ(reranker.seen[0].find("page"), 0U);
  EXPECT_NE(reranker.seen[0].find("\nharbour"), std::string::npos);
  for (const Hit& hit : reranked.hits) {
    double sum = 0;
    for (const auto& [name, part] : hit.scores) sum += part;
    EXPECT_NEAR(sum, hit.score, 1e-9);
    EXPECT_TRUE(hit.scores.contains("rerank"));
  }
  EXPECT_FALSE(Dropped(reranked));
  EXPECT_TRUE(std::any_of(
      reranked.timings.begin(), reranked.timings.end(),
      [](const StageTiming& timing) { return timing.stage == "rerank"; }));
}

TEST_F(RerankTest, OnlyTheTopIsJudged) {
  const LengthReranker reranker;
  RetrievalOptions options;
  options.rerank_top = 4;
  const auto plain = IdsOf(Search(nullptr));
  const auto reranked = IdsOf(Search(&reranker, options));
  EXPECT_EQ(reranker.seen.size(), 4U);
  EXPECT_TRUE(std::is_permutation(plain.begin(), plain.begin() + 4,
                                  reranked.begin(), reranked.begin() + 4));
  EXPECT_TRUE(std::equal(plain.begin() + 4, plain.end(), reranked.begin() + 4,
                         reranked.end()));
  options.rerank_top = 0;
  EXPECT_EQ(IdsOf(Search(&reranker, options)), plain);
}

TEST_F(RerankTest, WhatWasNotJudgedInTimeKeepsItsPlaceAndIsTold) {
  const FakeReranker none({.judged_max = 0});
  const FakeReranker some({.judged_max = 5});
  const auto plain = IdsOf(Search(nullptr));
  const SearchResult unjudged = Search(&none);
  EXPECT_EQ(IdsOf(unjudged), plain);
  EXPECT_TRUE(Dropped(unjudged));
  const SearchResult partly = Search(&some);
  EXPECT_TRUE(
      std::equal(plain.begin() + 5, plain.end(), IdsOf(partly).begin() + 5));
  EXPECT_TRUE(Dropped(partly));
}

TEST_F(RerankTest, ARerankerThatFailsIsLeftOutAndTold) {
  const FakeReranker broken({.failure = UnavailableError("it is gone")});
  const SearchResult result = Search(&broken);
  EXPECT_EQ(IdsOf(result), IdsOf(Search(nullptr)));
  EXPECT_TRUE(Dropped(result));
}

// Looks at the deadline it is given.
class DeadlineReranker final : public Reranker {
 public:
  const std::string& id() const override { return id_; }
  StatusOr<std::vector<double>> Score(std::string_view /*query*/,
                                      std::span<const std::string> passages,
                                      const Deadline& deadline) const override {
    left = deadline.remaining();
    return std::vector<double>(passages.size(), 0.5);
  }
  mutable std::chrono::nanoseconds left{0};

 private:
  const std::string id_ = "deadline";
};

TEST_F(RerankTest, TheRerankerLeavesTimeForTheRest) {
  const DeadlineReranker reranker;
  Search(&reranker);
  EXPECT_EQ(reranker.left, std::chrono::nanoseconds::max());
  Search(&reranker, {}, Deadline::After(std::chrono::hours(1)));
  EXPECT_LT(reranker.left, std::chrono::hours(1));
  EXPECT_GT(reranker.left, std::chrono::minutes(50));
}

}  // namespace
}  // namespace cairn
