#include "documents/formats/pdf/page_words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "documents/formats/pdf/page_for_test.h"

namespace cairn::pdf {
namespace {

Glyph GlyphOf(char32_t sign, float left, float right) {
  Glyph glyph;
  glyph.sign = sign;
  glyph.box = {left, 92, right, 102};
  glyph.baseline = 100;
  glyph.size = 10;
  return glyph;
}

std::vector<Piece> PiecesOf(const TestPage& page) {
  std::vector<Piece> pieces;
  for (const Line& line : page.Lines()) {
    pieces.insert(pieces.end(), line.pieces.begin(), line.pieces.end());
  }
  return pieces;
}

TEST(PageWordsTest, WordsOfAPieceKnowTheirPlaceAndTheirBytes) {
  TestPage page;
  page.Text(50, 100, "two words");
  const std::vector<Piece> pieces = PiecesOf(page);
  ASSERT_EQ(pieces.size(), 1U);
  ASSERT_EQ(pieces[0].parts.size(), 2U);
  const PieceWord& second = pieces[0].parts[1];
  EXPECT_EQ(pieces[0].text.substr(second.begin, second.end - second.begin),
            "words");
  EXPECT_FLOAT_EQ(second.left, 67.5F);
}

TEST(PageWordsTest, DotsThatLeadAreOneWordHoweverTheyAreSet) {
  for (const char* text : {"Scope . . . . . . 3", "Scope......3"}) {
    TestPage page;
    page.Text(50, 100, text);
    const std::vector<Piece> pieces = PiecesOf(page);
    ASSERT_EQ(pieces.size(), 1U) << text;
    EXPECT_EQ(pieces[0].text, "Scope ... 3");
    ASSERT_EQ(pieces[0].parts.size(), 3U);
    EXPECT_TRUE(pieces[0].parts[1].leader);
  }
  TestPage page;
  page.Text(50, 100, "and so on...");
  EXPECT_EQ(PiecesOf(page).at(0).text, "and so on...");
}

TEST(PageWordsTest, TheLigatureLamAlefIsReadLamFirst) {
  // Two letters in one box, turned around with their line.
  const std::vector<Piece> pieces = MakePieces(
      {GlyphOf(0x628, 60, 65), GlyphOf(0x627, 52, 60), GlyphOf(0x644, 52, 60)});
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].text, "\u0628\u0644\u0627");
  const std::vector<Piece> apart = MakePieces(
      {GlyphOf(0x628, 60, 65), GlyphOf(0x627, 56, 60), GlyphOf(0x644, 52, 56)});
  EXPECT_EQ(apart.at(0).text, "\u0628\u0627\u0644");
}

TEST(PageWordsTest, WhatStretchesArabicWordsIsNoLetter) {
  const std::vector<Piece> pieces = MakePieces(
      {GlyphOf(0x628, 60, 65), GlyphOf(0x640, 50, 60), GlyphOf(0x629, 45, 50)});
  ASSERT_EQ(pieces.size(), 1U);
  EXPECT_EQ(pieces[0].text, "\u0628\u0629");
  EXPECT_TRUE(MakePieces({GlyphOf(0x640, 50, 60)}).empty());
}

}  // namespace
}  // namespace cairn::pdf
