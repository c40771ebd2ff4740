#include "models/onnx/batch_walk.h"

#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <vector>

namespace cairn {
namespace {

class WalkBatchesOn : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(Threads, WalkBatchesOn, testing::Values(1, 2, 5));

TEST_P(WalkBatchesOn, RunsEveryBatchOnce) {
  for (const std::size_t count : {0U, 1U, 2U, 50U}) {
    std::vector<std::atomic<int>> runs(count);
    const auto ran = WalkBatches(
        count, GetParam(), [] { return true; },
        [&](std::size_t batch) {
          ++runs[batch];
          return OkStatus();
        });
    ASSERT_TRUE(ran.ok());
    EXPECT_EQ(*ran, count);
    for (const auto& one : runs) EXPECT_EQ(one, 1);
  }
}

TEST_P(WalkBatchesOn, RunsABeginningWhenItMayNotGoOn) {
  for (std::size_t allowed = 0; allowed <= 12; ++allowed) {
    std::size_t asked = 0;  // One call at a time: needs no lock.
    std::mutex mutex;
    std::set<std::size_t> batches;
    const auto ran = WalkBatches(
        10, GetParam(), [&] { return asked++ < allowed; },
        [&](std::size_t batch) {
          const std::lock_guard lock(mutex);
          batches.insert(batch);
          return OkStatus();
        });
    ASSERT_TRUE(ran.ok());
    EXPECT_EQ(*ran, std::min<std::size_t>(allowed, 10));
    EXPECT_EQ(batches.size(), *ran);
    if (*ran > 0) {
      EXPECT_EQ(*batches.rbegin(), *ran - 1);
    }
  }
}

TEST_P(WalkBatchesOn, StopsAtTheFirstErrorAndGivesTheLowest) {
  std::atomic<std::size_t> ran = 0;
  const auto result = WalkBatches(
      1000, GetParam(), [] { return true; },
      [&](std::size_t batch) {
        ++ran;
        return batch < 3 ? OkStatus()
                         : InternalError("batch " + std::to_string(batch));
      });
  EXPECT_EQ(MessageOf(result.status()), "batch 3");
  EXPECT_LE(ran, 3 + GetParam());
}

}  // namespace
}  // namespace cairn
