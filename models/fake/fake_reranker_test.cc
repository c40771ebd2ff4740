#include "models/fake/fake_reranker.h"

#include <gtest/gtest.h>

#include "tests/contract/reranker_contract.h"

namespace cairn {
namespace {

const Reranker* SharedFake() {
  static const FakeReranker reranker;
  return &reranker;
}

INSTANTIATE_TEST_SUITE_P(Fake, RerankerContract, testing::Values(&SharedFake));

TEST(FakeReranker, GivesTheShareOfTheQuestionsWords) {
  const std::vector<std::string> passages = {"The grey STONE", "water"};
  const auto scores =
      FakeReranker().Score("grey stone path", passages, Deadline::Infinite());
  ASSERT_TRUE(scores.ok());
  EXPECT_NEAR((*scores)[0], 2.0 / 3, 1e-9);
  EXPECT_EQ((*scores)[1], 0);
}

TEST(FakeReranker, StopsAndFailsWhenItIsToldTo) {
  const std::vector<std::string> passages(5, "stone");
  EXPECT_EQ(FakeReranker({.judged_max = 2})
                .Score("stone", passages, Deadline::Infinite())
                ->size(),
            2U);
  EXPECT_EQ(FakeReranker({.failure = InternalError("broken")})
                .Score("stone", passages, Deadline::Infinite())
                .status()
                .code(),
            StatusCode::kInternal);
}

}  // namespace
}  // namespace cairn
