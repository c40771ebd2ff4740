#include "index/dense/kernels.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/half.h"

namespace cairn {
namespace {

TEST(Kernels, DotsEqualThePlainLoop) {
  std::mt19937_64 random(1);
  for (const std::size_t stride : {64U, 128U, 384U, 1536U}) {
    const std::size_t rows = 9;
    std::vector<std::int16_t> query(stride);
    std::vector<std::int8_t> codes(rows * stride);
    for (auto& q : query) q = static_cast<std::int16_t>(random() % 2001) - 1000;
    for (auto& c : codes) c = static_cast<std::int8_t>(random() % 255 - 127);
    std::vector<std::int32_t> dots(rows);
    DotRows(query.data(), codes.data(), stride, rows, dots.data());
    std::vector<const std::int8_t*> at;
    for (std::size_t r = 0; r < rows; ++r) at.push_back(&codes[r * stride]);
    std::vector<std::int32_t> scattered(rows);
    DotRowsAt(query.data(), at.data(), stride, rows, scattered.data());
    EXPECT_EQ(scattered, dots);
    for (std::size_t r = 0; r < rows; ++r) {
      std::int32_t want = 0, pair = 0;
      for (std::size_t i = 0; i < stride; ++i) {
        want += query[i] * codes[r * stride + i];
        pair += codes[i] * codes[r * stride + i];
      }
      EXPECT_EQ(dots[r], want) << stride;
      EXPECT_EQ(DotCodes(codes.data(), &codes[r * stride], stride), pair);
    }
  }
}

TEST(Kernels, HalvesAreSummedInTheSameOrderOnEveryCpu) {
  std::mt19937 random(2);
  std::normal_distribution<float> normal(0, 0.05F);
  for (const std::size_t stride : {16U, 64U, 384U, 1024U}) {
    std::vector<float> query(stride);
    std::vector<std::uint16_t> halves(stride);
    for (float& value : query) value = normal(random);
    for (std::uint16_t& half : halves) half = ToHalf(normal(random));
    halves[3] = ToHalf(3e-7F);  // Below the least normal half.
    std::vector<float> sums(16, 0.0F);
    for (std::size_t i = 0; i < stride; ++i) {
      // Rounded, so that no compiler fuses the two steps.
      const volatile float product = query[i] * FromHalf(halves[i]);
      sums[i % 16] += product;
    }
    double total = 0;
    for (const float sum : sums) total += sum;
    EXPECT_EQ(DotHalves(query.data(), halves.data(), stride),
              static_cast<float>(total))
        << stride;
  }
}

TEST(Kernels, DotsDoNotOverflowAtTheExtremes) {
  const std::size_t stride = 960;
  const std::vector<std::int16_t> query(stride, 16383);
  const std::vector<std::int8_t> codes(stride, -127);
  std::int32_t dot = 0;
  DotRows(query.data(), codes.data(), stride, 1, &dot);
  EXPECT_EQ(dot, -16383 * 127 * 960);
}

}  // namespace
}  // namespace cairn
