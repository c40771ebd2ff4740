#include "documents/formats/pdf/rulings.h"

#include <gtest/gtest.h>

#include <vector>

namespace cairn::pdf {
namespace {

TEST(RulingsTest, DashesOfOneLineBecomeOne) {
  std::vector<Ruling> dashes;
  for (float x = 0; x < 100; x += 4) dashes.push_back({true, 50, x, x + 2});
  const std::vector<Ruling> merged = MergeRulings(dashes);
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_FLOAT_EQ(merged[0].from, 0);
  EXPECT_FLOAT_EQ(merged[0].to, 98);
}

TEST(RulingsTest, LinesDrawnTwiceBecomeOneAndTicksAreDropped) {
  const std::vector<Ruling> merged = MergeRulings(
      {{true, 50, 0, 100}, {true, 51, 0, 100}, {true, 80, 10, 13}});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_FLOAT_EQ(merged[0].at, 50.5F);
}

TEST(RulingsTest, LinesThatMeetMakeAGridAndOthersAnother) {
  std::vector<Ruling> rulings;
  for (const float left : {0.0F, 300.0F}) {
    for (const float y : {0.0F, 20.0F, 40.0F}) {
      rulings.push_back({true, y, left, left + 100});
    }
    for (const float x : {0.0F, 50.0F, 100.0F}) {
      rulings.push_back({false, left + x, 0, 40});
    }
  }
  const std::vector<Grid> grids = FindGrids(rulings);
  ASSERT_EQ(grids.size(), 2U);
  for (const Grid& grid : grids) {
    EXPECT_FALSE(grid.open);
    EXPECT_EQ(grid.xs.size(), 3U);
    EXPECT_EQ(grid.ys.size(), 3U);
  }
}

TEST(RulingsTest, HorizontalLinesWithTheSameEndsAreAnOpenGrid) {
  const std::vector<Grid> grids = FindGrids({{true, 10, 0, 200},
                                             {true, 30, 0, 200},
                                             {true, 90, 1, 199},
                                             {true, 60, 0, 90}});
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_TRUE(grids[0].open);
  EXPECT_EQ(grids[0].ys, (std::vector<float>{10, 30, 60, 90}));
}

TEST(RulingsTest, ShadesInsideARuledTablePartNothing) {
  std::vector<Ruling> rulings;
  for (const float y : {0.0F, 20.0F, 60.0F}) {
    rulings.push_back({true, y, 0, 100});
  }
  for (const float x : {0.0F, 50.0F, 100.0F}) {
    rulings.push_back({false, x, 0, 60});
  }
  for (const float y : {30.0F, 40.0F}) {
    rulings.push_back({true, y, 2, 48, true});
  }
  const std::vector<Grid> grids = FindGrids(rulings);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_EQ(grids[0].ys.size(), 3U);
}

TEST(RulingsTest, ALineRulesWhatItMostlyCovers) {
  const std::vector<Ruling> lines = {{true, 10, 0, 40}, {true, 10, 50, 100}};
  EXPECT_TRUE(IsRuled(lines, 11, 0, 100));
  EXPECT_FALSE(IsRuled(lines, 20, 0, 100));
  EXPECT_FALSE(IsRuled({{true, 10, 0, 40}}, 10, 0, 100));
}

}  // namespace
}  // namespace cairn::pdf
