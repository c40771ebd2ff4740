#include "models/bert/crew.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

namespace cairn {
namespace {

class CrewOf : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Threads, CrewOf, testing::Values(1, 2));

TEST_P(CrewOf, DoesEveryItemOfEveryLoopOnce) {
  Crew crew(GetParam(), GemmKernel::kPortable);
  // Many short ones: a hand that is late must not meet the next loop's items.
  for (std::size_t round = 0; round < 300'000; ++round) {
    const std::size_t count = round * 7 % 5 + (round % 1000 == 0 ? 37 : 0);
    std::vector<int> times(count, 0);
    crew.For(count, [&](std::size_t item, std::size_t hand) {
      ASSERT_LT(hand, Crew::kHands);
      ++times[item];
    });
    ASSERT_EQ(times, std::vector<int>(count, 1)) << "loop " << round;
  }
}

TEST_P(CrewOf, EachLoopSeesWhatTheOneBeforeWrote) {
  Crew crew(GetParam(), GemmKernel::kPortable);
  std::vector<std::uint64_t> from(64, 1), to(64, 0);
  for (int round = 0; round < 1000; ++round) {
    crew.For(from.size(), [&](std::size_t item, std::size_t) {
      to[item] = from[item] + from[(item + 1) % from.size()] % 7;
    });
    std::swap(from, to);
  }
  Crew alone(1, GemmKernel::kPortable);
  std::vector<std::uint64_t> expected(64, 1), next(64, 0);
  for (int round = 0; round < 1000; ++round) {
    alone.For(expected.size(), [&](std::size_t item, std::size_t) {
      next[item] = expected[item] + expected[(item + 1) % expected.size()] % 7;
    });
    std::swap(expected, next);
  }
  EXPECT_EQ(from, expected);
}

TEST_P(CrewOf, AHandDoesOneItemAtATime) {
  Crew crew(GetParam(), GemmKernel::kPortable);
  std::atomic<int> busy[Crew::kHands] = {};
  std::atomic<int> wrong = 0;
  for (int round = 0; round < 500; ++round) {
    crew.For(16, [&](std::size_t, std::size_t hand) {
      if (busy[hand]++ != 0) ++wrong;
      --busy[hand];
    });
  }
  EXPECT_EQ(wrong, 0);
}

TEST(Crew, ComesAndGoesWithoutALoop) {
  for (int i = 0; i < 50; ++i) Crew crew(2, BestGemmKernel());
}

}  // namespace
}  // namespace cairn
