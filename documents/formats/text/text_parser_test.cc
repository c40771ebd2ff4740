#include "documents/formats/text/text_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Text(std::string_view bytes) {
  return ParseOk(bytes, "text/plain");
}

TEST(TextParser, KeepsTheTextByteForByte) {
  const std::string text = "  One.\n\n\tTwo  \n\n\n- three\n";
  EXPECT_EQ(Text(text).text, text);
}

TEST(TextParser, GivesOneParagraphForAnArticle) {
  const ParsedDocument document =
      Text("Terence D. Robinson was a wrestler. He competed for England.");
  ASSERT_EQ(document.blocks.size(), 1U);
  EXPECT_EQ(document.blocks[0].type, BlockType::kParagraph);
  EXPECT_EQ(document.blocks[0].span.size(), document.text.size());
  EXPECT_EQ(document.title, "");
  EXPECT_EQ(document.pages, 0U);
}

TEST(TextParser, CutsParagraphsAtEmptyLines) {
  EXPECT_EQ(Outline(Text("a\nb\n \nc")), "paragraph a b|paragraph c");
}

TEST(TextParser, ReadsUnderlinedHeadings) {
  const ParsedDocument document =
      Text("The Title\n=========\nText.\n\nPart\n----\n\nMore.");
  EXPECT_EQ(Outline(document),
            "heading1 The Title|paragraph Text.|heading2 Part|paragraph More.");
  EXPECT_EQ(document.title, "The Title");
  EXPECT_EQ(SectionPath(document, 3),
            (std::vector<std::string>{"The Title", "Part"}));
}

TEST(TextParser, ReadsNumberedAndCapitalHeadings) {
  EXPECT_EQ(Outline(Text("1 Introduction\n\nText.\n\n1.2 The method\n\nMore.\n"
                         "\nRESULTS AND DISCUSSION\n\nEnd.")),
            "heading1 1 Introduction|paragraph Text.|heading2 1.2 The method|"
            "paragraph More.|heading2 RESULTS AND DISCUSSION|paragraph End.");
}

TEST(TextParser, TakesNoSentenceForAHeading) {
  EXPECT_EQ(Outline(Text("1999 was good.\n\nIBM\n\n3 eggs are enough\n\nYes.")),
            "paragraph 1999 was good.|paragraph IBM|paragraph 3 eggs are "
            "enough|paragraph Yes.");
}

TEST(TextParser, ReadsLists) {
  EXPECT_EQ(Outline(Text("Buy:\n- milk\n  and cream\n  - cold\n- eggs")),
            "paragraph Buy:|list_item1 - milk   and cream|list_item2 - cold|"
            "list_item1 - eggs");
  EXPECT_EQ(Outline(Text("1. Milk\n\n2. Eggs\n\nDone.")),
            "list_item1 1. Milk|list_item1 2. Eggs|paragraph Done.");
  EXPECT_EQ(Outline(Text("5. of May it rained all day long.")),
            "paragraph 5. of May it rained all day long.");
}

TEST(TextParser, CountsPagesAtFormFeeds) {
  const ParsedDocument document = Text("one\n\ftwo\n\fthree\n\f");
  EXPECT_EQ(document.pages, 3U);
  ASSERT_EQ(document.blocks.size(), 3U);
  EXPECT_EQ(document.blocks[0].page, 1U);
  EXPECT_EQ(document.blocks[2].page, 3U);
}

TEST(TextParser, RefusesTooManyBlocks) {
  Limits limits;
  limits.blocks_max = 2;
  EXPECT_EQ(ParseReason("a\n\nb\n\nc", "text/plain", {}, limits),
            "TOO_MANY_BLOCKS");
}

}  // namespace
}  // namespace cairn
