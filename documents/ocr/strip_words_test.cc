#include "documents/ocr/strip_words.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace cairn::ocr {
namespace {

constexpr float kColumn = 8;

// A strip 48 pixels high with letters as bars; signs stand in the columns that
// their bars cover.
struct Strip {
  explicit Strip(std::uint32_t width) {
    picture.width = width;
    picture.height = 48;
    picture.grey.assign(std::size_t{width} * 48, 240);
  }

  void Bar(std::size_t left, std::size_t right, std::size_t top,
           std::size_t bottom) {
    for (std::size_t y = top; y < bottom; ++y) {
      for (std::size_t x = left; x < right; ++x) {
        picture.grey[y * picture.width + x] = 20;
      }
    }
  }
  // A small letter, ten pixels wide, on a baseline at 36.
  void Letter(char32_t sign, std::size_t left, float probability = 1) {
    Bar(left, left + 10, 20, 36);
    Add(sign, left + 5, probability);
  }
  void Add(char32_t sign, std::size_t middle, float probability = 1) {
    const auto column = static_cast<std::uint32_t>(middle / 8);
    signs.push_back({sign, column, column + 1, probability});
  }

  Picture picture;
  std::vector<DecodedSign> signs;
};

std::string TextOf(const std::vector<PictureWord>& words) {
  std::string out;
  for (const PictureWord& word : words) {
    if (!out.empty()) out += ' ';
    for (const PictureSign& sign : word.signs) {
      out += static_cast<char>(sign.sign);
    }
  }
  return out;
}

TEST(StripWords, WordsPartAtSpacesAndEndWhereTheirInkEnds) {
  Strip strip(160);
  strip.Letter('a', 20);
  strip.Letter('c', 32);
  strip.Add(' ', 50);
  strip.Letter('e', 60, 0.5F);
  const std::vector<PictureWord> words =
      WordsOfStrip(strip.picture, strip.signs, kColumn);
  ASSERT_EQ(TextOf(words), "ac e");
  EXPECT_EQ(words[0].left, 20);
  EXPECT_EQ(words[0].right, 42);
  EXPECT_EQ(words[0].signs[0].right, words[0].signs[1].left);
  EXPECT_EQ(words[1].left, 60);
  EXPECT_EQ(words[1].right, 70);
  EXPECT_EQ(words[1].confidence, 50);
  EXPECT_TRUE(words[0].begins_line);
  EXPECT_FALSE(words[1].begins_line);
}

TEST(StripWords, TheyStandOnOneLineAndHaveOneSize) {
  Strip strip(160);
  strip.Letter('a', 20);
  strip.Bar(40, 50, 20, 46);  // A letter that hangs below the line.
  strip.Add('p', 45);
  strip.Add(' ', 58);
  strip.Bar(70, 80, 13, 36);
  strip.Add('B', 75);
  const std::vector<PictureWord> words =
      WordsOfStrip(strip.picture, strip.signs, kColumn);
  ASSERT_EQ(TextOf(words), "ap B");
  EXPECT_EQ(words[0].bottom, 46);
  EXPECT_EQ(words[1].bottom, 36);
  EXPECT_EQ(words[1].top, 13);
  for (const PictureWord& word : words) {
    EXPECT_EQ(word.baseline, 36);
    EXPECT_NEAR(word.size, 33, 1);  // Half of it is a small letter.
  }
}

TEST(StripWords, LightLettersOnDarkGroundAreTheSame) {
  Strip strip(160);
  strip.Letter('a', 20);
  strip.Letter('c', 32);
  Strip inverse = strip;
  for (std::uint8_t& grey : inverse.picture.grey) {
    grey = static_cast<std::uint8_t>(255 - grey);
  }
  const auto words = WordsOfStrip(strip.picture, strip.signs, kColumn);
  const auto others = WordsOfStrip(inverse.picture, inverse.signs, kColumn);
  ASSERT_EQ(words.size(), 1U);
  ASSERT_EQ(others.size(), 1U);
  EXPECT_EQ(words[0].left, others[0].left);
  EXPECT_EQ(words[0].right, others[0].right);
  EXPECT_EQ(words[0].baseline, others[0].baseline);
}

TEST(StripWords, LinesAlongTheStripAreNoInk) {
  Strip strip(160);
  strip.Letter('a', 20);
  strip.Bar(0, 160, 44, 46);
  const auto words = WordsOfStrip(strip.picture, strip.signs, kColumn);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].right, 30);
  EXPECT_EQ(words[0].bottom, 36);
}

TEST(StripWords, BordersOfACellAreNoInk) {
  Strip strip(200);
  strip.Letter('a', 40);
  strip.Letter('c', 52);
  strip.Bar(34, 37, 0, 48);
  // A border that is not quite level.
  strip.Bar(0, 100, 40, 42);
  strip.Bar(100, 200, 41, 43);
  const auto words = WordsOfStrip(strip.picture, strip.signs, kColumn);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].left, 40);
  EXPECT_EQ(words[0].bottom, 36);
  EXPECT_EQ(words[0].baseline, 36);
}

TEST(StripWords, BordersInPiecesAreNoInkEither) {
  Strip strip(200);
  strip.Letter('a', 40);
  strip.Letter('c', 52);
  // More of it than of the letters.
  for (std::size_t x = 0; x < 198; x += 3) strip.Bar(x, x + 2, 42, 45);
  const auto words = WordsOfStrip(strip.picture, strip.signs, kColumn);
  ASSERT_EQ(words.size(), 1U);
  EXPECT_EQ(words[0].left, 40);
  EXPECT_EQ(words[0].right, 62);
  EXPECT_EQ(words[0].baseline, 36);
}

TEST(StripWords, AWideGapPartsWordsWithoutASpace) {
  Strip strip(160);
  strip.Letter('a', 20);
  strip.Letter('c', 80);
  EXPECT_EQ(TextOf(WordsOfStrip(strip.picture, strip.signs, kColumn)), "a c");
}

TEST(StripWords, AGapAsWideAsTheOthersIsASpaceToo) {
  for (const bool number : {false, true}) {
    Strip strip(320);
    for (std::size_t i = 0; i < 5; ++i) {
      strip.Letter('a', 20 + i * 44);
      // The last but one has the same gap behind it and no space.
      strip.Letter(number && i == 3 ? '1' : 'c', 32 + i * 44);
      if (i != 3) strip.Add(' ', 53 + i * 44);
    }
    if (number) strip.signs[11].sign = '7';
    EXPECT_EQ(TextOf(WordsOfStrip(strip.picture, strip.signs, kColumn)),
              number ? "ac ac ac a17c" : "ac ac ac ac ac");
  }
}

TEST(StripWords, ACapitalThatStandsWideIsPartOfItsWord) {
  for (const std::size_t gap : {5U, 12U}) {
    Strip strip(160);
    strip.Bar(20, 36, 13, 36);
    strip.Add('A', 28);
    strip.Add(' ', 38);
    strip.Letter('u', 36 + gap);
    EXPECT_EQ(TextOf(WordsOfStrip(strip.picture, strip.signs, kColumn)),
              gap == 5 ? "Au" : "A u");
  }
}

TEST(StripWords, StayInsideWhateverWasRead) {
  for (unsigned seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Strip strip(1 + random() % 200);
    for (std::uint8_t& grey : strip.picture.grey) {
      if (random() % 3 == 0) grey = static_cast<std::uint8_t>(random());
    }
    std::size_t middle = 0;
    std::size_t count = 0;
    constexpr char32_t kSigns[] = {U' ', U'a', U'A', U'1', U'.', 0x4e2d};
    while (middle < 260) {
      const char32_t sign = kSigns[random() % 6];
      strip.Add(sign, middle);
      count += sign != ' ';
      middle += 8 + random() % 40;
    }
    std::size_t found = 0;
    for (const PictureWord& word :
         WordsOfStrip(strip.picture, strip.signs, kColumn)) {
      found += word.signs.size();
      EXPECT_LE(0, word.left);
      EXPECT_LT(word.left, word.right);
      EXPECT_LE(word.right, static_cast<float>(strip.picture.width + 1));
      EXPECT_LT(word.top, word.bottom);
      EXPECT_LE(word.bottom, 48);
      EXPECT_GT(word.size, 0);
      for (const PictureSign& sign : word.signs) {
        EXPECT_LE(sign.left, sign.right);
      }
    }
    EXPECT_EQ(found, count);
  }
}

}  // namespace
}  // namespace cairn::ocr
