#include "documents/formats/doc/doc_parser.h"

#include <gtest/gtest.h>

#include <map>

#include "documents/formats/doc/doc_for_test.h"
#include "documents/formats/figures/picture_for_test.h"
#include "documents/formats/office97/blips_for_test.h"
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

// A picture within the text, six inches wide; `kind` 100: a shape.
std::string InData(const std::string& records, unsigned kind = 100,
                   unsigned inches = 6) {
  std::string head = Words16({68, kind});
  head.resize(24);
  head += Words16({inches * 1440, inches * 1440, 1000, 1000});
  head.resize(64);
  return Words32(
             {static_cast<std::uint32_t>(head.size() + records.size() + 4)}) +
         head + records;
}

// The sign of a picture at this place of the stream Data.
std::string At(std::uint32_t place, const std::string& more = "") {
  return Sprms({{0x0855, "\1"}, {0x6a03, Words32({place})}}) + more;
}

// A shape on the page, `inches` wide.
std::string Anchored(std::uint32_t place, std::uint32_t shape,
                     std::uint32_t inches) {
  const std::uint32_t side = 1'440 * inches;
  std::string out =
      Words32({place, place + 1, shape, 100, 100, 100 + side, 100 + side});
  out.resize(8 + 26);
  return out;
}

std::string Drawings(const std::string& entries, const std::string& shapes) {
  return ArtGroupOf(entries) + '\1' + ArtDrawing(ArtShape(77, 1, "In a head")) +
         '\0' + ArtDrawing(shapes);
}

StatusOr<ParsedDocument> Counted(const DocMaker& doc) {
  return DocParser().Parse({.bytes = doc.Make()}, Limits());
}

TEST(Doc, PicturesWithinTheTextFollowTheirParagraph) {
  PreparePictureTests();
  SKIP_WITHOUT_OCR();
  DocMaker doc;
  doc.data =
      "x" +
      InData(ArtShape(5, 1, "A page") +
             ArtEntry(ArtBlip(kArtBitmap, WithoutBitmapHead(TowersBitmap()))));
  doc.Add("Before \1 it.", {.runs = {{7, ""}, {8, At(1)}}});
  doc.Add("After.");
  const ParsedDocument document = Parse(doc);
  EXPECT_EQ(document.format, "doc");
  EXPECT_EQ(CellsOf(document), kTowers);
  const std::string outline = Outline(document);
  EXPECT_TRUE(
      outline.starts_with("paragraph Before it.|figure A page|figure "
                          "Lighthouses of the coast|"))
      << outline;
  EXPECT_TRUE(outline.ends_with("|paragraph After.")) << outline;
}

TEST(Doc, PicturesBesideTheTextFollowTheirAnchor) {
  DocMaker doc;
  doc.between = ArtBlip(kArtPng, PngHead(400, 300));
  doc.parts[50] = Drawings(
      ArtEntry("", DocMaker::kBetweenAt) + ArtEntry(ArtBlip(kArtEmf, "x")),
      ArtShape(5, 1, "A barn") + ArtShape(6, 2));
  doc.Add("Before.");
  doc.Add("Here.");
  doc.Add("After.");
  doc.parts[40] = Anchored(8, 5, 6);
  const auto document = Counted(doc);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 1U);
  EXPECT_EQ(Outline(*document),
            "paragraph Before.|paragraph Here.|figure A barn|paragraph After.");
  EXPECT_TRUE(document->warnings.empty());
  doc.parts[40] = Anchored(8, 6, 6);
  const auto drawn = Counted(doc);
  ASSERT_EQ(drawn->warnings.size(), 1U);
  EXPECT_EQ(drawn->warnings[0], "1 drawing (WMF, EMF or PICT) was left out");
  doc.parts[40] = Anchored(8, 5, 0);
  EXPECT_EQ(Counted(doc)->unread_pictures, 1U) << "a size that is not told";
}

TEST(Doc, SmallDeletedAndRepeatedPicturesAreNotCounted) {
  DocMaker doc;
  const auto picture = [](unsigned inches, std::uint32_t width) {
    return InData(ArtShape(5, 1) + ArtBlip(kArtPng, PngHead(width, 300)), 100,
                  inches);
  };
  const auto add = [&](const std::string& stored,
                       const std::string& more = "") {
    const auto at = static_cast<std::uint32_t>(doc.data.size());
    doc.data += stored;
    doc.Add("a\1", {.runs = {{1, ""}, {2, At(at, more)}}});
  };
  add(picture(6, 400));
  add(picture(6, 400));  // The same.
  add(picture(6, 30));
  add(picture(0, 500));  // Its size is not told.
  add(picture(6, 600), Sprms({{0x0800, "\1"}}));
  add(picture(6, 700), Sprms({{0x0806, "\1"}}));
  add(picture(6, 800), Sprms({{0x080a, "\1"}}));
  const auto document = Counted(doc);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 2U);
}

TEST(Doc, OfDamagedPicturesAWarningIsLeft) {
  DocMaker doc;
  const std::string stored =
      InData(ArtShape(5, 1) + ArtBlip(kArtPng, PngHead(400, 300)));
  std::string damaged = InData("");
  damaged += InData(ArtShape(5, 9) + ArtBlip(kArtPng, PngHead(400, 300)), 102);
  doc.data = stored + damaged + Words32({0x7fffffff, 68});
  const auto size = static_cast<std::uint32_t>(doc.data.size());
  for (const std::uint32_t place :
       {size - 8, size, 0xffffffffU, static_cast<std::uint32_t>(stored.size()),
        static_cast<std::uint32_t>(stored.size() + 68)}) {
    doc.Add("a\1", {.runs = {{1, ""}, {2, At(place)}}});
  }
  doc.parts[50] = std::string(3, '\xff');
  doc.parts[40] = Anchored(0, 5, 6) + "tail";
  const auto document = Counted(doc);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 0U);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_EQ(document->warnings[0], "5 pictures cannot be read");
}

// Each picture claims the rest of the stream.
TEST(Doc, PicturesThatShareTheirBytesDoNotMultiplyThem) {
  DocMaker doc;
  for (int i = 0; i < 2'000; ++i) doc.data += Words32({0x7fffffff});
  doc.data.resize(4'000'000);
  for (std::uint32_t i = 0; i < 1'000; ++i) {
    doc.Add("a\1", {.runs = {{1, ""}, {2, At(8 * i)}}});
  }
  const auto document = Counted(doc);
  ASSERT_TRUE(document.ok()) << document.status();
  ASSERT_EQ(document->warnings.size(), 2U);
  EXPECT_EQ(document->warnings[1], "999 pictures cannot be read");
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
