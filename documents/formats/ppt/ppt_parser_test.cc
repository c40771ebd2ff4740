#include "documents/formats/ppt/ppt_parser.h"

#include <gtest/gtest.h>

#include <random>

#include "documents/formats/figures/picture_for_test.h"
#include "documents/formats/office97/blips_for_test.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/formats/ppt/ppt_for_test.h"
#include "documents/formats/ppt/table_group.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Parse(const PptMaker& ppt) { return ParseOk(ppt.Make(), ""); }

// By time alone it would fail: each edit names the same long directory.
TEST(Ppt, EditsThatShareADirectoryDoNotMultiplyIt) {
  std::string stream =
      PptAtom(ppt_record::kPersistDirectory, std::string(14'000'000, '\0'));
  std::uint32_t edit = 0;
  for (int i = 0; i < 400'000; ++i) {
    const auto at = static_cast<std::uint32_t>(stream.size());
    stream +=
        PptAtom(ppt_record::kUserEdit,
                PptNumber(0) + PptNumber(0) + PptNumber(edit) + PptNumber(0) +
                    PptNumber(1) + PptNumber(9) + PptNumber(0));
    edit = at;
  }
  EXPECT_EQ(ParseReason(
                MakeCompoundFile({{"Current User", PptMaker::CurrentUser(edit)},
                                  {"PowerPoint Document", stream}}),
                ""),
            "DAMAGED_OLE_FILE");
}

TEST(Ppt, TheTitleLeadsAndTheRestIsReadByPlace) {
  PptMaker ppt;
  ppt.AddSlide(
      PptBox({0, 200, 100, 250}, "below") +
      PptBox({0, 100, 100, 150}, "above") +
      PptShapeOf(PptAnchor({0, 300, 100, 350}), 8, PptTextAtoms(4, "7")) +
      PptTitle("Gr\xf6\xdf"
               "e\x0bof it"));
  const ParsedDocument document = Parse(ppt);
  EXPECT_EQ(Outline(document),
            "heading1 Größe of it|paragraph above|paragraph below");
  EXPECT_EQ(document.pages, 1U);
  EXPECT_EQ(document.blocks[2].page, 1U);
  EXPECT_EQ(document.title, "Größe of it");
}

TEST(Ppt, LevelsAndBulletsMakeListItems) {
  PptMaker ppt;
  ppt.AddSlide(PptShapeOf(PptAnchor({0, 0, 100, 90}), 14,
                          PptTextAtoms(1, "Intro\rone\rinner",
                                       PptRun(6, 0, 0) + PptRun(4, 0, -1) +
                                           PptRun(6, 1, 1))) +
               PptShapeOf(PptAnchor({0, 200, 100, 290}), 0,
                          PptTextAtoms(4, "plain\rpoint",
                                       PptRun(6, 0, -1) + PptRun(6, 0, 1))));
  EXPECT_EQ(Outline(Parse(ppt)),
            "paragraph Intro|list_item1 one|list_item2 inner|paragraph plain|"
            "list_item1 point");
}

TEST(Ppt, PlaceholdersReferToTextsOfTheOutline) {
  const auto holds = [](int top, unsigned placeholder, std::uint32_t index) {
    return PptShapeOf(PptAnchor({0, top, 100, top + 50}), placeholder,
                      PptAtom(ppt_record::kOutlineText, PptNumber(index)));
  };
  PptMaker ppt;
  ppt.AddSlide(holds(0, 13, 0) + holds(100, 14, 1) + holds(200, 14, 9), "",
               PptTextAtoms(0, "Head") + PptTextAtoms(1, "a\rb"));
  ppt.AddSlide(holds(0, 13, 0), "", PptTextAtoms(0, "Next"));
  EXPECT_EQ(Outline(Parse(ppt)),
            "heading1 Head|list_item1 a|list_item1 b|heading1 Next");
}

TEST(Ppt, TheNewestEditCounts) {
  PptMaker ppt;
  ppt.AddSlide(PptTitle("one"));
  ppt.AddSlide(PptTitle("old"));
  ppt.Change(1, PptTitle("newer"));
  ppt.Change(1, PptTitle("newest"));
  EXPECT_EQ(Outline(Parse(ppt)), "heading1 one|heading1 newest");
  ppt.names_edit = false;
  EXPECT_EQ(Outline(Parse(ppt)), "heading1 one|heading1 newest");
}

TEST(Ppt, NotesAndCommentsSayWhatTheyAre) {
  const std::string time("\0\0\0\0\xe5\7\7\0\4\0\1\0\11\0\0\0\0\0\0\0", 20);
  const auto text = [](const char* words, unsigned instance) {
    return PptAtom(ppt_record::kString, Utf16(words), instance);
  };
  PptMaker ppt;
  ppt.AddSlide(
      PptBox({}, "text"),
      PptContainer(
          ppt_record::kTags,
          PptContainer(
              ppt_record::kTag,
              text("___PPT10", 0) +
                  PptAtom(ppt_record::kTagData,
                          PptContainer(
                              ppt_record::kComment,
                              text("Bo", 0) + text("so", 1) + text("B", 2) +
                                  PptAtom(ppt_record::kCommentAtom, time))))));
  ppt.AddNotes(PptBox({}, "a copy") +
               PptShapeOf(PptAnchor({}), 12, PptTextAtoms(2, "say\rit")));
  EXPECT_EQ(Outline(Parse(ppt)),
            "paragraph text|paragraph Notes: say it|"
            "paragraph Comment by Bo, 2021-07-01: so");
}

TEST(Ppt, ATablesShapesBecomeItsCells) {
  const auto cell = [](const PptPlace& place, const char* text) {
    return PptShapeOf(PptChildAnchor(place), 0, PptTextAtoms(4, text));
  };
  PptMaker ppt;
  ppt.AddSlide(PptGroup(PptAnchor({0, 300, 900, 600}), {0, 0, 900, 300},
                        cell({0, 0, 900, 100}, "wide") +
                            cell({0, 101, 300, 300}, "tall") +
                            cell({300, 100, 900, 200}, "a") +
                            cell({300, 200, 900, 300}, "b") +
                            PptContainer(ppt_record::kArtShape,
                                         PptChildAnchor({450, 0, 450, 300})),
                        {{0x39f, 1}}) +
               PptBox({0, 100, 900, 200}, "above"));
  const ParsedDocument document = Parse(ppt);
  EXPECT_EQ(Outline(document), "paragraph above|table wide tall | a  | b");
  EXPECT_EQ(CellsOf(document), "wide;tall,a;b");
  EXPECT_EQ(document.tables[0].cells[0].column_span, 2U);
  EXPECT_EQ(document.tables[0].cells[1].row_span, 2U);
}

// Any table whose cells cover a grid comes back as that grid.
TEST(PptTable, FindsTheGridThatTheCellsWereMadeOf) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto lines = [&](std::size_t count) {
      std::vector<double> out = {100};
      while (out.size() <= count)
        out.push_back(out.back() + 20 + random() % 99);
      return out;
    };
    const std::vector<double> columns = lines(1 + random() % 6);
    const std::vector<double> rows = lines(1 + random() % 6);
    std::vector<PptCell> cells;
    std::string expected;
    // Some neighbours in a row are one cell; each column begins in some row.
    for (std::size_t row = 0; row + 1 < rows.size(); ++row) {
      for (std::size_t column = 0; column + 1 < columns.size();) {
        std::size_t end = column + 1;
        if (row > 0 && end + 1 < columns.size()) end += random() % 2;
        const std::string text = std::to_string(cells.size());
        cells.push_back({{columns[column] + random() % 3, rows[row],
                          columns[end] - random() % 3, rows[row + 1]},
                         text});
        expected += text + "@" + std::to_string(row) + "," +
                    std::to_string(column) + "+" +
                    std::to_string(end - column) + " ";
        column = end;
      }
    }
    std::shuffle(cells.begin(), cells.end(), random);
    std::string got;
    const TableDraft table = MakePptTable(cells);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (const DraftCell& cell : table.rows[row]) {
        EXPECT_EQ(cell.row_span, 1U);
        got += cell.text + "@" + std::to_string(row) + "," +
               std::to_string(cell.column) + "+" +
               std::to_string(cell.column_span) + " ";
      }
    }
    ASSERT_EQ(got, expected);
  }
}

TEST(Ppt, GroupsScaleWhatIsInside) {
  PptMaker ppt;
  // In the group's coordinates "second" would stand above "first".
  ppt.AddSlide(PptGroup(PptAnchor({0, 500, 100, 600}), {0, 0, 10, 10},
                        PptShapeOf(PptChildAnchor({0, 0, 10, 10}), 0,
                                   PptTextAtoms(4, "second"))) +
               PptBox({0, 100, 100, 200}, "first"));
  EXPECT_EQ(Outline(Parse(ppt)), "paragraph first|paragraph second");
}

TEST(Ppt, DatesAndNumbersWithinTextAreLeftOut) {
  PptMaker ppt;
  ppt.AddSlide(PptShapeOf(PptAnchor({}), 0,
                          PptTextAtoms(4, "page *, 2*3") +
                              PptAtom(ppt_record::kSlideNumber, PptNumber(5))));
  EXPECT_EQ(Outline(Parse(ppt)), "paragraph page , 2*3");
}

TEST(Ppt, AlternativeTextsAreFigures) {
  // Another property with data stands before it.
  std::string list;
  PutU16(list, 0x8380);
  PutU32(list, 4);
  PutU16(list, 0xc381);
  PutU32(list, 10);
  list += Utf16("P1") + Utf16("A map");
  PptMaker ppt;
  ppt.AddSlide(
      PptContainer(ppt_record::kArtShape,
                   PptAtom(0xf00b, list, 2, 3) + PptAnchor({0, 200, 9, 300})) +
      PptBox({0, 100, 9, 150}, "Where"));
  EXPECT_EQ(Outline(Parse(ppt)), "paragraph Where|figure A map");
}

TEST(Ppt, LettersDrawnAsPicturesAreRead) {
  std::string list;
  PutU16(list, 0xc0c0);
  PutU32(list, 12);
  list += Utf16("Thanks");
  PptMaker ppt;
  ppt.AddSlide(
      PptContainer(ppt_record::kArtShape,
                   PptAtom(0xf00b, list, 1, 3) + PptAnchor({0, 200, 9, 300})));
  EXPECT_EQ(Outline(Parse(ppt)), "figure Thanks");
}

TEST(Ppt, HiddenSlidesAndObjectsAreTold) {
  const std::string hidden("\0\0\0\0\0\0\0\0\0\0\4\0\0\0\0\0", 16);
  PptMaker ppt;
  ppt.objects = PptContainer(ppt_record::kEmbeddedObject, "");
  ppt.AddSlide(PptTitle("One"), PptAtom(ppt_record::kSlideShow, hidden));
  ppt.AddSlide(PptBox({}, "alone"));
  const ParsedDocument document = Parse(ppt);
  ASSERT_EQ(document.blocks.size(), 2U);
  EXPECT_EQ(document.blocks[1].page, 2U);
  EXPECT_EQ(document.blocks[1].heading, Block::kNone);
  ASSERT_EQ(document.warnings.size(), 2U);
  EXPECT_EQ(document.warnings[0], "1 slides are hidden; they were read too");
  EXPECT_EQ(document.warnings[1],
            "1 embedded objects of other programs were left out: give them as "
            "documents of their own");
}

TEST(Ppt, WhatIsLockedIsRefused) {
  PptMaker ppt;
  ppt.AddSlide(PptTitle("x"));
  ppt.token = 0xf3d1c4df;
  EXPECT_EQ(ParseReason(ppt.Make(), ""), "ENCRYPTED_PACKAGE");
  EXPECT_EQ(ParseReason(MakeCompoundFile({{"PowerPoint Document", "x"}}), ""),
            "DAMAGED_OLE_FILE");
}

TEST(Ppt, OfFilesForTwoVersionsTheNewerIsRead) {
  PptMaker ppt;
  ppt.AddSlide(PptTitle("new"));
  TestStreams streams = ppt.Streams();
  for (auto& [name, bytes] : streams) name = "PP97_DUALSTORAGE/" + name;
  streams.emplace_back("PP40", "old");
  EXPECT_EQ(Outline(ParseOk(MakeCompoundFile(streams), "")), "heading1 new");
}

TEST(Ppt, SlidesWithoutTheirListAreReadInTheOrderOfTheFile) {
  const std::string slides =
      PptContainer(ppt_record::kSlide, PptDrawing(PptTitle("a"))) +
      PptContainer(ppt_record::kSlide, PptDrawing(PptTitle("b")));
  const ParsedDocument document = ParseOk(
      MakeCompoundFile({{"PowerPoint Document", slides + "cut off"}}), "");
  EXPECT_EQ(Outline(document), "heading1 a|heading1 b");
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(Ppt, GroupsWithoutEndAreLeftOut) {
  std::string deep = PptBox({}, "deep");
  for (int i = 0; i < 5000; ++i) deep = PptGroup("", {}, deep);
  PptMaker ppt;
  ppt.AddSlide(PptTitle("x") + deep);
  const ParsedDocument document = Parse(ppt);
  EXPECT_EQ(Outline(document), "heading1 x");
  EXPECT_EQ(document.warnings.size(), 1U);
}

// Slides that lie inside of each other would be read as often as there are.
TEST(Ppt, SlidesInsideEachOtherAreReadOnce) {
  std::string stream =
      PptContainer(ppt_record::kSlide, PptDrawing(PptTitle("x")));
  std::vector<std::uint32_t> offsets = {0, 0};  // The document comes first.
  for (int i = 0; i < 4000; ++i) {
    offsets.push_back(static_cast<std::uint32_t>(stream.size()));
    PutU16(stream, 15);
    PutU16(stream, ppt_record::kSlide);
    PutU32(stream, 1 << 30);
  }
  std::string list;
  for (std::uint32_t object = 2; object <= offsets.size(); ++object) {
    list += PptMaker::Persist(object, object);
  }
  offsets[0] = static_cast<std::uint32_t>(stream.size());
  stream += PptContainer(ppt_record::kDocument,
                         PptContainer(ppt_record::kSlideList, list));
  const std::uint32_t edit = PptMaker::AddEdit(stream, 0, 1, offsets);
  const ParsedDocument document =
      ParseOk(MakeCompoundFile({{"Current User", PptMaker::CurrentUser(edit)},
                                {"PowerPoint Document", stream}}),
              "");
  EXPECT_EQ(Outline(document), "heading1 x");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0],
            "3999 slides of the presentation cannot be read");
}

// The reader of .pptx is the oracle: one deck in both formats, one outline.
TEST(Ppt, TheSameDeckGivesTheSameBlocksAsPptx) {
  const auto shape = [](const std::string& placeholder, int top,
                        const std::string& paragraphs) {
    return "<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>" + placeholder +
           "</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x='0' y='" +
           std::to_string(top) +
           "'/><a:ext cx='100' cy='50'/></a:xfrm></p:spPr><p:txBody>" +
           paragraphs + "</p:txBody></p:sp>";
  };
  const auto paragraph = [](const std::string& properties,
                            const std::string& text) {
    return "<a:p>" + properties + "<a:r><a:t>" + text + "</a:t></a:r></a:p>";
  };
  const ParsedDocument pptx =
      ParseOk(MakePptx(shape("<p:ph type='title'/>", 0, paragraph("", "Plan")) +
                       shape("<p:ph type='body' idx='1'/>", 100,
                             paragraph("<a:pPr><a:buNone/></a:pPr>", "First") +
                                 paragraph("", "one") +
                                 paragraph("<a:pPr lvl='1'/>", "two")) +
                       shape("", 200, paragraph("", "Box")) +
                       shape("<p:ph type='subTitle' idx='2'/>", 300,
                             paragraph("", "Sub"))),
              "");
  PptMaker ppt;
  ppt.AddSlide(
      PptTitle("Plan") +
      PptShapeOf(
          PptAnchor({0, 100, 100, 150}), 14,
          PptTextAtoms(1, "First\rone\rtwo",
                       PptRun(6, 0, 0) + PptRun(4, 0, -1) + PptRun(4, 1, -1))) +
      PptBox({0, 200, 100, 250}, "Box") +
      PptShapeOf(PptAnchor({0, 300, 100, 350}), 16, PptTextAtoms(5, "Sub")));
  EXPECT_EQ(Outline(Parse(ppt)), Outline(pptx));
}

TEST(Ppt, NeverBreaksAPromise) {
  PptMaker ppt;
  ppt.AddSlide(PptTitle("Title") +
                   PptGroup(PptAnchor({0, 0, 90, 90}), {0, 0, 9, 9},
                            PptShapeOf(PptChildAnchor({0, 0, 9, 9}), 0,
                                       PptTextAtoms(4, "cell")),
                            {{0x39f, 1}}) +
                   PptBox({}, "box"),
               "", PptTextAtoms(0, "x", PptRun(2, 0, 1)));
  ppt.AddNotes(PptShapeOf(PptAnchor({}), 12, PptTextAtoms(2, "note")));
  ppt.Change(0, PptTitle("New") + PptBox({}, "box"));
  ExpectPromisesKept(PptParser(), ppt.Make(), 3000);
}

// The tenth of an inch is 57 units.
std::string Shown(std::uint32_t picture, const PptPlace& place,
                  const std::string& description = "") {
  return ArtShape(9, picture, description, PptAnchor(place));
}
constexpr PptPlace kLarge = {0, 1'000, 3'000, 3'000};

StatusOr<ParsedDocument> Counted(const PptMaker& ppt) {
  return PptParser().Parse({.bytes = ppt.Make()}, Limits());
}

TEST(Ppt, PicturesAreReadOnTheirSlide) {
  PreparePictureTests();
  SKIP_WITHOUT_OCR();
  PptMaker ppt;
  ppt.drawing_group = ArtGroupOf(ArtEntry("", 0) + ArtEntry("", 3));
  ppt.pictures = "..." + ArtBlip(kArtBitmap, WithoutBitmapHead(TowersBitmap()));
  ppt.AddSlide(PptTitle("One"));
  ppt.AddSlide(PptBox({0, 3'100, 900, 3'200}, "below") +
               Shown(2, kLarge, "A page") + PptTitle("Two"));
  const ParsedDocument document = Parse(ppt);
  EXPECT_EQ(document.format, "ppt");
  EXPECT_EQ(CellsOf(document), kTowers);
  const std::string outline = Outline(document);
  EXPECT_TRUE(
      outline.starts_with("heading1 One|heading1 Two|figure A page|"
                          "figure Lighthouses of the coast|"))
      << outline;
  EXPECT_TRUE(outline.ends_with("|paragraph below")) << outline;
  EXPECT_EQ(document.blocks[3].page, 2U);
}

TEST(Ppt, PicturesAreCountedOnceAndByTheirSize) {
  PptMaker ppt;
  ppt.pictures = ArtBlip(kArtPng, PngHead(400, 300), /*two_sums=*/true);
  const auto second = static_cast<std::uint32_t>(ppt.pictures.size());
  ppt.pictures += ArtBlip(kArtPng, PngHead(500, 300)) + ArtBlip(kArtEmf, "x");
  ppt.drawing_group = ArtGroupOf(
      ArtEntry("", 0) + ArtEntry("", second) +
      ArtEntry("", second + static_cast<std::uint32_t>(
                                ArtBlip(kArtPng, PngHead(500, 300)).size())));
  const PptPlace icon = {0, 0, 300, 300};
  ppt.AddSlide(PptTitle("T") + Shown(1, kLarge) + Shown(1, kLarge) +
               Shown(2, icon) + Shown(3, icon));
  const auto counted = Counted(ppt);
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->unread_pictures, 1U);
  EXPECT_TRUE(counted->warnings.empty());
  ppt.AddSlide(Shown(2, kLarge) + Shown(3, kLarge) + Shown(99, kLarge));
  const auto more = Counted(ppt);
  EXPECT_EQ(more->unread_pictures, 2U);
  ASSERT_EQ(more->warnings.size(), 2U);
  EXPECT_EQ(more->warnings[0], "1 drawing (WMF, EMF or PICT) was left out");
  EXPECT_EQ(more->warnings[1], "1 picture cannot be read");
}

TEST(Ppt, ADeckOfPicturesAloneAsksForTheReader) {
  PptMaker ppt;
  ppt.drawing_group = ArtGroupOf(ArtBlip(kArtPng, PngHead(400, 300)));
  ppt.AddSlide(Shown(1, kLarge));
  EXPECT_EQ(ReasonOf(Counted(ppt).status()), "NO_TEXT_LAYER");
}

}  // namespace
}  // namespace cairn
