#include "tables/scale_around.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tables/table_grid.h"

namespace cairn {
namespace {

// Blocks, then a table of one row, whose block is the last.
ParsedDocument DocumentOf(
    const std::vector<std::pair<BlockType, std::string>>& blocks) {
  ParsedDocument document;
  const auto add = [&](BlockType type, const std::string& text) {
    if (!document.text.empty()) document.text += "\n\n";
    Block block;
    block.type = type;
    block.span.begin = static_cast<std::uint32_t>(document.text.size());
    document.text += text;
    block.span.end = static_cast<std::uint32_t>(document.text.size());
    document.blocks.push_back(block);
  };
  for (const auto& [type, text] : blocks) add(type, text);
  add(BlockType::kTable, "Cash | 12");
  document.blocks.back().table = 0;
  const auto begin = document.blocks.back().span.begin;
  Table table;
  table.block = static_cast<std::uint32_t>(document.blocks.size() - 1);
  table.rows = 1;
  table.columns = 2;
  table.cells.push_back({.row = 0, .column = 0, .span = {begin, begin + 4}});
  table.cells.push_back(
      {.row = 0, .column = 1, .span = {begin + 7, begin + 9}});
  document.tables.push_back(table);
  return document;
}

double After(const std::string& text) {
  const ParsedDocument document = DocumentOf({{BlockType::kParagraph, text}});
  return ScaleAround(document, document.tables[0]);
}

TEST(ScaleAround, ReadsWhatReportsWriteAboveTables) {
  EXPECT_EQ(After("Assets consisted of the following (in thousands):"), 1e3);
  EXPECT_EQ(After("NOTES (tabular amounts in millions, unless disclosed)"),
            1e6);
  EXPECT_EQ(After("Net sales by region (dollars in thousands) were:"), 1e3);
  EXPECT_EQ(After("( in U.S. dollar millions )"), 1e6);
  EXPECT_EQ(After("(in '000s)"), 1e3);
  EXPECT_EQ(After("In thousands of Canadian dollars"), 1e3);
}

TEST(ScaleAround, TakesNoNumberOfProseForOne) {
  EXPECT_EQ(After("Sales rose by 3 million (in 2019 alone) in thousands of "
                  "shops."),
            1);
  EXPECT_EQ(After("It grew (in contrast to a loss of 5 million)."), 1);
  EXPECT_EQ(After("The plan (in which thousands took part) ended."), 1);
  EXPECT_EQ(After(""), 1);
}

TEST(ScaleAround, TheNearestStatementCounts) {
  const ParsedDocument document = DocumentOf(
      {{BlockType::kParagraph, "Notes (in billions)"},
       {BlockType::kParagraph, "First (in millions), then (in thousands):"},
       {BlockType::kParagraph, "Cash, of all kinds."}});
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1e3);
}

TEST(ScaleAround, WhatIsSaidOfAnotherTableOrSectionDoesNotCount) {
  ParsedDocument document = DocumentOf(
      {{BlockType::kParagraph, "Revenue (in thousands):"},
       {BlockType::kTable, "Ferries | 184"},
       {BlockType::kParagraph, "Employees at the end of the year:"}});
  document.blocks[1].table = 1;
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1);
  document.blocks[1] = Block();
  document.blocks[1].type = BlockType::kHeading;
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1);
  document.blocks[1].type = BlockType::kParagraph;
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1e3);
}

TEST(ScaleAround, HeadingsFarAboveCount) {
  std::vector<std::pair<BlockType, std::string>> blocks = {
      {BlockType::kHeading, "Notes (in millions)"}};
  for (std::size_t i = 0; i < kScaleBlocksMax; ++i) {
    blocks.emplace_back(BlockType::kParagraph, "Text.");
  }
  ParsedDocument document = DocumentOf(blocks);
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1);
  document.blocks.back().heading = 0;
  EXPECT_EQ(ScaleAround(document, document.tables[0]), 1e6);
}

TEST(ScaleAround, BecomesTheScaleOfTheCells) {
  const ParsedDocument document =
      DocumentOf({{BlockType::kParagraph, "As follows (in thousands):"}});
  const auto grid = MakeGrid(document, 0);
  ASSERT_TRUE(grid.ok()) << grid.status();
  ASSERT_EQ(grid->rows.size(), 1U);
  EXPECT_EQ(grid->rows[0].slots[1].value.number, 12'000);
}

}  // namespace
}  // namespace cairn
