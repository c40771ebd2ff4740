#include "documents/formats/rtf/rtf_parser.h"

#include <gtest/gtest.h>

#include "documents/formats/figures/picture_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Rtf(std::string_view body) {
  return ParseOk("{\\rtf1\\ansi\\ansicpg1252\\deff0" + std::string(body) + "}",
                 "");
}

TEST(RtfParser, ReadsCharactersInAnyCodePage) {
  EXPECT_EQ(Rtf("{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}}"
                "\\f0 Gr\\'fc\\'dfe \\f1\\'cf\\'f0\\f0  \\u8364?\\uc2\\u955"
                "xx \\u-10179??\\u-8704?? a\\~b\\{\\}\\\\ \\emdash\\par")
                .text,
            "Grüße Пр €λ 😀 a\u00a0"
            "b{}\\ —");
}

TEST(RtfParser, ReadsStructure) {
  const ParsedDocument document = Rtf(
      "\\deflang1031{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 "
      "\\'dcberschrift;}{\\s2 heading 2;}}{\\info{\\title The title}{\\author "
      "no}}\\pard\\s1 One\\par\\pard\\s2 Two\\par\\pard\\plain Text\\line "
      "more\\par{\\listtext 1.\\tab}\\pard\\ls1\\ilvl1 item\\par\\pard "
      "\\outlinelevel2 Three\\par");
  EXPECT_EQ(Outline(document),
            "heading1 One|heading2 Two|paragraph Text more|list_item2 item|"
            "heading3 Three");
  EXPECT_EQ(document.title, "The title");
  EXPECT_EQ(document.language, "de");
}

TEST(RtfParser, LeavesOutWhatIsNotShown) {
  const ParsedDocument document = Rtf(
      "{\\header head\\par}{\\*\\unknown no}a{\\v hidden}b{\\deleted old}c"
      "{\\field{\\*\\fldinst HYPERLINK \"x\"}{\\fldrslt link}}{\\pict 00ff}"
      "{\\*\\annotation remark}{\\footnote \\pard A note.}\\bin3 }}} end\\par");
  EXPECT_EQ(Outline(document),
            "paragraph Page header: head|paragraph abclink end|"
            "paragraph Comment: remark|paragraph A note.");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0], "1 picture cannot be read");
}

TEST(RtfParser, TellsHeadsAndFeetOnceAndWithoutPageNumbers) {
  EXPECT_EQ(Outline(Rtf("{\\header \\pard Plan\\tab B\\par}"
                        "{\\headerf \\pard First\\par}"
                        "{\\footer Page {\\field{\\*\\fldinst PAGE }"
                        "{\\fldrslt 12}} of \\chpgn}one\\par\\sect"
                        "{\\header \\pard Plan\\tab B\\par}"
                        "{\\footerr Annex {\\field{\\*\\fldinst PAGE}"
                        "{\\fldrslt 13}}}two\\par")),
            "paragraph Page header: Plan B|paragraph Page header: First|"
            "paragraph one|paragraph Page footer: Annex|paragraph two");
}

TEST(RtfParser, ReadsCommentsAfterTheirParagraph) {
  EXPECT_EQ(Outline(Rtf("See{\\*\\atrfstart 0}it{\\*\\atnid AL}"
                        "{\\*\\atnauthor Ada L.}\\chatn{\\*\\annotation"
                        "{\\*\\atnref 0}{\\*\\atndate 132194672}\\pard Is "
                        "it?\\par Yes.}.\\par next\\par")),
            "paragraph Seeit.|paragraph Comment by Ada L., 2026-01-04: Is it? "
            "Yes.|paragraph next");
}

TEST(RtfParser, ReadsWhatIsSaidOfPictures) {
  EXPECT_EQ(
      Outline(Rtf("a{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn shapeType}"
                  "{\\sv 75}}{\\sp{\\sn wzDescription}{\\sv A red barn}}}"
                  "\\pngblip 00ff}}{\\nonshppict{\\pict 00ff}}b\\par")),
      "paragraph ab|figure A red barn");
}

TEST(RtfParser, KnowsWhatTheFileSaysOfItself) {
  const ParsedDocument document =
      Rtf("{\\info{\\author Ada}{\\subject Barns}{\\keywords red, old}"
          "{\\creatim\\yr2024\\mo3\\dy5\\hr1}{\\revtim\\yr2024\\mo10\\dy15}"
          "{\\printim\\yr0}}text\\par");
  EXPECT_EQ(Outline(document), "paragraph text");
  const Metadata expected = {{"author", "Ada"},
                             {"subject", "Barns"},
                             {"keywords", "red, old"},
                             {"created", "2024-03-05"},
                             {"modified", "2024-10-15"}};
  EXPECT_EQ(document.properties, expected);
}

TEST(RtfParser, ReadsTablesWithMergedCells) {
  const ParsedDocument document = Rtf(
      "before\\par\\trowd\\trhdr\\cellx1000\\cellx3000\\pard\\intbl a\\cell b"
      "\\cell\\row\\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3010\\pard\\intbl"
      " "
      "1\\par 1b\\cell 2\\cell "
      "3\\cell\\row\\trowd\\clvmrg\\cellx1000\\cellx2000"
      "\\cellx3000\\intbl\\cell 4\\cell 5\\cell\\row\\pard after\\par");
  EXPECT_EQ(Outline(document),
            "paragraph before|table a | b 1 1b | 2 | 3  | 4 | 5|"
            "paragraph after");
  const Table& table = document.tables[0];
  EXPECT_EQ(table.columns, 3U);
  EXPECT_EQ(table.header_rows, 1U);
  EXPECT_EQ(table.cells[1].column_span, 2U);
  EXPECT_EQ(table.cells[2].row_span, 2U);
}

TEST(RtfParser, ReadsTextBoxesAfterTheirParagraph) {
  EXPECT_EQ(Outline(Rtf("x{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt "
                        "\\pard boxed\\par}}{\\shprslt}}y\\par")),
            "paragraph xy|paragraph boxed");
}

std::string Hex(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += {kDigits[value >> 4], kDigits[value & 15]};
    if (out.size() % 79 == 78) out += "\r\n";
  }
  return out;
}

// Six inches wide.
std::string Pict(const std::string& words, const std::string& hex) {
  return "{\\pict{\\*\\blipuid 0011aa}\\picwgoal8640\\pichgoal8640" + words +
         " " + hex + "}";
}
std::string PngPict(std::uint32_t width) {
  return Pict("\\pngblip", Hex(PngHead(width, 300)));
}

StatusOr<ParsedDocument> Counted(const std::string& body) {
  return RtfParser().Parse({.bytes = "{\\rtf1 " + body + "}"}, Limits());
}

TEST(RtfParser, ReadsPicturesAfterTheirParagraph) {
  PreparePictureTests();
  SKIP_WITHOUT_OCR();
  const std::string bitmap = WithoutBitmapHead(TowersBitmap());
  for (const std::string& digits :
       {Hex(bitmap), "\\bin" + std::to_string(bitmap.size()) + " " + bitmap}) {
    const ParsedDocument document = Rtf(
        "Before{\\*\\shppict" + Pict("\\dibitmap0", digits) + "}{\\nonshppict" +
        Pict("\\wmetafile8", "00") + "} it.\\par After.\\par");
    EXPECT_EQ(document.format, "rtf");
    EXPECT_EQ(CellsOf(document), kTowers);
    const std::string outline = Outline(document);
    EXPECT_TRUE(
        outline.starts_with("paragraph Before it.|figure Lighthouses "
                            "of the coast|"))
        << outline;
    EXPECT_TRUE(outline.ends_with("|paragraph After.")) << outline;
    EXPECT_EQ(document.warnings.size(), 1U);
  }
}

TEST(RtfParser, CountsPicturesThatMayHoldText) {
  const auto counted = Counted(
      "a" + PngPict(400) + PngPict(400) + PngPict(20) + "{\\v " + PngPict(401) +
      "}{\\header h" + PngPict(402) + "}{\\*\\listpicture" + PngPict(403) +
      "}{\\pict\\picwgoal400\\pichgoal400\\pngblip " + Hex(PngHead(404, 300)) +
      "}" + Pict("\\emfblip", "00") + Pict("\\pngblip", "00ff") + "\\par");
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->unread_pictures, 1U);
  ASSERT_EQ(counted->warnings.size(), 2U);
  EXPECT_EQ(counted->warnings[0], "1 drawing (WMF, EMF or PICT) was left out");
  EXPECT_EQ(counted->warnings[1], "1 picture cannot be read");
  EXPECT_EQ(ReasonOf(Counted(PngPict(400)).status()), "NO_TEXT_LAYER");
}

TEST(RtfParser, ReadsPicturesOfShapes) {
  const auto shape = [](const std::string& property) {
    return "{\\shp{\\*\\shpinst{\\sp{\\sn " + property + "}{\\sv " +
           PngPict(400) +
           "}}{\\sp{\\sn wzDescription}{\\sv A barn}}}{\\shprslt" +
           PngPict(500) + "}}";
  };
  const auto counted = Counted("a" + shape("pib") + "\\par");
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(Outline(*counted), "paragraph a|figure A barn");
  EXPECT_EQ(counted->unread_pictures, 1U);
  EXPECT_EQ(Counted("a" + shape("fillBlip") + "\\par")->unread_pictures, 0U);
}

TEST(RtfParser, WhatStandsInCellsFollowsTheirTable) {
  EXPECT_EQ(Outline(Rtf("\\trowd\\cellx9\\cellx18\\intbl a{\\footnote note}"
                        "\\cell b\\cell\\row\\pard after{\\footnote other}"
                        "\\par")),
            "table a | b|paragraph note|paragraph after|paragraph other");
}

TEST(RtfParser, TakesDamagedPicturesAsTheyCome) {
  for (const char* const body :
       {"a{\\pict\\pngblip{\\ud{\\pict 00}}11}\\par",
        "a{\\pict\\pngblip{\\pict 00}11\\bin5 }}}}}}\\par",
        "a{\\pict\\bin-3 \\bin100000000 ", "a{\\pict\\pngblip 8",
        "a{\\pict\\sn pib\\sv{\\pict 1}2}\\par"}) {
    EXPECT_EQ(Outline(Rtf(body)), "paragraph a") << body;
  }
}

TEST(RtfParser, ReadsDamagedFiles) {
  const ParsedDocument cut = ParseOk("{\\rtf1 text {\\b bold", "");
  EXPECT_EQ(Outline(cut), "paragraph text bold");
  EXPECT_EQ(cut.warnings.size(), 1U);
  std::string deep = "{\\rtf1 a";
  for (int i = 0; i < 100'000; ++i) deep += "{b";
  EXPECT_EQ(ParseOk(deep, "").warnings.size(), 2U);
  EXPECT_EQ(ParseReason("plain text", "", "a.rtf"), "NOT_RTF");
  EXPECT_EQ(ParseReason("{\\rtf1 }", ""), "EMPTY_DOCUMENT");
}

}  // namespace
}  // namespace cairn
