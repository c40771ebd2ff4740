// Both engines read pages that are drawn here. What an engine lacks skips its
// tests, loudly.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/utf8.h"
#include "documents/formats/pdf/scan_for_test.h"
#include "documents/ocr/picture_reader.h"
#include "documents/ocr/pp_ocr_engine.h"
#include "documents/ocr/tesseract_engine.h"

namespace cairn::ocr {
namespace {

std::string TextOf(const PictureWord& word) {
  std::string out;
  for (const PictureSign& sign : word.signs) AppendUtf8(out, sign.sign);
  return out;
}

// Words part at spaces, lines at "/".
std::string TextOf(const ReadPage& read) {
  std::string out;
  for (const PictureWord& word : read.words) {
    if (!out.empty()) out += word.begins_line ? "/" : " ";
    out += TextOf(word);
  }
  return out;
}

const PictureWord* FindWord(const ReadPage& read, std::string_view text) {
  const auto found = std::find_if(
      read.words.begin(), read.words.end(),
      [&](const PictureWord& word) { return TextOf(word) == text; });
  return found == read.words.end() ? nullptr : &*found;
}

class EnginesTest : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    ::setenv("CAIRN_MODELS", CAIRN_DEPS_DIR "/models", 0);
  }
  void SetUp() override {
    const StatusOr<const Engine*> engine =
        GetParam() == std::string("Tesseract") ? LoadTesseract() : LoadPpOcr();
    if (!engine.ok()) {
      GTEST_SKIP() << GetParam() << " is NOT tested: " << engine.status();
    }
    engine_ = *engine;
  }
  ReadPage Read(const Picture& picture) {
    StatusOr<ReadPage> read = ReadPictureBy(*engine_, picture);
    EXPECT_TRUE(read.ok()) << read.status();
    return read.ok() ? *std::move(read) : ReadPage();
  }

  const Engine* engine_ = nullptr;
};

TEST_P(EnginesTest, WordsStandWhereTheyAreDrawn) {
  const ReadPage read = Read(pdf::Rendered(pdf::TowersPage(), 144));
  EXPECT_EQ(TextOf(read).find("Lighthouses of the coast/Every tower of this "
                              "coast was built before the year 1900,/and "
                              "keepers have left"),
            0U)
      << TextOf(read);
  EXPECT_GT(read.confidence, 85);
  EXPECT_EQ(read.dropped, 0U);
  EXPECT_GE(read.lines.size(), 9U);
  // Two pixels a point, from the top.
  const PictureWord* word = FindWord(read, "Longships");
  ASSERT_NE(word, nullptr) << TextOf(read);
  EXPECT_NEAR(word->left, 2 * 60, 4);
  EXPECT_NEAR(word->baseline, 2 * (792 - 566), 4);
  EXPECT_GT(word->right, word->left + 50);
  EXPECT_LT(word->top, word->baseline - 10);
  EXPECT_GE(word->bottom, word->baseline - 2);
  EXPECT_GT(word->confidence, 80);
  ASSERT_EQ(word->signs.size(), 9U);
  EXPECT_NEAR(word->signs[0].left, word->left, 4);
  EXPECT_NEAR(word->signs[8].right, word->right, 6);
  for (std::size_t i = 1; i < word->signs.size(); ++i) {
    EXPECT_LT(word->signs[i - 1].left, word->signs[i].left);
  }
}

TEST_P(EnginesTest, HeadingsAreLarger) {
  const ReadPage read = Read(pdf::Rendered(pdf::TowersPage(), 150));
  const PictureWord* large = FindWord(read, "Lighthouses");
  const PictureWord* small = FindWord(read, "keepers");
  ASSERT_NE(large, nullptr);
  ASSERT_NE(small, nullptr);
  EXPECT_GT(large->size, 1.3F * small->size);
}

TEST_P(EnginesTest, PagesMayLieOrStandOnTheirHeads) {
  Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  for (int quarters = 1; quarters < 4; ++quarters) {
    SCOPED_TRACE(quarters);
    picture = pdf::TurnedRight(picture);
    const ReadPage read = Read(picture);
    EXPECT_EQ(read.turned.quarters, 4 - quarters);
    EXPECT_EQ(read.turned.width, 1275U);
    EXPECT_EQ(TextOf(read).find("Lighthouses of the coast/Every tower"), 0U)
        << TextOf(read);
    const PictureWord* word = FindWord(read, "Longships");
    ASSERT_NE(word, nullptr);
    EXPECT_NEAR(word->left, 60 * 150.0 / 72, 5);
  }
}

TEST_P(EnginesTest, LightLettersOnDarkGroundAreRead) {
  Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  for (std::uint8_t& grey : picture.grey) {
    grey = static_cast<std::uint8_t>(255 - grey);
  }
  const ReadPage read = Read(picture);
  EXPECT_NE(FindWord(read, "Lighthouses"), nullptr) << TextOf(read);
  EXPECT_NE(FindWord(read, "keepers"), nullptr) << TextOf(read);
}

TEST_P(EnginesTest, PicturesWithoutTextHaveNoWords) {
  for (const auto& [width, height] :
       {std::pair{2U, 2U}, {3U, 3U}, {5U, 400U}, {400U, 300U}}) {
    Picture picture;
    picture.width = width;
    picture.height = height;
    picture.grey.assign(std::size_t{width} * height, 250);
    const ReadPage read = Read(picture);
    EXPECT_TRUE(read.words.empty()) << TextOf(read);
    EXPECT_EQ(read.turned.width, width);
  }
}

INSTANTIATE_TEST_SUITE_P(All, EnginesTest,
                         testing::Values("Tesseract", "PpOcr"),
                         [](const auto& param) {
                           return std::string(param.param);
                         });

}  // namespace
}  // namespace cairn::ocr
