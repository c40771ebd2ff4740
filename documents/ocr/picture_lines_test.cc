#include "documents/ocr/picture_lines.h"

#include <gtest/gtest.h>

namespace cairn::ocr {
namespace {

Picture White(std::uint32_t width, std::uint32_t height) {
  Picture picture;
  picture.width = width;
  picture.height = height;
  picture.grey.assign(std::size_t{width} * height, 250);
  return picture;
}

void Fill(Picture& picture, std::size_t left, std::size_t top,
          std::size_t width, std::size_t height, std::uint8_t grey = 10) {
  for (std::size_t y = top; y < top + height; ++y) {
    for (std::size_t x = left; x < left + width; ++x) {
      picture.grey[y * picture.width + x] = grey;
    }
  }
}

TEST(PictureLines, FindsTheLinesOfATable) {
  Picture picture = White(400, 300);
  for (const std::size_t y : {50U, 100U, 150U}) Fill(picture, 20, y, 300, 2);
  for (const std::size_t x : {20U, 318U}) Fill(picture, x, 50, 2, 102);
  const std::vector<PictureLine> lines = FindLines(picture, 128, 20);
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_TRUE(lines[0].horizontal);
  EXPECT_EQ(lines[0].at, 51);
  EXPECT_EQ(lines[0].from, 20);
  EXPECT_EQ(lines[0].to, 320);
  EXPECT_FALSE(lines[4].horizontal);
  EXPECT_EQ(lines[4].at, 319);
  EXPECT_EQ(lines[4].from, 50);
  EXPECT_EQ(lines[4].to, 152);
}

TEST(PictureLines, PassesOverWhatIsTooThickOrTooShort) {
  Picture picture = White(400, 300);
  Fill(picture, 20, 50, 300, 30);  // A shaded bar.
  Fill(picture, 20, 150, 20, 2);   // A dash.
  EXPECT_TRUE(FindLines(picture, 128, 20).empty());
}

TEST(PictureLines, AGapOfAPixelDoesNotPartALine) {
  Picture picture = White(400, 300);
  Fill(picture, 20, 50, 100, 2);
  Fill(picture, 121, 50, 100, 2);
  const std::vector<PictureLine> lines = FindLines(picture, 128, 20);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].to, 221);
}

TEST(PictureLines, DarkIsWhatLiesBelowTheValley) {
  Picture picture = White(100, 100);
  Fill(picture, 0, 0, 100, 20, 90);
  const std::uint8_t level = DarkBelow(picture);
  EXPECT_GT(level, 90);
  EXPECT_LT(level, 250);
}

TEST(PictureLines, APictureWithoutPixelsHasNone) {
  EXPECT_TRUE(FindLines(Picture(), 128, 20).empty());
}

}  // namespace
}  // namespace cairn::ocr
