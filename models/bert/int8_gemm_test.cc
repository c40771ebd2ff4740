#include "models/bert/int8_gemm.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace cairn {
namespace {

class Gemm : public testing::TestWithParam<GemmKernel> {
 protected:
  void SetUp() override {
    if (!Runs(GetParam())) {
      GTEST_SKIP() << "SKIPPED: this CPU has no " << NameOf(GetParam());
    }
  }
};

std::string KernelName(const testing::TestParamInfo<GemmKernel>& info) {
  return std::vector<std::string>{"Portable", "Avx2", "AvxVnni", "Avx512Vnni",
                                  "Amx"}[static_cast<std::size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Kernels, Gemm,
                         testing::Values(GemmKernel::kPortable,
                                         GemmKernel::kAvx2,
                                         GemmKernel::kAvxVnni,
                                         GemmKernel::kAvx512Vnni,
                                         GemmKernel::kAmx),
                         KernelName);

struct Operands {
  std::vector<std::uint8_t> left;  // PaddedRows(rows) x depth.
  std::vector<std::int8_t> weights;
};

Operands Draw(std::size_t rows, std::size_t depth, std::size_t columns,
              std::mt19937& random) {
  Operands drawn;
  std::uniform_int_distribution<int> byte(0, 255);
  std::uniform_int_distribution<int> weight(-kGemmWeightMax, kGemmWeightMax);
  for (std::size_t i = 0; i < PaddedRows(rows) * depth; ++i) {
    drawn.left.push_back(static_cast<std::uint8_t>(byte(random)));
  }
  for (std::size_t i = 0; i < depth * columns; ++i) {
    drawn.weights.push_back(static_cast<std::int8_t>(weight(random)));
  }
  return drawn;
}

TEST_P(Gemm, GivesTheSumsOfPlainLoops) {
  constexpr unsigned kSeed = 17;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  constexpr std::size_t kColumns = 2 * kPanelColumns;
  for (const std::size_t depth : {64U, 128U, 384U}) {
    for (const std::size_t rows :
         {1U, 2U, 6U, 7U, 15U, 16U, 17U, 31U, 32U, 33U, 48U, 49U, 70U}) {
      SCOPED_TRACE(std::to_string(rows) + " x " + std::to_string(depth));
      const Operands from = Draw(rows, depth, kColumns, random);
      const PackedWeights packed(from.weights, depth, kColumns);
      const TileState tiles(GetParam());
      std::vector<std::int32_t> out(PaddedRows(rows) * kPanelColumns);
      for (std::size_t panel = 0; panel < 2; ++panel) {
        MultiplyPanel(GetParam(), from.left.data(), rows, depth,
                      packed.panel(panel), out.data());
        for (std::size_t r = 0; r < rows; ++r) {
          for (std::size_t c = 0; c < kPanelColumns; ++c) {
            std::int32_t sum = 0;
            for (std::size_t k = 0; k < depth; ++k) {
              sum += from.left[r * depth + k] *
                     from.weights[k * kColumns + panel * kPanelColumns + c];
            }
            ASSERT_EQ(out[r * kPanelColumns + c], sum) << r << ", " << c;
          }
        }
      }
    }
  }
}

TEST_P(Gemm, TheLargestNumbersDoNotSaturate) {
  constexpr std::size_t kDepth = 1536;
  const std::vector<std::uint8_t> left(kGemmRowStep * kDepth, 255);
  for (const int weight : {kGemmWeightMax, -kGemmWeightMax}) {
    const std::vector<std::int8_t> weights(kDepth * kPanelColumns,
                                           static_cast<std::int8_t>(weight));
    const PackedWeights packed(weights, kDepth, kPanelColumns);
    const TileState tiles(GetParam());
    std::vector<std::int32_t> out(kGemmRowStep * kPanelColumns);
    MultiplyPanel(GetParam(), left.data(), 3, kDepth, packed.panel(0),
                  out.data());
    for (std::size_t i = 0; i < 3 * kPanelColumns; ++i) {
      ASSERT_EQ(out[i], 255 * weight * static_cast<int>(kDepth));
    }
  }
}

TEST(PackedWeights, KnowsTheSumOfEachColumn) {
  constexpr std::size_t kDepth = 64;
  std::vector<std::int8_t> weights(kDepth * kPanelColumns, 1);
  weights[5] = -3;  // Row 0, column 5.
  const PackedWeights packed(weights, kDepth, kPanelColumns);
  EXPECT_EQ(packed.sums()[4], 64);
  EXPECT_EQ(packed.sums()[5], 60);
}

}  // namespace
}  // namespace cairn
