#include "documents/formats/pdf/table_finder.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/page_for_test.h"

namespace cairn::pdf {
namespace {

TEST(TableFinderTest, RuledCellsAreCellsHoweverTheirTextWraps) {
  TestPage page;
  page.Grid({50, 150, 250, 350}, {100, 130, 170, 200});
  page.Row(120, {55, 155, 255}, {"Name", "Note", "Sum"});
  page.Row(145, {55, 155, 255}, {"Varne", "wrapped over", "12"});
  page.Row(160, {155}, {"two lines"});
  page.Row(190, {55, 155, 255}, {"Casquets", "plain", "7"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "Name,Note,Sum;Varne,wrapped over two lines,12;Casquets,plain,7");
}

TEST(TableFinderTest, MissingRulingsMakeSpans) {
  TestPage page;
  for (const float y : {100.0F, 120.0F, 140.0F, 160.0F})
    page.Across(y, 50, 350);
  page.Down(50, 100, 160).Down(350, 100, 160).Down(150, 100, 160);
  page.Down(250, 120, 160);  // Not through the head.
  page.Row(115, {55, 200}, {"Name", "Heights over all"});
  page.Row(135, {55, 155, 255}, {"Varne", "12", "14"});
  page.Row(155, {55, 155, 255}, {"Casquets", "7", "8"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "Name,Heights over all{1x2};Varne,12,14;Casquets,7,8");
}

TEST(TableFinderTest, ACellWithoutALineBelowItReachesDown) {
  TestPage page;
  page.Across(100, 50, 350).Across(120, 50, 350).Across(160, 50, 350);
  page.Across(140, 150, 350);  // Not under the first column.
  for (const float x : {50.0F, 150.0F, 250.0F, 350.0F}) page.Down(x, 100, 160);
  page.Row(115, {55, 155, 255}, {"Year", "Who", "Sum"});
  page.Row(135, {55, 155, 255}, {"1991", "Men", "3"});
  page.Row(155, {155, 255}, {"Women", "4"});
  EXPECT_EQ(RenderAll(page.Tables()), "Year,Who,Sum;1991{2x1},Men,3;_,Women,4");
}

TEST(TableFinderTest, ColumnsOfValuesNeedNoRulings) {
  TestPage page;
  page.Text(50, 60, "Heights of towers were taken in the spring of that year.");
  page.Row(100, {160, 230}, {"Height", "Depth"});
  page.Row(115, {50, 165, 235}, {"Varne", "12.5", "3"});
  page.Row(130, {50, 165, 235}, {"Casquets", "117", "14"});
  page.Row(145, {50, 165, 235}, {"Les Hanois", "33", "9"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "_,Height,Depth;Varne,12.5,3;Casquets,117,14;Les Hanois,33,9");
}

TEST(TableFinderTest, LeadersLeadToTheNextColumn) {
  TestPage page;
  page.Row(100, {50, 235, 285}, {"Varne . . . . . . . . . . .", "12.5", "3,1"});
  page.Row(115, {50, 235, 285}, {"Casquets . . . . . . . . .", "117", "14"});
  page.Row(130, {50, 235, 285}, {"Hanois . . . . . . . . . . ", "33", "9"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "Varne,12.5,3,1;Casquets,117,14;Hanois,33,9");
}

TEST(TableFinderTest, RulesAboveAndBelowBoundATable) {
  TestPage page;
  page.Across(90, 50, 300).Across(106, 50, 300).Across(150, 50, 300);
  page.Row(102, {50, 165, 235}, {"Tower", "Keeper", "Lamp"});
  page.Row(118, {50, 165, 235}, {"Varne", "Anna", "oil"});
  page.Row(131, {50, 165, 235}, {"Casquets", "Ben", "gas"});
  page.Row(144, {50, 165, 235}, {"Hanois", "Cleo", "oil"});
  const PageTables found = page.Tables();
  EXPECT_EQ(
      RenderAll(found),
      "Tower,Keeper,Lamp;Varne,Anna,oil;Casquets,Ben,gas;Hanois,Cleo,oil");
}

TEST(TableFinderTest, WrappedLabelsJoinTheirRow) {
  TestPage page;
  page.Row(100, {200, 260}, {"2001", "2002"});
  page.Row(114, {50, 200, 260}, {"Oil", "12", "13"});
  page.Row(128, {50}, {"Gas and other"});
  page.Row(140, {54, 200, 260}, {"fuels", "14", "15"});
  page.Row(154, {50, 200, 260}, {"Wind", "1", "2"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "_,2001,2002;Oil,12,13;Gas and other fuels,14,15;Wind,1,2");
}

TEST(TableFinderTest, AHeadReachesOverTheColumnsItIsCentredOn) {
  TestPage page;
  page.Text(219, 86, "Men").Text(339, 86, "Women");
  page.Row(100, {150, 200, 250, 300, 350, 400},
           {"Low", "Mid", "High", "Low", "Mid", "High"});
  // Without a rule: centred on all six.
  page.Text(244, 72, "Share of all wages");
  for (int i = 0; i < 4; ++i) {
    page.Row(114 + 14 * static_cast<float>(i),
             {50, 150, 200, 250, 300, 350, 400},
             {"Place" + std::to_string(i), "1.5", "2.5", "3.5", "4", "5", "6"});
  }
  page.Across(89, 148, 275).Across(89, 298, 425);
  const std::string head =
      "_,Share of all wages{1x6};_,Men{1x3},Women{1x3};"
      "_,Low,Mid,High,Low,Mid,High;";
  EXPECT_EQ(RenderAll(page.Tables()).substr(0, head.size()), head);
}

TEST(TableFinderTest, RowsWithoutLinesBetweenThemAreRowsInARuledGridToo) {
  TestPage page;
  page.Grid({50, 190, 250, 310}, {100, 120, 186});
  page.Row(115, {55, 195, 255}, {"Crime", "2001", "2002"});
  page.Row(133, {55, 195, 255}, {"Theft", "12", "13"});
  page.Row(145, {55}, {"Murder and other"});
  page.Row(157, {55, 195, 255}, {"violent crime", "14", "15"});
  page.Row(169, {55, 195, 255}, {"Fraud", "1", "2"});
  EXPECT_EQ(RenderAll(page.Tables()),
            "Crime,2001,2002;Theft,12,13;Murder and other violent crime,14,15;"
            "Fraud,1,2");
}

TEST(TableFinderTest, ProseInTwoColumnsIsNoTable) {
  TestPage page;
  for (float y = 100; y < 400; y += 12) {
    page.Text(50, y, "words of the left column that run on and");
    page.Text(300, y, "words of the right column that run on so");
  }
  EXPECT_EQ(page.Tables().tables.size(), 0U);
}

TEST(TableFinderTest, ATableOfContentsIsNoTable) {
  TestPage page;
  const char* const titles[] = {"Scope", "Method", "Results", "Talk", "End"};
  int number = 3;
  float y = 100;
  for (const char* title : titles) {
    page.Text(50, y, std::string(title) + " . . . . . . . . . . . .");
    page.Text(300, y, std::to_string(number));
    number += 4;
    y += 14;
  }
  EXPECT_EQ(page.Tables().tables.size(), 0U);
}

TEST(TableFinderTest, TheScalesOfAChartAreNoTable) {
  TestPage page;
  for (int i = 0; i < 8; ++i) {
    const float y = 100 + 20 * static_cast<float>(i);
    page.Text(50, y, std::to_string(400 - 50 * i));
    page.Text(300, y, std::to_string(80 - 10 * i));
  }
  EXPECT_EQ(page.Tables().tables.size(), 0U);
}

TEST(TableFinderTest, NumberedEntriesAreNoTable) {
  TestPage page;
  for (int i = 1; i < 7; ++i) {
    const float y = 100 + 14 * static_cast<float>(i);
    page.Text(50, y, std::to_string(i) + ".");
    page.Text(80, y, "entry with some words");
  }
  EXPECT_EQ(page.Tables().tables.size(), 0U);
}

TEST(TableFinderTest, TheFirstColumnOfArabicTablesIsTheRightmost) {
  TestPage page;
  page.Grid({50, 150, 250, 350}, {100, 120, 140, 160});
  for (int row = 0; row < 3; ++row) {
    const float y = 115 + 20 * static_cast<float>(row);
    for (const float left : {60.0F, 160.0F, 260.0F}) {
      page.Text(left, y, "abc", true);
    }
  }
  const PageTables found = page.Tables();
  ASSERT_EQ(found.tables.size(), 1U);
  ASSERT_EQ(found.tables[0].cells.size(), 9U);
  for (const PageCell& cell : found.tables[0].cells) {
    EXPECT_NEAR(cell.box.left, 260 - 100 * static_cast<float>(cell.column), 1);
  }
}

// Every word of the lines, by its text and place.
std::multiset<std::string> WordsOf(const std::vector<Piece>& pieces) {
  std::multiset<std::string> words;
  for (const Piece& piece : pieces) {
    for (const PieceWord& part : piece.parts) {
      if (part.leader) continue;
      words.insert(piece.text.substr(part.begin, part.end - part.begin));
    }
  }
  return words;
}

void AddWords(const std::string& text, std::multiset<std::string>& words) {
  std::size_t first = 0;
  while (first < text.size()) {
    std::size_t end = text.find(' ', first);
    if (end == std::string::npos) end = text.size();
    if (end > first) words.insert(text.substr(first, end - first));
    first = end + 1;
  }
}

void ExpectSound(const PageTable& table) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> slots;
  std::pair<std::uint32_t, std::uint32_t> last{0, 0};
  for (const PageCell& cell : table.cells) {
    ASSERT_LE(cell.row + cell.row_span, table.rows);
    ASSERT_LE(cell.column + cell.column_span, table.columns);
    const std::pair here{cell.row, cell.column};
    ASSERT_LE(last, here);
    last = here;
    for (std::uint32_t r = 0; r < cell.row_span; ++r) {
      for (std::uint32_t c = 0; c < cell.column_span; ++c) {
        ASSERT_TRUE(slots.emplace(cell.row + r, cell.column + c).second)
            << "cells overlap";
      }
    }
  }
  ASSERT_LT(table.header_rows, table.rows);
}

TEST(TableFinderTest, WhateverStandsOnAPageCellsDoNotOverlapAndNoWordIsLost) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const auto at = [&](unsigned most) {
    return static_cast<float>(random() % most);
  };
  std::size_t tables = 0;
  for (int round = 0; round < 400; ++round) {
    TestPage page;
    const std::vector<float> lefts = {40, 120 + at(30), 220 + at(20), 330};
    int word = 0;
    for (float y = 60; y < 300; y += 11 + at(8)) {
      for (const float left : lefts) {
        if (random() % 4 == 0) continue;
        std::string text = random() % 3 == 0 ? "w" : "";
        text += std::to_string(word++);
        if (random() % 5 == 0) text += " and more";
        page.Text(left + at(12), y, text);
      }
      if (random() % 3 == 0) page.Across(y + 3, 40 - at(9), 400 + at(9));
      if (random() % 6 == 0) page.Across(y + 3, 40 + at(200), 300 + at(90));
    }
    for (unsigned i = random() % 5; i > 0; --i) {
      page.Down(30 + at(380), 40 + at(90), 150 + at(160));
    }
    std::vector<Piece> pieces;
    for (const Line& line : page.Lines()) {
      pieces.insert(pieces.end(), line.pieces.begin(), line.pieces.end());
    }
    const PageTables found = page.Tables();
    if (found.tables.empty()) continue;
    tables += found.tables.size();
    std::multiset<std::string> words = WordsOf(found.rest);
    for (const PageTable& table : found.tables) {
      ExpectSound(table);
      for (const PageCell& cell : table.cells) {
        for (const std::string& line : cell.lines) AddWords(line, words);
      }
    }
    ASSERT_EQ(words, WordsOf(pieces));
  }
  EXPECT_GT(tables, 20U);
}

TEST(TableTextTest, ATableThatRunsOverPagesIsJoinedWithOneHead) {
  TestPage first;
  first.Row(100, {50, 200, 260}, {"Tower", "High", "Deep"});
  TestPage second = first;
  float y = 115;
  for (const char* name : {"Varne", "Casquets", "Hanois"}) {
    first.Row(y, {50, 200, 260}, {name, "12", "13"});
    second.Row(y, {50, 200, 260}, {std::string(name) + "II", "7", "8"});
    y += 15;
  }
  PageTables a = first.Tables();
  const PageTables b = second.Tables();
  ASSERT_EQ(a.tables.size(), 1U);
  ASSERT_EQ(b.tables.size(), 1U);
  EXPECT_TRUE(JoinTables(a.tables[0], b.tables[0]));
  EXPECT_EQ(Render(a.tables[0]),
            "Tower,High,Deep;Varne,12,13;Casquets,12,13;Hanois,12,13;"
            "VarneII,7,8;CasquetsII,7,8;HanoisII,7,8");
}

TEST(TableTextTest, CaptionsSayThatTheyAreCaptions) {
  EXPECT_TRUE(IsCaptionText("Table 3: Towers"));
  EXPECT_TRUE(IsCaptionText("Tab. 2.1 Towers"));
  EXPECT_TRUE(IsCaptionText("Table A-1. Towers"));
  EXPECT_TRUE(IsCaptionText("TABLE IV"));
  EXPECT_FALSE(IsCaptionText("Table of contents"));
  EXPECT_FALSE(IsCaptionText("Tables are fine"));
}

}  // namespace
}  // namespace cairn::pdf
