#include "documents/ocr/resample.h"

#include <gtest/gtest.h>

namespace cairn::ocr {
namespace {

// Darker to the right and down.
Picture Slope(std::uint32_t width, std::uint32_t height) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  for (std::uint32_t y = 0; y < height; ++y) {
    for (std::uint32_t x = 0; x < width; ++x) {
      picture.grey.push_back(static_cast<std::uint8_t>(200 - x - 2 * y));
    }
  }
  return picture;
}

TEST(Resample, TheSameSizeIsTheSamePicture) {
  const Picture picture = Slope(40, 30);
  EXPECT_EQ(Resized(picture, 40, 30).grey, picture.grey);
}

TEST(Resample, SlopesStaySlopesSmallerAndLarger) {
  const Picture picture = Slope(60, 30);
  for (const std::uint32_t side : {15U, 20U, 90U}) {
    const Picture out = Resized(picture, side, side);
    ASSERT_EQ(out.grey.size(), std::size_t{side} * side);
    const std::size_t middle = side / 2 * side + side / 2;
    const float x =
        (static_cast<float>(side / 2) + 0.5F) * 60 / static_cast<float>(side) -
        0.5F;
    const float y =
        (static_cast<float>(side / 2) + 0.5F) * 30 / static_cast<float>(side) -
        0.5F;
    EXPECT_NEAR(out.grey[middle], 200 - x - 2 * y, 1.5);
  }
}

TEST(Resample, OnePixelIsTheMeanOfAll) {
  Picture picture = Slope(8, 8);
  picture.grey.assign(64, 100);
  EXPECT_EQ(Resized(picture, 1, 1).grey[0], 100);
  EXPECT_EQ(Resized(Resized(picture, 1, 1), 3, 3).grey[8], 100);
}

TEST(Resample, ARegionIsCutOutAsItStands) {
  const Picture picture = Slope(60, 40);
  const Picture out = CutOut(
      picture, {.x = 30, .y = 20, .width = 20, .height = 10}, 20, 10, false);
  for (std::size_t y = 0; y < 10; ++y) {
    for (std::size_t x = 0; x < 20; ++x) {
      EXPECT_EQ(out.grey[y * 20 + x], picture.grey[(15 + y) * 60 + 20 + x]);
    }
  }
  const Picture over = CutOut(
      picture, {.x = 30, .y = 20, .width = 20, .height = 10}, 20, 10, true);
  EXPECT_EQ(over.grey.front(), out.grey.back());
}

TEST(Resample, ATurnedRegionIsMadeLevel) {
  Picture picture = Slope(100, 100);
  picture.grey.assign(10'000, 250);
  // A dark line that falls to the right by a tenth.
  for (std::size_t x = 0; x < 100; ++x) {
    for (std::size_t y = 0; y < 4; ++y) {
      picture.grey[(43 + y + x / 10) * 100 + x] = 0;
    }
  }
  const Picture out =
      CutOut(picture,
             {.x = 50, .y = 50, .width = 80, .height = 20, .radians = 0.0997F},
             80, 20, false);
  for (std::size_t x = 0; x < 80; ++x) {
    EXPECT_LT(out.grey[10 * 80 + x], 60) << x;
    EXPECT_GT(out.grey[4 * 80 + x], 240) << x;
    EXPECT_GT(out.grey[15 * 80 + x], 240) << x;
  }
}

TEST(Resample, BeyondThePictureItsEdgeGoesOn) {
  const Picture picture = Slope(20, 20);
  const Picture out = CutOut(
      picture, {.x = 0, .y = 0, .width = 100, .height = 100}, 10, 10, false);
  EXPECT_EQ(out.grey.front(), picture.grey.front());
  EXPECT_EQ(out.grey.back(), picture.grey.back());
}

}  // namespace
}  // namespace cairn::ocr
