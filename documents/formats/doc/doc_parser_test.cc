#include "documents/formats/doc/doc_parser.h"

#include <gtest/gtest.h>

#include <map>

#include "documents/formats/doc/doc_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Parse(const DocMaker& doc) { return ParseOk(doc.Make(), ""); }

TEST(Doc, HeadingsComeFromStylesAndOutlineLevels) {
  DocMaker doc;
  doc.styles = {{.number = 0}, {.number = 2}, {.number = 0xffe, .based_on = 1}};
  doc.Add("Chapter", {.style = 1});
  doc.Add("Inherited", {.style = 2});
  doc.Add("By level", {.changes = Sprms({{0x2640, "\2"}})});
  doc.Add("Text.");
  EXPECT_EQ(Outline(Parse(doc)),
            "heading2 Chapter|heading2 Inherited|heading3 By level|"
            "paragraph Text.");
}

TEST(Doc, PiecesOfOneAndTwoBytesACharacterAreOneText) {
  DocMaker doc;
  doc.Add(
      "Gr\xf6\xdf"
      "e");
  doc.Add("abc");
  doc.wide = true;
  const ParsedDocument wide = Parse(doc);
  doc.wide = false;
  EXPECT_EQ(Outline(wide), "paragraph Größe|paragraph abc");
  EXPECT_EQ(Outline(Parse(doc)), Outline(wide));
}

TEST(Doc, ListsShowTheirNumbers) {
  DocMaker doc;
  doc.parts = ListParts();
  const auto item = [](int list, int level) {
    return Sprms({{0x460b, std::string(1, static_cast<char>(list)) + '\0'},
                  {0x260a, std::string(1, static_cast<char>(level))}});
  };
  doc.Add("first", {.changes = item(1, 0)});
  doc.Add("inner", {.changes = item(1, 1)});
  doc.Add("second", {.changes = item(1, 0)});
  doc.Add("other", {.changes = item(2, 0)});
  EXPECT_EQ(Outline(Parse(doc)),
            "list_item1 1. first|list_item2 1.a) inner|list_item1 2. second|"
            "list_item1 7. other");
}

TEST(Doc, CellsAndRowsBecomeTables) {
  const std::string in_table = Sprms({{0x2416, "\1"}});
  DocMaker doc;
  doc.Add("Before.");
  const auto row = [&](const std::vector<std::string>& cells,
                       const std::vector<int>& edges,
                       const std::vector<unsigned>& flags) {
    for (const std::string& cell : cells) {
      doc.Add(cell, {.changes = in_table, .mark = '\x07'});
    }
    doc.Add("", {.changes = in_table + Sprms({{0x2417, "\1"}}) +
                            CellsSprm(edges, flags),
                 .mark = '\x07'});
  };
  row({"wide"}, {-108, 4000}, {0});
  row({"tall", "a"}, {-108, 2000, 4000}, {0x60, 0});
  row({"", "b"}, {-108, 2000, 4000}, {0x20, 0});
  doc.Add("After.");
  const ParsedDocument document = Parse(doc);
  EXPECT_EQ(Outline(document),
            "paragraph Before.|table wide tall | a  | b|paragraph After.");
  EXPECT_EQ(CellsOf(document), "wide;tall,a;b");
  EXPECT_EQ(document.tables[0].cells[0].column_span, 2U);
  EXPECT_EQ(document.tables[0].cells[1].row_span, 2U);
}

TEST(Doc, FieldsShowTheirResult) {
  DocMaker doc;
  doc.Add(
      "See \x13 HYPERLINK \"http://x.org\" \x14the \x13 PAGE \x14"
      "7\x15 "
      "page\x15 or \x13 XE \"index\"\x15nothing");
  EXPECT_EQ(Parse(doc).text, "See the 7 page or nothing");
}

TEST(Doc, DeletedAndHiddenTextIsLeftOutWithAWarning) {
  DocMaker doc;
  doc.Add("It is new", {.runs = {{6, ""}, {9, ""}}});
  doc.Add("old", {.runs = {{3, Sprms({{0x0800, "\1"}})}}});
  doc.Add("secret", {.runs = {{6, Sprms({{0x083c, "\1"}})}}});
  doc.Add("106", {.runs = {{2, ""}, {3, Sprms({{0x2a48, "\1"}})}}});
  const ParsedDocument document = Parse(doc);
  EXPECT_EQ(Outline(document), "paragraph It is new|paragraph 10⁶");
  ASSERT_EQ(document.warnings.size(), 2U);
  EXPECT_EQ(document.warnings[0], "1 tracked deletions were left out");
  EXPECT_EQ(document.warnings[1], "1 pieces of hidden text were left out");
}

TEST(Doc, NotesFollowTheirParagraphAndHeadersComeFirst) {
  DocMaker doc;
  doc.Add("Claim\x02");
  doc.Add("Next.");
  doc.Footnote("\x02 Proof.\r");
  // Six stories of separators, then headers and footers of a section.
  doc.Stories({"", "", "", "", "", "", "", "The head\r", "",
               "Page \x13 PAGE \x14"
               "3\x15\r",
               "", ""});
  // A note refers to the sixth character.
  doc.parts[2] = Words32({5, doc.body_size()}) + std::string(2, '\0');
  EXPECT_EQ(Outline(Parse(doc)),
            "paragraph Page header: The head|paragraph Claim|paragraph "
            "Footnote 1: Proof.|paragraph Next.");
}

TEST(Doc, WhatIsLockedOrTooOldIsRefused) {
  DocMaker doc;
  doc.Add("x");
  doc.flags = 0x100;
  EXPECT_EQ(ParseReason(doc.Make(), ""), "ENCRYPTED_PACKAGE");
  doc.flags = 0;
  doc.version = 45;
  EXPECT_EQ(ParseReason(doc.Make(), ""), "UNSUPPORTED_VERSION");
  EXPECT_EQ(ParseReason(MakeCompoundFile({{"WordDocument", "x"}}), ""),
            "DAMAGED_OLE_FILE");
}

TEST(Doc, OfWord95TheTextIsRead) {
  std::string stream = Words16({0xa5dc, 104, 0, 0x419, 0, 0});
  stream.resize(24);
  stream += Words32({0x200});
  stream.resize(52);
  stream += Words32({8});
  stream.resize(0x200);
  stream += "\xcc\xe8\xf0\rabc\r";
  const ParsedDocument document =
      ParseOk(MakeCompoundFile({{"WordDocument", stream}}), "");
  EXPECT_EQ(Outline(document), "paragraph Мир|paragraph abc");
  ASSERT_EQ(document.warnings.size(), 1U);
}

TEST(Doc, CutOffFilesGiveWhatIsLeft) {
  DocMaker doc;
  for (int i = 0; i < 50; ++i) doc.Add("A line of text.");
  doc.claimed = 100'000;
  const ParsedDocument document = Parse(doc);
  EXPECT_EQ(document.text.substr(0, 15), "A line of text.");
  ASSERT_FALSE(document.warnings.empty());
  EXPECT_NE(document.warnings[0].find("damaged"), std::string::npos);
}

}  // namespace
}  // namespace cairn
