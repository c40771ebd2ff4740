#include "documents/formats/xls/xls_parser.h"

#include <gtest/gtest.h>

#include <bit>
#include <initializer_list>

#include "documents/formats/figures/picture_for_test.h"
#include "documents/formats/office97/blips_for_test.h"
#include "documents/formats/ole/compound_file_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string Record(unsigned type, const std::string& data) {
  std::string out;
  PutU16(out, type);
  PutU16(out, static_cast<unsigned>(data.size()));
  return out + data;
}

std::string Words(std::initializer_list<unsigned> words) {
  std::string out;
  for (const unsigned word : words) PutU16(out, word);
  return out;
}

std::string Double(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  std::string out;
  PutU32(out, static_cast<std::uint32_t>(bits));
  PutU32(out, static_cast<std::uint32_t>(bits >> 32));
  return out;
}

// A string of BIFF8 of one byte a character.
std::string Text(const std::string& text) {
  return Words({static_cast<unsigned>(text.size())}) + '\0' + text;
}

std::string Bof(unsigned type = 0x10, unsigned version = 0x600) {
  return Record(0x809, Words({version, type, 0, 0, 0, 0, 0, 0}));
}
std::string Eof() { return Record(0x0a, ""); }

struct TestSheet {
  std::string name;
  std::string records;
  unsigned state = 0;
};

// A workbook; `globals` stand before its list of sheets.
std::string Xls(const std::string& globals,
                const std::vector<TestSheet>& sheets) {
  const auto globals_of = [&](std::size_t first) {
    std::string out = Bof(5) + globals;
    std::size_t at = first;
    for (const TestSheet& sheet : sheets) {
      std::string bound;
      PutU32(bound, static_cast<std::uint32_t>(at));
      bound.push_back(static_cast<char>(sheet.state));
      bound.push_back(0);
      bound.push_back(static_cast<char>(sheet.name.size()));
      out += Record(0x85, bound + '\0' + sheet.name);
      at += Bof().size() + sheet.records.size() + Eof().size();
    }
    return out + Eof();
  };
  std::string stream = globals_of(globals_of(0).size());
  for (const TestSheet& sheet : sheets) stream += Bof() + sheet.records + Eof();
  return MakeCompoundFile({{"Workbook", stream}});
}

std::string Label(unsigned row, unsigned column, const std::string& text) {
  return Record(0x204, Words({row, column, 0}) + Text(text));
}
std::string Number(unsigned row, unsigned column, double value,
                   unsigned style = 0) {
  return Record(0x203, Words({row, column, style}) + Double(value));
}
std::string Style(unsigned format) {
  return Record(0xe0, Words({0, format, 0, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Xls, CellsAreShownByTheirFormats) {
  const std::string globals =
      Record(0x41e, Words({164}) + Text("#,##0.00\" EUR\"")) + Style(0) +
      Style(14) + Style(9) + Style(164);
  const std::string cells =
      Label(0, 0, "day") + Label(0, 1, "share") + Label(0, 2, "price") +
      Number(1, 0, 45292, 1) + Number(1, 1, 0.25, 2) + Number(1, 2, 1234.5, 3) +
      // A whole number, and one that is kept 100 times as large.
      Record(0xbd, Words({2, 0, 1, 0xc3b6, 2, 2, 203, 0, 1}));
  const ParsedDocument document = ParseOk(Xls(globals, {{"Data", cells}}), "");
  EXPECT_EQ(document.format, "xls");
  EXPECT_EQ(CellsOf(document),
            "day,share,price;2024-01-01,25%,1,234.50 EUR;2024-01-02,50%");
}

TEST(Xls, DaysMayBeCountedFrom1904) {
  const std::string cells = Label(0, 0, "a") + Number(0, 1, 43830, 1) +
                            Label(1, 0, "b") + Number(1, 1, 1, 0);
  EXPECT_EQ(CellsOf(ParseOk(Xls(Record(0x22, Words({1})) + Style(0) + Style(14),
                                {{"S", cells}}),
                            "")),
            "a,2024-01-01;b,1");
}

TEST(Xls, SharedStringsGoOnInContinueRecords) {
  // "abcd" cut after two characters, the rest in two bytes each; then a rich
  // one with a phonetic part.
  std::string strings;
  PutU32(strings, 2);
  PutU32(strings, 2);
  strings += Words({4}) + '\0' + "ab";
  std::string rich = std::string(1, '\1') + Utf16("cd") + Words({2}) + '\x0c' +
                     Words({1}) + std::string("\2\0\0\0", 4) + "ef" +
                     std::string("\0\0\0\0", 4) + "ph";
  const auto shared = [](unsigned row, unsigned index) {
    return Record(0xfd, Words({row, 0, 0, index, 0}));
  };
  const ParsedDocument document =
      ParseOk(Xls(Record(0xfc, strings) + Record(0x3c, rich),
                  {{"S", shared(0, 0) + shared(1, 1) + Label(0, 1, "x") +
                             Label(1, 1, "y")}}),
              "");
  EXPECT_EQ(CellsOf(document), "abcd,x;ef,y");
}

TEST(Xls, FormulasShowTheirStoredResults) {
  const auto formula = [](unsigned row, const std::string& result) {
    return Record(0x06, Words({row, 1, 0}) + result + Words({0, 0, 0, 0}));
  };
  const std::string cells =
      Label(0, 0, "number") + formula(0, Double(2.5)) + Label(1, 0, "text") +
      formula(1, std::string("\0\0\0\0\0\0\xff\xff", 8)) +
      Record(0x207, Text("made")) + Label(2, 0, "error") +
      formula(2, std::string("\2\0\7\0\0\0\xff\xff", 8)) +
      Label(3, 0, "truth") + formula(3, std::string("\1\0\1\0\0\0\xff\xff", 8));
  EXPECT_EQ(CellsOf(ParseOk(Xls("", {{"S", cells}}), "")),
            "number,2.5;text,made;error,#DIV/0!;truth,TRUE");
}

TEST(Xls, MergedCellsCommentsAndHiddenSheets) {
  const std::string object =
      Record(0x5d, Words({0x15, 0x12, 0x19, 7, 0, 0, 0, 0, 0, 0, 0}));
  const std::string note = object +
                           Record(0x1b6, Words({0, 0, 0, 0, 0, 5, 0, 0, 0})) +
                           Record(0x3c, std::string(1, '\0') + "Sure?") +
                           Record(0x1c, Words({1, 1, 0, 7}) + Text("Ada"));
  const std::string cells = Label(0, 0, "wide") + Label(1, 0, "a") +
                            Label(1, 1, "b") +
                            Record(0xe5, Words({1, 0, 0, 0, 1})) + note;
  const ParsedDocument document = ParseOk(
      Xls("", {{"Seen", cells}, {"Not seen", Label(0, 0, "x"), 1}}), "");
  EXPECT_EQ(Outline(document),
            "heading1 Seen|table wide a | b|paragraph Comment on B2 by Ada: "
            "Sure?|heading1 Not seen|paragraph x");
  ASSERT_EQ(document.tables[0].cells[0].column_span, 2U);
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_NE(document.warnings[0].find("Not seen is hidden"), std::string::npos);
}

TEST(Xls, OldStringsAreInTheCodePageOfTheFile) {
  std::string bound;
  const std::string head = Bof(5, 0x500) + Record(0x42, Words({1251}));
  const auto sheet_record = [](std::uint32_t at) {
    std::string data;
    PutU32(data, at);
    return Record(0x85, data + std::string("\0\0\1S", 4));
  };
  const std::size_t at = head.size() + sheet_record(0).size() + Eof().size();
  const std::string stream =
      head + sheet_record(static_cast<std::uint32_t>(at)) + Eof() +
      Bof(0x10, 0x500) + Record(0x204, Words({0, 0, 0, 3}) + "\xcc\xe8\xf0") +
      Eof();
  EXPECT_EQ(Outline(ParseOk(MakeCompoundFile({{"Book", stream}}), "")),
            "heading1 S|paragraph Мир");
}

TEST(Xls, WhatIsLockedOrTooOldIsRefused) {
  EXPECT_EQ(ParseReason(Xls(Record(0x2f, Words({0})), {{"S", ""}}), ""),
            "ENCRYPTED_PACKAGE");
  EXPECT_EQ(ParseReason(MakeCompoundFile({{"Workbook", Bof(5, 0x400)}}), ""),
            "UNSUPPORTED_VERSION");
  EXPECT_EQ(ParseReason(MakeCompoundFile({{"Workbook", "nothing"}}), ""),
            "DAMAGED_OLE_FILE");
}

// In records of at most `size` bytes: one, then more of `next`.
std::string Cut(unsigned type, unsigned next, const std::string& data,
                std::size_t size = 8'000) {
  std::string out;
  for (std::size_t at = 0; at < data.size(); at += size) {
    out += Record(at == 0 ? type : next, data.substr(at, size));
  }
  return out;
}

StatusOr<ParsedDocument> Counted(const std::string& bytes) {
  return XlsParser().Parse({.bytes = bytes}, Limits());
}

TEST(Xls, PicturesFollowTheCellsOfTheirSheet) {
  PreparePictureTests();
  SKIP_WITHOUT_OCR();
  const std::string group = ArtGroupOf(
      ArtEntry(ArtBlip(kArtBitmap, WithoutBitmapHead(TowersBitmap()))));
  const std::string drawing = ArtDrawing(ArtShape(5, 1, "A page"));
  const ParsedDocument document =
      ParseOk(Xls(Cut(0xeb, 0x3c, group),
                  {{"A", Record(0xec, drawing) + Label(0, 0, "near")},
                   {"B", Label(0, 0, "far")}}),
              "");
  EXPECT_EQ(document.format, "xls");
  EXPECT_EQ(CellsOf(document), kTowers);
  const std::string outline = Outline(document);
  EXPECT_TRUE(
      outline.starts_with("heading1 A|paragraph near|figure A page|"
                          "figure Lighthouses of the coast|"))
      << outline;
  EXPECT_TRUE(outline.ends_with("|heading1 B|paragraph far")) << outline;
}

TEST(Xls, ADrawingIsPutTogetherFromItsPieces) {
  // The list of pictures may go on in records of its own kind.
  const std::string group =
      ArtGroupOf(ArtBlip(kArtPng, PngHead(400, 300)) +
                 ArtBlip(kArtPng, PngHead(500, 300)) + ArtBlip(kArtEmf, "x"));
  const std::string drawing = ArtDrawing(
      ArtShape(5, 1, "One") + ArtShape(6, 2, "Two") + ArtShape(7, 3));
  const std::string object = Record(0x5d, std::string(12, '\0'));
  const std::string pieces = Record(0xec, drawing.substr(0, 60)) + object +
                             Record(0xec, drawing.substr(60, 70)) + object +
                             Record(0x3c, drawing.substr(130));
  const auto document =
      Counted(Xls(Cut(0xeb, 0xeb, group, 50),
                  {{"A", Label(0, 0, "cell") + pieces}, {"B", pieces}}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(Outline(*document),
            "heading1 A|paragraph cell|figure One|figure Two|heading1 B|figure "
            "One|figure Two");
  EXPECT_EQ(document->unread_pictures, 2U);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_EQ(document->warnings[0], "1 drawing (WMF, EMF or PICT) was left out");
}

TEST(Xls, DamagedDrawingsCostThePicturesAlone) {
  std::string group = ArtGroupOf(ArtEntry(ArtBlip(kArtPng, "")));
  for (const std::string& drawing :
       {ArtDrawing(ArtShape(5, 1)), ArtDrawing(ArtShape(5, 2)),
        std::string("\xff\xff\x02\xf0\xff\xff\xff\xff")}) {
    const auto document =
        Counted(Xls(Record(0xeb, group),
                    {{"A", Label(0, 0, "cell") + Record(0xec, drawing)}}));
    ASSERT_TRUE(document.ok()) << document.status();
    EXPECT_EQ(Outline(*document), "heading1 A|paragraph cell");
    EXPECT_EQ(document->unread_pictures, 0U);
  }
}

}  // namespace
}  // namespace cairn
