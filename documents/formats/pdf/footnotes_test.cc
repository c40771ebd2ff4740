#include "documents/formats/pdf/footnotes.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn::pdf {
namespace {

Line LineOf(const std::string& text, float down, float size,
            std::uint32_t region) {
  Line line;
  Piece piece;
  piece.text = text;
  piece.signs = static_cast<std::uint32_t>(text.size());
  line.pieces.push_back(piece);
  line.baseline = down;
  line.size = size;
  line.region = region;
  line.page_height = 800;
  line.main = line.upright = true;
  return line;
}

std::string Texts(const std::vector<Line>& lines) {
  std::string out;
  for (const Line& line : lines) out += line.Text() + "/";
  return out;
}

TEST(FootnotesTest, NotesOfTheLeftColumnStandBehindTheRightOne) {
  std::vector<Line> lines = {
      LineOf("The left column ends with a word", 600, 10, 1),
      LineOf("1 See the annals", 700, 8, 1), LineOf("of that year.", 709, 8, 1),
      LineOf("that goes on in the right one.", 100, 10, 2),
      LineOf("2Not found.", 700, 8, 2)};
  MoveNotesDown(lines);
  EXPECT_EQ(Texts(lines),
            "The left column ends with a word/that goes on in the right one./"
            "1 See the annals/of that year./2Not found./");
}

TEST(FootnotesTest, SmallPrintWithoutAMarkAndListsStayWhereTheyAre) {
  std::vector<Line> lines = {
      LineOf("Text of the left column", 600, 10, 1),
      LineOf("Source: the annals of that year", 700, 8, 1),
      LineOf("Text of the right column", 100, 10, 2),
      LineOf("1 is the first entry of a list", 600, 10, 2),
      LineOf("The end of it all comes here", 100, 10, 3)};
  const std::string before = Texts(lines);
  MoveNotesDown(lines);
  EXPECT_EQ(Texts(lines), before);
}

TEST(FootnotesTest, ACaptionIsNotASentenceAboutAFigure) {
  EXPECT_TRUE(IsFigureCaption("Figure 3: Towers"));
  EXPECT_TRUE(IsFigureCaption("Fig. 2.1. Towers"));
  EXPECT_TRUE(IsFigureCaption("Figure 4"));
  EXPECT_FALSE(IsFigureCaption("Figure 3 shows the towers"));
  EXPECT_FALSE(IsFigureCaption("Figures of speech"));
}

}  // namespace
}  // namespace cairn::pdf
