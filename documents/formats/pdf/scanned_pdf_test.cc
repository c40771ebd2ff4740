// Pages that are pictures. Skips, loudly, without an engine that reads.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <string>

#include "documents/formats/pdf/picture_text.h"
#include "documents/formats/pdf/scan_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn::pdf {
namespace {

class ScannedPdfTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    ::setenv("CAIRN_MODELS", CAIRN_DEPS_DIR "/models", 0);
  }
};

// Where "Casquets" stands on TowersPage, in points from the top left.
void ExpectBoxOfCasquets(const ParsedDocument& document) {
  ASSERT_EQ(document.tables.size(), 1U);
  for (const Cell& cell : document.tables[0].cells) {
    if (cell.span.Of(document.text) != "Casquets") continue;
    ASSERT_TRUE(cell.box.has_value());
    EXPECT_EQ(cell.box->page, 1U);
    EXPECT_NEAR(cell.box->left, 60, 6);
    EXPECT_NEAR(cell.box->bottom, 792 - 584, 14);
    return;
  }
  ADD_FAILURE() << "no such cell";
}

TEST_F(ScannedPdfTest, AScannedPageBecomesHeadingProseAndTable) {
  SKIP_WITHOUT_OCR();
  TestPdf scan;
  DrawPicture(Rendered(TowersPage(), 150), scan.Page());
  const ParsedDocument document = ParseOk(scan.Bytes(), "application/pdf");
  EXPECT_EQ(document.format, "pdf");
  EXPECT_EQ(document.pages, 1U);
  EXPECT_EQ(document.unread_pictures, 0U);
  EXPECT_EQ(document.title, "Lighthouses of the coast");
  EXPECT_EQ(CellsOf(document),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas;"
            "Longships,35,electric");
  EXPECT_NE(document.text.find("built before the year 1900, and keepers have"),
            std::string::npos)
      << document.text;
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0].find("text of 1 page was read from pictures"),
            0U);
  ExpectBoxOfCasquets(document);
}

TEST_F(ScannedPdfTest, PagesWithTextAreNotReadFromTheirPictures) {
  SKIP_WITHOUT_OCR();
  TestPdf mixed;
  mixed.Page().Text(60, 700, "This page has a text layer of its own.");
  DrawPicture(Rendered(TowersPage(), 150), mixed.Page());
  const ParsedDocument document = ParseOk(mixed.Bytes(), "application/pdf");
  EXPECT_EQ(document.pages, 2U);
  EXPECT_EQ(document.text.find("This page has a text layer of its own."), 0U);
  EXPECT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.blocks.back().page, 2U);
}

TEST_F(ScannedPdfTest, WithoutTheReaderPicturesAreCounted) {
  TestPdf mixed;
  mixed.Page().Text(60, 700, "This page has a text layer of its own.");
  DrawPicture(Rendered(TowersPage(), 40), mixed.Page());
  mixed.Page();  // Blank.
  const auto document =
      FormatByName("pdf")->Parse({.bytes = mixed.Bytes()}, Limits());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 1U);
  ASSERT_EQ(document->warnings.size(), 2U);
  EXPECT_EQ(document->warnings[0], "pages without text: 3");
  EXPECT_EQ(document->warnings[1],
            "pages without text, images only perhaps: 2");
}

TEST_F(ScannedPdfTest, PagesBeyondTheLimitAreLeftOutWithAWarning) {
  SKIP_WITHOUT_OCR();
  TestPdf scan;
  const ocr::Picture picture = Rendered(TowersPage(), 150);
  for (int i = 0; i < 3; ++i) DrawPicture(picture, scan.Page());
  Limits limits;
  limits.ocr_pages_max = 1;
  const auto document =
      FormatByName("scanned_pdf")->Parse({.bytes = scan.Bytes()}, limits);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->pages, 3U);
  ASSERT_EQ(document->warnings.size(), 2U);
  EXPECT_NE(document->warnings[1].find("(split the document): 2-3"),
            std::string::npos)
      << document->warnings[1];
}

TEST(PictureTextTest, SizesThatDifferALittleAreOne) {
  ocr::ReadPage read;
  for (const float size : {30.0F, 31.0F, 29.0F, 60.0F}) {
    ocr::PictureWord word;
    for (int i = 0; i < 4; ++i) {
      word.signs.push_back({U'a', 10.0F + 10 * i, 20.0F + 10 * i});
    }
    word.left = 10;
    word.right = 50;
    word.baseline = word.bottom = 100 + size;
    word.top = word.bottom - size * 0.7F;
    word.size = size;
    word.begins_line = true;
    read.words.push_back(word);
  }
  const PageText page = ToPageText(read, 0.5F);
  ASSERT_EQ(page.runs.size(), 1U);
  const std::vector<Glyph>& glyphs = page.runs[0].glyphs;
  ASSERT_EQ(glyphs.size(), 16U);
  EXPECT_EQ(glyphs[0].size, glyphs[4].size);
  EXPECT_EQ(glyphs[0].size, glyphs[8].size);
  EXPECT_EQ(glyphs[12].size, 30);
  EXPECT_TRUE(glyphs[4].space_before);
  EXPECT_FALSE(glyphs[5].space_before);
}

TEST(PictureTextTest, ARoundLetterAboveTheBaselineIsABullet) {
  for (const float lift : {0.0F, 4.0F}) {
    ocr::ReadPage read;
    for (const char32_t sign : {U'e', U'W'}) {
      ocr::PictureWord word;
      word.left = sign == U'e' ? 10 : 40;
      word.right = word.left + 10;
      word.signs.push_back({sign, word.left, word.right});
      word.baseline = 100;
      word.bottom = sign == U'e' ? 100 - lift : 100;
      word.top = word.bottom - (sign == U'e' ? 12 : 20);
      word.size = 30;
      word.begins_line = sign == U'e';
      read.words.push_back(word);
    }
    const PageText page = ToPageText(read, 1);
    ASSERT_EQ(page.runs[0].glyphs.size(), 2U);
    EXPECT_EQ(page.runs[0].glyphs[0].sign, lift > 0 ? U'\u2022' : U'e');
  }
}

TEST(PictureTextTest, BoxesAreLedBackToThePictureAsItWas) {
  // 400 x 300 pixels, turned once: 300 x 400. The corner at the top left of the
  // turned picture was at the bottom left.
  ParsedDocument document;
  document.blocks.push_back(
      {.page = 1, .boxes = {{1, 0, 0, 20, 40}, {2, 0, 0, 20, 40}}});
  PutBack({1, {300, 400, 1, 0}, 2, 0.5F}, document);
  // 10 x 20 pixels of the turned picture.
  EXPECT_EQ(document.blocks[0].boxes[0], (Box{1, 0, 145, 10, 150}));
  EXPECT_EQ(document.blocks[0].boxes[1], (Box{2, 0, 0, 20, 40}));
}

TEST(PictureTextTest, ATiltIsTakenBackAroundTheMiddle) {
  ParsedDocument document;
  document.blocks.push_back({.page = 1, .boxes = {{1, 390, 150, 391, 150}}});
  const float tilt = 0.01F;
  PutBack({1, {400, 300, 0, tilt}, 1, 1}, document);
  // Turned clockwise to be level, it stood higher on the right.
  const Box& box = document.blocks[0].boxes[0];
  EXPECT_NEAR(box.top, 150 - 191 * tilt, 0.1);
  EXPECT_NEAR(box.left, 390, 0.1);
}

}  // namespace
}  // namespace cairn::pdf
