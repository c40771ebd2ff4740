// Tables from words and rulings alone, without a PDF.
#include "documents/formats/pdf/table_finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/pdf/rulings.h"
#include "documents/formats/pdf/table_text.h"

namespace cairn::pdf {
namespace {

constexpr float kSize = 10;

// A piece of words that are half as wide as high.
Piece PieceAt(float left, float baseline, const std::string& text) {
  Piece piece;
  piece.text = text;
  piece.baseline = baseline;
  piece.size = kSize;
  float x = left;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    PieceWord word;
    word.left = x;
    word.right = x + 0.5F * kSize * static_cast<float>(end - begin);
    word.begin = static_cast<std::uint32_t>(begin);
    word.end = static_cast<std::uint32_t>(end);
    x = word.right + 0.25F * kSize;
    piece.parts.push_back(word);
    piece.signs += word.end - word.begin;
    ++piece.words;
    begin = end + 1;
  }
  for (const char sign : text) {
    piece.letters += IsLetter(static_cast<unsigned char>(sign)) ? 1 : 0;
  }
  piece.box = {left, baseline - 0.8F * kSize, piece.parts.back().right,
               baseline + 0.2F * kSize};
  return piece;
}

Line LineOf(std::vector<Piece> pieces) {
  Line line;
  line.box = pieces.front().box;
  for (const Piece& piece : pieces) line.box.Include(piece.box);
  line.baseline = pieces.front().baseline;
  line.size = kSize;
  line.page = 1;
  line.main = line.upright = true;
  line.page_height = 842;
  line.pieces = std::move(pieces);
  return line;
}

// Words of a line by line and piece: one multiset for what goes in and out.
void AddWords(const std::string& text, std::multiset<std::string>& words) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.insert(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

std::multiset<std::string> WordsOf(const std::vector<Line>& lines) {
  std::multiset<std::string> words;
  for (const Line& line : lines) {
    for (const Piece& piece : line.pieces) AddWords(piece.text, words);
  }
  return words;
}

std::multiset<std::string> WordsOf(const PageTables& tables) {
  std::multiset<std::string> words;
  for (const Piece& piece : tables.rest) {
    if (piece.table < 0) AddWords(piece.text, words);
  }
  for (const PageTable& table : tables.tables) {
    for (const PageCell& cell : table.cells) {
      for (const std::string& line : cell.lines) AddWords(line, words);
    }
  }
  return words;
}

// Cells lie in the table and none on another; rows come in order.
void ExpectSound(const PageTable& table) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
  std::pair<std::uint32_t, std::uint32_t> last{0, 0};
  for (const PageCell& cell : table.cells) {
    const std::pair<std::uint32_t, std::uint32_t> place{cell.row, cell.column};
    ASSERT_LE(last, place);
    last = place;
    ASSERT_FALSE(cell.lines.empty());
    ASSERT_GE(cell.row_span, 1U);
    ASSERT_GE(cell.column_span, 1U);
    ASSERT_LE(cell.row + cell.row_span, table.rows);
    ASSERT_LE(cell.column + cell.column_span, table.columns);
    for (std::uint32_t row = 0; row < cell.row_span; ++row) {
      for (std::uint32_t column = 0; column < cell.column_span; ++column) {
        ASSERT_TRUE(taken.emplace(cell.row + row, cell.column + column).second)
            << "two cells at " << cell.row + row << ", "
            << cell.column + column;
      }
    }
  }
  ASSERT_LT(table.header_rows, table.rows);
}

std::string CellAt(const PageTable& table, std::size_t row,
                   std::size_t column) {
  for (const PageCell& cell : table.cells) {
    if (cell.row == row && cell.column == column) return CellText(cell);
  }
  return "";
}

// A made table: its texts are known, so they are the oracle.
struct MadeTable {
  std::vector<std::vector<std::string>> texts;
  std::vector<Line> lines;
  std::vector<Ruling> rulings;
};

MadeTable MakeRuled(std::mt19937& random) {
  MadeTable made;
  const std::size_t rows = 2 + random() % 9;
  const std::size_t columns = 2 + random() % 6;
  std::vector<float> xs = {50};
  for (std::size_t i = 0; i < columns; ++i) {
    xs.push_back(xs.back() + 50 + static_cast<float>(random() % 30));
  }
  std::vector<float> ys = {100};
  for (std::size_t i = 0; i < rows; ++i) {
    ys.push_back(ys.back() + 16 + static_cast<float>(random() % 10));
  }
  for (const float x : xs) {
    made.rulings.push_back({false, x, ys.front(), ys.back(), false});
  }
  for (const float y : ys) {
    made.rulings.push_back({true, y, xs.front(), xs.back(), false});
  }
  for (std::size_t row = 0; row < rows; ++row) {
    made.texts.emplace_back();
    std::vector<Piece> pieces;
    for (std::size_t column = 0; column < columns; ++column) {
      std::string text = row == 0 || column == 0
                             ? "n" + std::to_string(random() % 1000) + "m"
                             : std::to_string(random() % 100000);
      pieces.push_back(PieceAt(xs[column] + 5, ys[row + 1] - 5, text));
      made.texts.back().push_back(std::move(text));
    }
    made.lines.push_back(LineOf(std::move(pieces)));
  }
  return made;
}

TEST(TableFinderPropertyTest, FullyRuledTablesComeOutAsTheyWereDrawn) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const MadeTable made = MakeRuled(random);
    const PageTables found = FindTables(made.lines, made.rulings);
    ASSERT_EQ(found.tables.size(), 1U);
    const PageTable& table = found.tables[0];
    ASSERT_NO_FATAL_FAILURE(ExpectSound(table));
    ASSERT_EQ(table.rows, made.texts.size());
    ASSERT_EQ(table.columns, made.texts[0].size());
    for (std::size_t row = 0; row < table.rows; ++row) {
      for (std::size_t column = 0; column < table.columns; ++column) {
        ASSERT_EQ(CellAt(table, row, column), made.texts[row][column]);
      }
    }
  }
}

TEST(TableFinderPropertyTest, WhateverStandsOnThePageEveryWordComesOutOnce) {
  std::size_t tables = 0;
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto place = [&](unsigned to) {
      return static_cast<float>(random() % to);
    };
    std::vector<Line> lines;
    unsigned word = 0;
    for (unsigned i = 0, count = 1 + random() % 40; i < count; ++i) {
      std::vector<Piece> pieces;
      float left = 40 + place(80);
      while (left < 500) {
        std::string text;
        for (unsigned k = 0, words = 1 + random() % 3; k < words; ++k) {
          if (k > 0) text += ' ';
          text += (random() % 2 == 0 ? "" : "w") + std::to_string(++word);
        }
        pieces.push_back(PieceAt(left, 60 + 14 * static_cast<float>(i), text));
        left = pieces.back().box.right + 12 + place(120);
      }
      if (!pieces.empty()) lines.push_back(LineOf(std::move(pieces)));
    }
    std::vector<Ruling> rulings;
    for (unsigned i = random() % 30; i > 0; --i) {
      const float from = 40 + 20 * place(20);
      rulings.push_back({random() % 2 == 0, 40 + 20 * place(26), from,
                         from + 20 * (1 + place(20)), random() % 4 == 0});
    }
    const PageTables found = FindTables(lines, MergeRulings(rulings));
    tables += found.tables.size();
    if (found.tables.empty()) continue;
    for (const PageTable& table : found.tables) {
      ASSERT_NO_FATAL_FAILURE(ExpectSound(table));
    }
    ASSERT_EQ(WordsOf(found), WordsOf(lines));
    std::string text;
    for (const PageTable& table : found.tables) WriteTable(table, text);
  }
  EXPECT_GT(tables, 50U);  // Else the test says nothing.
}

TEST(TableFinderPropertyTest, RulesAboveAndBelowLetWhiteSpacePartTheColumns) {
  std::vector<Line> lines;
  const std::vector<std::vector<std::string>> texts = {
      {"Town", "People", "Area"},
      {"Aarau", "21000", "12"},
      {"Baden", "19000", "13"},
      {"Chur", "35000", "28"}};
  for (std::size_t row = 0; row < texts.size(); ++row) {
    const float baseline = 114 + 14 * static_cast<float>(row);
    lines.push_back(LineOf({PieceAt(60, baseline, texts[row][0]),
                            PieceAt(200, baseline, texts[row][1]),
                            PieceAt(320, baseline, texts[row][2])}));
  }
  const std::vector<Ruling> rulings = {{true, 100, 55, 400, false},
                                       {true, 118, 55, 400, false},
                                       {true, 162, 55, 400, false}};
  const PageTables found = FindTables(lines, rulings);
  ASSERT_EQ(found.tables.size(), 1U);
  const PageTable& table = found.tables[0];
  ASSERT_EQ(table.rows, 4U);
  ASSERT_EQ(table.columns, 3U);
  EXPECT_EQ(table.header_rows, 1U);
  EXPECT_EQ(CellAt(table, 3, 1), "35000");
}

TEST(TableFinderPropertyTest, MoreRulingsThanAPageMayHaveAreLeftAside) {
  std::vector<Ruling> rulings;
  for (int i = 0; i < 4000; ++i) {
    const float at = 10 + 0.2F * static_cast<float>(i);
    rulings.push_back({true, at, 10, 800, false});
    rulings.push_back({false, at, 10, 800, false});
  }
  const std::vector<Line> lines = {LineOf({PieceAt(60, 100, "one 2")})};
  EXPECT_TRUE(FindTables(lines, rulings).tables.empty());
}

PageTable TwoColumns(
    const std::vector<std::pair<std::string, std::string>>& rows) {
  PageTable table;
  table.columns = 2;
  table.header_rows = 1;
  table.xs = {50, 150, 250};
  for (const auto& [first, second] : rows) {
    for (std::uint32_t column = 0; column < 2; ++column) {
      PageCell cell;
      cell.row = table.rows;
      cell.column = column;
      cell.lines = {column == 0 ? first : second};
      table.cells.push_back(std::move(cell));
    }
    ++table.rows;
  }
  return table;
}

TEST(JoinTablesTest, ARepeatedHeadIsKeptOnce) {
  PageTable table = TwoColumns({{"Name", "Sum"}, {"a", "1"}});
  ASSERT_TRUE(JoinTables(table, TwoColumns({{"Name", "Sum"}, {"b", "2"}})));
  EXPECT_EQ(table.rows, 3U);
  EXPECT_EQ(CellAt(table, 2, 0), "b");
  ASSERT_NO_FATAL_FAILURE(ExpectSound(table));
}

TEST(JoinTablesTest, AnotherHeadBeginsAnotherTable) {
  PageTable table = TwoColumns({{"Name", "Sum"}, {"a", "1"}});
  EXPECT_FALSE(JoinTables(table, TwoColumns({{"Town", "Area"}, {"b", "2"}})));
  EXPECT_EQ(table.rows, 2U);
}

TEST(JoinTablesTest, OtherColumnsBeginAnotherTable) {
  PageTable table = TwoColumns({{"Name", "Sum"}, {"a", "1"}});
  PageTable next = TwoColumns({{"Name", "Sum"}, {"b", "2"}});
  next.xs[1] = 200;
  EXPECT_FALSE(JoinTables(table, next));
}

TEST(CaptionTest, OnlyNumberedLabelsAreCaptions) {
  for (const char* text :
       {"Table 3: Heights", "Tab. 2 Sums", "Figure 1.4", "TABLE IV. Results"}) {
    EXPECT_TRUE(IsCaptionText(text)) << text;
  }
  for (const char* text :
       {"Table", "Tables of values follow", "The Table 3 shows", "", "Fig."}) {
    EXPECT_FALSE(IsCaptionText(text)) << text;
  }
}

}  // namespace
}  // namespace cairn::pdf
