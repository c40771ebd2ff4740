#include "documents/ocr/line_decoder.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace cairn::ocr {
namespace {

constexpr char32_t kSigns[] = {U'a', U'b', U' '};

std::u32string TextOf(const std::vector<DecodedSign>& signs) {
  std::u32string out;
  for (const DecodedSign& sign : signs) out += sign.sign;
  return out;
}

TEST(LineDecoder, TakesTheMostProbableClassOfEachColumn) {
  const float probabilities[] = {0.1F, 0.7F, 0.2F, 0.5F, 0.5F,
                                 0,    0,    0.1F, 0.9F, 0.3F};
  const std::vector<ColumnChoice> best = BestOfColumns(probabilities, 3);
  ASSERT_EQ(best.size(), 3U);  // What is no whole column is left out.
  EXPECT_EQ(best[0].cls, 1U);
  EXPECT_EQ(best[0].probability, 0.7F);
  EXPECT_EQ(best[1].cls, 0U);
  EXPECT_EQ(best[2].cls, 2U);
  EXPECT_TRUE(BestOfColumns(probabilities, 0).empty());
}

TEST(LineDecoder, AClassThatGoesOnIsOneSign) {
  const ColumnChoice columns[] = {{0, 1}, {1, 0.5F}, {1, 0.8F}, {0, 1},
                                  {1, 1}, {2, 1},    {3, 1},    {2, 0.25F}};
  const std::vector<DecodedSign> signs = DecodeColumns(columns, kSigns);
  EXPECT_EQ(TextOf(signs), U"aab b");
  EXPECT_EQ(signs[0].from, 1U);
  EXPECT_EQ(signs[0].to, 3U);
  EXPECT_EQ(signs[0].probability, 0.8F);
  EXPECT_EQ(signs[1].from, 4U);
  EXPECT_EQ(signs[4].to, 8U);
}

TEST(LineDecoder, ClassesBeyondTheSignsAreLeftOut) {
  const ColumnChoice columns[] = {{4, 1}, {1, 1}, {4'000'000'000, 1}};
  EXPECT_EQ(TextOf(DecodeColumns(columns, kSigns)), U"a");
  EXPECT_TRUE(DecodeColumns({}, kSigns).empty());
  EXPECT_TRUE(DecodeColumns(columns, {}).empty());
}

// Repeats out, then blanks out, as the rule is written in textbooks.
TEST(LineDecoder, AgreesWithTheRuleOfTheBook) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::vector<ColumnChoice> columns;
    const std::size_t count = random() % 30;
    for (std::size_t i = 0; i < count; ++i) {
      columns.push_back({static_cast<std::uint32_t>(random() % 5), 1});
    }
    std::vector<std::uint32_t> once;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i == 0 || columns[i].cls != columns[i - 1].cls) {
        once.push_back(columns[i].cls);
      }
    }
    std::u32string text;
    for (const std::uint32_t cls : once) {
      if (cls >= 1 && cls <= 3) text += kSigns[cls - 1];
    }
    const std::vector<DecodedSign> signs = DecodeColumns(columns, kSigns);
    EXPECT_EQ(TextOf(signs), text);
    for (std::size_t i = 0; i < signs.size(); ++i) {
      EXPECT_LT(signs[i].from, signs[i].to);
      if (i > 0) {
        EXPECT_LE(signs[i - 1].to, signs[i].from);
      }
    }
  }
}

}  // namespace
}  // namespace cairn::ocr
