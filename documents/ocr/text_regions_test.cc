#include "documents/ocr/text_regions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace cairn::ocr {
namespace {

ProbabilityMap Empty(std::uint32_t width, std::uint32_t height) {
  ProbabilityMap map{width, height, {}};
  map.values.assign(std::size_t{width} * height, 0.01F);
  return map;
}

// A bar around (x, y), turned clockwise.
void Draw(ProbabilityMap& map, float x, float y, float width, float height,
          float radians, float value = 0.9F) {
  for (std::uint32_t row = 0; row < map.height; ++row) {
    for (std::uint32_t column = 0; column < map.width; ++column) {
      const float u = static_cast<float>(column) + 0.5F - x;
      const float v = static_cast<float>(row) + 0.5F - y;
      const float along = u * std::cos(radians) + v * std::sin(radians);
      const float across = v * std::cos(radians) - u * std::sin(radians);
      if (std::fabs(along) <= width / 2 && std::fabs(across) <= height / 2) {
        map.values[row * map.width + column] = value;
      }
    }
  }
}

TEST(TextRegions, ABarBecomesItsRectangleMadeLarger) {
  ProbabilityMap map = Empty(200, 100);
  Draw(map, 100, 50, 120, 10, 0);
  const std::vector<TextRegion> regions = FindTextRegions(map);
  ASSERT_EQ(regions.size(), 1U);
  // Area times 1.6 over the circumference, on either side.
  const float margin = 120.0F * 10 * 1.6F / 260;
  EXPECT_FLOAT_EQ(regions[0].x, 100);
  EXPECT_FLOAT_EQ(regions[0].y, 50);
  EXPECT_NEAR(regions[0].width, 120 + 2 * margin, 0.01);
  EXPECT_NEAR(regions[0].height, 10 + 2 * margin, 0.01);
  EXPECT_EQ(regions[0].radians, 0);
  EXPECT_NEAR(regions[0].score, 0.9, 1e-4);
}

TEST(TextRegions, BarsThatLieAslantKeepTheirTurn) {
  for (const float radians : {-0.6F, -0.1F, 0.05F, 0.3F, 0.7F}) {
    SCOPED_TRACE(radians);
    ProbabilityMap map = Empty(300, 300);
    Draw(map, 150, 140, 160, 12, radians);
    const std::vector<TextRegion> regions = FindTextRegions(map);
    ASSERT_EQ(regions.size(), 1U);
    EXPECT_NEAR(regions[0].x, 150, 1);
    EXPECT_NEAR(regions[0].y, 140, 1);
    EXPECT_NEAR(regions[0].radians, radians, 0.02);
    EXPECT_GT(regions[0].width, 5 * regions[0].height);
  }
}

TEST(TextRegions, WhatRunsUpOrDownIsHigherThanWide) {
  ProbabilityMap map = Empty(100, 200);
  Draw(map, 50, 100, 120, 10, 1.5708F);
  const std::vector<TextRegion> regions = FindTextRegions(map);
  ASSERT_EQ(regions.size(), 1U);
  EXPECT_GT(regions[0].height, 5 * regions[0].width);
  EXPECT_NEAR(regions[0].radians, 0, 0.01);
}

TEST(TextRegions, ShortOnesLieAsTheLongOnes) {
  ProbabilityMap map = Empty(300, 300);
  Draw(map, 150, 60, 200, 12, 0.1F);
  Draw(map, 80, 200, 14, 14, 0.7F);  // Alone it would be turned by 0.7.
  const std::vector<TextRegion> regions = FindTextRegions(map);
  ASSERT_EQ(regions.size(), 2U);
  EXPECT_NEAR(regions[0].radians, 0.1, 0.02);
  EXPECT_EQ(regions[1].radians, regions[0].radians);
}

TEST(TextRegions, SpecksAndFaintOnesAreLeftOut) {
  ProbabilityMap map = Empty(200, 100);
  Draw(map, 30, 30, 2, 2, 0);
  Draw(map, 100, 30, 80, 2, 0);
  Draw(map, 100, 70, 80, 10, 0, 0.5F);
  EXPECT_TRUE(FindTextRegions(map).empty());
}

TEST(TextRegions, WhatTouchesAslantIsOne) {
  ProbabilityMap map = Empty(100, 100);
  Draw(map, 20, 20, 20, 10, 0);  // Ends at (30, 25).
  Draw(map, 40, 30, 20, 10, 0);
  EXPECT_EQ(FindTextRegions(map).size(), 1U);
}

TEST(TextRegions, ManyAreCut) {
  // A square of four pixels in every five.
  ProbabilityMap map = Empty(400, 400);
  for (std::size_t y = 0; y < 400; ++y) {
    for (std::size_t x = 0; x < 400; ++x) {
      if (x % 5 != 4 && y % 5 != 4) map.values[y * 400 + x] = 0.9F;
    }
  }
  EXPECT_EQ(FindTextRegions(map).size(), kRegionsMax);
}

TEST(TextRegions, MapsThatLackPixelsHaveNone) {
  EXPECT_TRUE(FindTextRegions({}).empty());
  EXPECT_TRUE(FindTextRegions({10, 10, {1, 1, 1}}).empty());
}

// Every turn in small steps.
float SmallestAreaByTrying(const std::vector<MapPoint>& points) {
  float best = 1e30F;
  for (int step = 0; step < 2000; ++step) {
    const float radians = static_cast<float>(step) * 1.5708F / 2000;
    float least[2] = {1e30F, 1e30F};
    float most[2] = {-1e30F, -1e30F};
    for (const MapPoint p : points) {
      const float at[2] = {p.x * std::cos(radians) + p.y * std::sin(radians),
                           p.y * std::cos(radians) - p.x * std::sin(radians)};
      for (int axis = 0; axis < 2; ++axis) {
        least[axis] = std::min(least[axis], at[axis]);
        most[axis] = std::max(most[axis], at[axis]);
      }
    }
    best = std::min(best, (most[0] - least[0]) * (most[1] - least[1]));
  }
  return best;
}

TEST(SmallestRectangle, IsAsSmallAsTryingAllTurnsFinds) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::vector<MapPoint> points;
    const std::size_t count = 3 + random() % 30;
    for (std::size_t i = 0; i < count; ++i) {
      points.push_back({static_cast<float>(random() % 100),
                        static_cast<float>(random() % 40)});
    }
    const TextRegion found = SmallestRectangle(points);
    const float area = SmallestAreaByTrying(points);
    EXPECT_LE(found.width * found.height, area + 0.01F);
    EXPECT_GE(found.width * found.height, 0.99F * area - 0.5F);
    EXPECT_LE(std::fabs(found.radians), 0.7854F);
    for (const MapPoint point : points) {
      const float u = point.x - found.x;
      const float v = point.y - found.y;
      EXPECT_LE(
          std::fabs(u * std::cos(found.radians) + v * std::sin(found.radians)),
          found.width / 2 + 0.01F);
      EXPECT_LE(
          std::fabs(v * std::cos(found.radians) - u * std::sin(found.radians)),
          found.height / 2 + 0.01F);
    }
  }
}

TEST(SmallestRectangle, OfFewPoints) {
  EXPECT_EQ(SmallestRectangle({}).width, 0);
  EXPECT_EQ(SmallestRectangle({{3, 4}}).x, 3);
  EXPECT_EQ(SmallestRectangle({{3, 4}, {3, 4}}).y, 4);
  const TextRegion line = SmallestRectangle({{0, 0}, {5, 0}, {10, 0}});
  EXPECT_EQ(line.width, 10);
  EXPECT_EQ(line.height, 0);
}

}  // namespace
}  // namespace cairn::ocr
