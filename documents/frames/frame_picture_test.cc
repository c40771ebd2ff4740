#include "documents/frames/frame_picture.h"

#include <gtest/gtest.h>

#include "documents/frames/coded_frame_for_test.h"

namespace cairn::frames {
namespace {

TEST(FramePicture, IsTurnedClockwise) {
  FramePicture picture{.width = 4, .height = 2};
  picture.light = {1, 2, 3, 4, 5, 6, 7, 8};
  picture.blue = {1, 2};
  picture.red = {3, 4};
  const FramePicture once = Turned(picture, 1);
  EXPECT_EQ(once.width, 2U);
  EXPECT_EQ(once.height, 4U);
  EXPECT_EQ(once.light, (std::vector<std::uint8_t>{5, 1, 6, 2, 7, 3, 8, 4}));
  EXPECT_EQ(once.blue, (std::vector<std::uint8_t>{1, 2}));
  const FramePicture twice = Turned(picture, 2);
  EXPECT_EQ(twice.light, (std::vector<std::uint8_t>{8, 7, 6, 5, 4, 3, 2, 1}));
  EXPECT_EQ(twice.red, (std::vector<std::uint8_t>{4, 3}));
  EXPECT_EQ(Turned(Turned(picture, 3), 1).light, picture.light);
  EXPECT_EQ(Turned(picture, 4).light, picture.light);
}

TEST(FramePicture, ThumbnailsAreMeans) {
  const Thumbnail thumbnail = ThumbnailOf(PictureWithCorner(0));
  EXPECT_EQ(thumbnail[0], 230);
  EXPECT_EQ(thumbnail[3], 230);
  EXPECT_EQ(thumbnail[4], 60);
  EXPECT_EQ(thumbnail[255], 60);
  FramePicture fine = PictureWithCorner(0, 64, 64);
  for (std::size_t i = 0; i < fine.light.size(); ++i) {
    fine.light[i] = i % 2 == 0 ? 0 : 200;
  }
  EXPECT_EQ(ThumbnailOf(fine)[17], 100);
  // Sides that are no multiples of 16.
  EXPECT_EQ(ThumbnailOf(PictureWithCorner(2, 34, 18))[255], 230);
}

TEST(FramePicture, OneColourShowsNothing) {
  FramePicture picture = PictureWithCorner(0);
  EXPECT_FALSE(ShowsNothing(ThumbnailOf(picture)));
  picture.light.assign(picture.light.size(), 16);
  EXPECT_TRUE(ShowsNothing(ThumbnailOf(picture)));
  picture.light[100] = 60;  // Noise.
  EXPECT_TRUE(ShowsNothing(ThumbnailOf(picture)));
}

TEST(FramePicture, NoiseIsTheSameAndANewLineIsNot) {
  const Thumbnail one = ThumbnailOf(PictureWithCorner(0));
  Thumbnail other = one;
  EXPECT_TRUE(LooksTheSame(one, other));
  for (std::size_t i = 0; i < other.size(); ++i) {
    other[i] = static_cast<std::uint8_t>(other[i] + i % 3);
  }
  EXPECT_TRUE(LooksTheSame(one, other));
  other = one;
  for (std::size_t i = 100; i < 110; ++i) other[i] = 80;
  EXPECT_FALSE(LooksTheSame(one, other));
  other = one;
  for (std::uint8_t& cell : other) cell = static_cast<std::uint8_t>(cell + 4);
  EXPECT_FALSE(LooksTheSame(one, other));
}

}  // namespace
}  // namespace cairn::frames
