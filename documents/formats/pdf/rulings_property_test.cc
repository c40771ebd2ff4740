#include "documents/formats/pdf/rulings.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace cairn::pdf {
namespace {

TEST(RulingsPropertyTest, PiecesOfOneLineBecomeOne) {
  const std::vector<Ruling> merged =
      MergeRulings({{true, 100, 10, 60, false},
                    {true, 100.2F, 60, 200, false},
                    {true, 100, 20, 90, false}});
  ASSERT_EQ(merged.size(), 1U);
  EXPECT_FLOAT_EQ(merged[0].from, 10);
  EXPECT_FLOAT_EQ(merged[0].to, 200);
}

TEST(RulingsPropertyTest, LinesFarApartStayApart) {
  EXPECT_EQ(MergeRulings({{true, 100, 10, 60, false},
                          {true, 100, 160, 200, false},
                          {true, 120, 10, 60, false},
                          {false, 100, 10, 60, false}})
                .size(),
            4U);
}

// Merged lines cover what the lines they are made of cover: looked at point by
// point, the slow way.
TEST(RulingsPropertyTest, MergedLinesCoverWhatTheirPiecesCover) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::vector<Ruling> pieces;
    for (unsigned i = 1 + random() % 12; i > 0; --i) {
      const float from = static_cast<float>(20 * (random() % 20));
      pieces.push_back({true, 50 + 30 * static_cast<float>(random() % 3), from,
                        from + static_cast<float>(20 + 20 * (random() % 6)),
                        false});
    }
    const std::vector<Ruling> merged = MergeRulings(pieces);
    const auto covers = [](const std::vector<Ruling>& rulings, float at,
                           float x) {
      for (const Ruling& ruling : rulings) {
        if (ruling.at == at && ruling.from < x && x < ruling.to) return true;
      }
      return false;
    };
    for (const float at : {50.0F, 80.0F, 110.0F}) {
      for (float x = 10; x < 600; x += 20) {
        ASSERT_EQ(covers(merged, at, x), covers(pieces, at, x))
            << at << ", " << x;
      }
    }
  }
}

TEST(RulingsPropertyTest, ALatticeIsOneGridWithAllItsBorders) {
  std::vector<Ruling> rulings;
  for (const float x : {50.0F, 120.0F, 300.0F}) {
    rulings.push_back({false, x, 100, 180, false});
  }
  for (const float y : {100.0F, 130.0F, 150.0F, 180.0F}) {
    rulings.push_back({true, y, 50, 300, false});
  }
  const std::vector<Grid> grids = FindGrids(rulings);
  ASSERT_EQ(grids.size(), 1U);
  EXPECT_FALSE(grids[0].open);
  EXPECT_EQ(grids[0].xs, (std::vector<float>{50, 120, 300}));
  EXPECT_EQ(grids[0].ys, (std::vector<float>{100, 130, 150, 180}));
}

TEST(RulingsPropertyTest, LatticesThatDoNotTouchAreTwoGrids) {
  std::vector<Ruling> rulings;
  for (const float left : {50.0F, 350.0F}) {
    for (const float x : {left, left + 100}) {
      rulings.push_back({false, x, 100, 140, false});
    }
    for (const float y : {100.0F, 120.0F, 140.0F}) {
      rulings.push_back({true, y, left, left + 100, false});
    }
  }
  EXPECT_EQ(FindGrids(rulings).size(), 2U);
}

TEST(RulingsPropertyTest, ABorderIsRuledWhenMostOfItIsCovered) {
  const std::vector<Ruling> rulings = {{false, 100, 10, 50, false}};
  EXPECT_TRUE(IsRuled(rulings, 100, 10, 50));
  EXPECT_TRUE(IsRuled(rulings, 101, 12, 48));
  EXPECT_FALSE(IsRuled(rulings, 100, 45, 90));
  EXPECT_FALSE(IsRuled(rulings, 140, 10, 50));
}

}  // namespace
}  // namespace cairn::pdf
