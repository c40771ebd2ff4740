#include "models/bert/bert_math.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <hwy/highway.h>

namespace cairn {
namespace {

constexpr unsigned kSeed = 23;

std::vector<float> Draw(std::size_t count, float spread, std::mt19937& random) {
  std::normal_distribution<float> normal(0, spread);
  std::vector<float> drawn(count);
  for (float& value : drawn) value = normal(random);
  return drawn;
}

TEST(QuantizeRows, RoundsToTheNearestStepOfEachRowsRange) {
  std::mt19937 random(kSeed);
  constexpr std::size_t kRows = 4, kWidth = 96;
  std::vector<float> values = Draw(kRows * kWidth, 3, random);
  for (std::size_t i = 0; i < kWidth; ++i) values[i] *= 100;  // Row 0.
  std::vector<std::uint8_t> codes(values.size());
  Quantization made[kRows];
  QuantizeRows(values.data(), kRows, kWidth, codes.data(), made);
  for (std::size_t r = 0; r < kRows; ++r) {
    const auto row = values.begin() + static_cast<std::ptrdiff_t>(r * kWidth);
    const auto [least, most] = std::minmax_element(row, row + kWidth);
    EXPECT_FLOAT_EQ(made[r].scale, (*most - *least) / 255);
    for (std::size_t i = r * kWidth; i < (r + 1) * kWidth; ++i) {
      const float back = static_cast<float>(codes[i] - made[r].zero);
      // Half a step, and half a step again where the zero was rounded.
      EXPECT_NEAR(back * made[r].scale, values[i], made[r].scale * 1.001F);
    }
  }
}

TEST(QuantizeRows, ZeroStaysZeroAndIsAlwaysInTheRange) {
  std::vector<float> values(32, 5.0F);
  values[7] = 0;
  std::vector<std::uint8_t> codes(values.size());
  Quantization made;
  QuantizeRows(values.data(), 1, values.size(), codes.data(), &made);
  EXPECT_EQ(made.zero, 0);
  EXPECT_EQ(codes[7], 0);
  EXPECT_EQ(codes[0], 255);
}

TEST(QuantizeRows, NothingButZeroesIsFine) {
  const std::vector<float> values(16, 0.0F);
  std::vector<std::uint8_t> codes(16, 9);
  Quantization made;
  QuantizeRows(values.data(), 1, 16, codes.data(), &made);
  for (const std::uint8_t code : codes) EXPECT_EQ(code, made.zero);
}

TEST(Gelu, IsWithinAHundredThousandthOfTheLibrarys) {
  std::vector<float> values;
  for (float x = -12; x < 12; x += 0.003F) values.push_back(x);
  values.resize(values.size() / 16 * 16);
  std::vector<float> made = values;
  Gelu(made.data(), 1, made.size(), made.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double x = values[i];
    const double expected = x * (1 + std::erf(x / std::sqrt(2.0))) / 2;
    EXPECT_NEAR(made[i], expected, 1e-5) << x;
  }
}

TEST(AddAndNormalize, GivesMeanZeroAndVarianceOneBeforeTheWeights) {
  std::mt19937 random(kSeed);
  constexpr std::size_t kRows = 3, kWidth = 96;
  std::vector<float> values = Draw(kRows * kWidth, 4, random);
  const std::vector<float> residual = Draw(kRows * kWidth, 2, random);
  const std::vector<float> weight = Draw(kWidth, 1, random);
  const std::vector<float> bias = Draw(kWidth, 1, random);
  const std::vector<float> before = values;
  AddAndNormalize(values.data(), residual.data(), kRows, kWidth,
                  {weight.data(), bias.data(), 1e-12F}, values.data());
  for (std::size_t r = 0; r < kRows; ++r) {
    double mean = 0, variance = 0;
    for (std::size_t i = r * kWidth; i < (r + 1) * kWidth; ++i) {
      mean += (before[i] + residual[i]) / kWidth;
    }
    for (std::size_t i = r * kWidth; i < (r + 1) * kWidth; ++i) {
      variance += std::pow(before[i] + residual[i] - mean, 2) / kWidth;
    }
    for (std::size_t c = 0; c < kWidth; ++c) {
      const std::size_t i = r * kWidth + c;
      const double expected =
          (before[i] + residual[i] - mean) / std::sqrt(variance) * weight[c] +
          bias[c];
      EXPECT_NEAR(values[i], expected, 1e-4) << r << ", " << c;
    }
  }
}

// By the definition, in doubles.
std::vector<double> NaiveAttention(const std::vector<float>& rows,
                                   std::size_t tokens, std::size_t width,
                                   std::size_t head) {
  std::vector<double> out(tokens * width, 0.0);
  const auto at = [&](std::size_t token, std::size_t column) {
    return static_cast<double>(rows[token * 3 * width + column]);
  };
  for (std::size_t h = 0; h < width; h += head) {
    for (std::size_t i = 0; i < tokens; ++i) {
      std::vector<double> share(tokens);
      double sum = 0;
      for (std::size_t j = 0; j < tokens; ++j) {
        double dot = 0;
        for (std::size_t d = 0; d < head; ++d) {
          dot += at(i, h + d) * at(j, width + h + d);
        }
        share[j] = std::exp(dot / std::sqrt(static_cast<double>(head)));
        sum += share[j];
      }
      for (std::size_t j = 0; j < tokens; ++j) {
        for (std::size_t d = 0; d < head; ++d) {
          out[i * width + h + d] += share[j] / sum * at(j, 2 * width + h + d);
        }
      }
    }
  }
  return out;
}

TEST(AttendHead, IsTheSoftmaxOfProductsWhateverTheNumberOfTokens) {
  std::mt19937 random(kSeed);
  constexpr std::size_t kWidth = 64;
  for (const std::size_t head : {16U, 32U, 64U}) {
    for (const std::size_t tokens : {1U, 3U, 4U, 8U, 9U, 31U, 32U, 33U, 70U}) {
      SCOPED_TRACE(std::to_string(tokens) + " tokens, heads of " +
                   std::to_string(head));
      const std::vector<float> rows = Draw(tokens * 3 * kWidth, 1, random);
      std::vector<float> scratch(AttentionScratch(tokens, head));
      std::vector<float> out(tokens * kWidth);
      for (std::size_t number = 0; number < kWidth / head; ++number) {
        AttendHead(
            rows.data(),
            {.tokens = tokens, .asking = tokens, .width = kWidth, .head = head},
            number, scratch.data(), out.data());
      }
      const std::vector<double> expected =
          NaiveAttention(rows, tokens, kWidth, head);
      for (std::size_t i = 0; i < out.size(); ++i) {
        ASSERT_NEAR(out[i], expected[i], 3e-5) << i;
      }
    }
  }
}

// Of one head as wide as the row.
std::vector<float> Attend(const std::vector<float>& rows, std::size_t tokens,
                          std::size_t width) {
  std::vector<float> scratch(AttentionScratch(tokens, width));
  std::vector<float> out(tokens * width);
  AttendHead(
      rows.data(),
      {.tokens = tokens, .asking = tokens, .width = width, .head = width}, 0,
      scratch.data(), out.data());
  return out;
}

TEST(AttendHead, ScoresFarApartLeaveOneTokenOnly) {
  constexpr std::size_t kWidth = 16, kTokens = 2;
  std::vector<float> rows(kTokens * 3 * kWidth, 0.0F);
  for (std::size_t d = 0; d < kWidth; ++d) {
    rows[d] = 100;                          // Query of token 0.
    rows[3 * kWidth + kWidth + d] = 100;    // Key of token 1.
    rows[3 * kWidth + 2 * kWidth + d] = 7;  // Value of token 1.
  }
  const std::vector<float> out = Attend(rows, kTokens, kWidth);
  EXPECT_EQ(out[0], 7.0F);
}

// What one CPU makes of drawn numbers, as it would of a text.
std::vector<float> AllOfIt() {
  std::mt19937 random(kSeed);
  constexpr std::size_t kWidth = 64, kTokens = 37;
  const std::vector<float> rows = Draw(kTokens * 3 * kWidth, 1, random);
  std::vector<float> out = Attend(rows, kTokens, kWidth);
  const std::vector<float> weight = Draw(kWidth, 1, random);
  AddAndNormalize(
      out.data(), rows.data(), kTokens, kWidth,
      {.weight = weight.data(), .bias = weight.data(), .epsilon = 1e-12F},
      out.data());
  Gelu(out.data(), kTokens, kWidth, kWidth);
  std::vector<std::uint8_t> codes(out.size());
  std::vector<Quantization> made(kTokens);
  QuantizeRows(out.data(), kTokens, kWidth, codes.data(), made.data());
  for (const Quantization& one : made) out.push_back(one.scale);
  out.insert(out.end(), codes.begin(), codes.end());
  return out;
}

// Vectors that were written on one machine are searched on another.
TEST(BertMath, GivesTheSameFloatsOnEveryCpuWithFusedProducts) {
  const std::vector<float> here = AllOfIt();
  int compared = 0;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    if (target > HWY_AVX2) continue;  // Larger numbers are older CPUs.
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(target);
    EXPECT_EQ(AllOfIt(), here) << hwy::TargetName(target);
    ++compared;
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  if (compared < 2) GTEST_SKIP() << "this CPU has one such target";
}

}  // namespace
}  // namespace cairn
