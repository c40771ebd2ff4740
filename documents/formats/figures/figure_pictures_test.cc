// Words on pictures inside packages. What needs an engine that reads
// skips, loudly, without one.
#include "documents/formats/figures/figure_pictures.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "documents/formats/figures/picture_for_test.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/formats/pdf/scan_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

using namespace std::string_literals;

class FigurePicturesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { PreparePictureTests(); }
};

// A page of `grey`, which no engine has to read.
std::string Blank(std::uint32_t width, std::uint32_t height,
                  std::uint8_t grey = 255) {
  ocr::Picture picture;
  picture.width = width;
  picture.height = height;
  picture.grey.assign(std::size_t{width} * height, grey);
  return pdf::ToBitmap(picture);
}

std::string Said(const std::string& text) {
  return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

// In inches.
std::string Drawn(const std::string& id, const std::string& alternative,
                  double width = 6, double height = 8) {
  const auto emus = [](double inches) {
    return std::to_string(static_cast<int>(inches * 914'400));
  };
  return "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='" + emus(width) +
         "' cy='" + emus(height) + "'/><wp:docPr id='1' descr='" + alternative +
         "'/><a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr "
         "descr='" +
         alternative + "'/></pic:nvPicPr><pic:blipFill><a:blip r:embed='" + id +
         "'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>"
         "</w:drawing></w:r></w:p>";
}

// The part that gives the pictures 0.bmp, 1.bmp, ... the ids p0, p1, ...
std::string PictureRelationships(std::size_t count,
                                 const std::string& more = {}) {
  std::string out = "<Relationships>" + more;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    out += "<Relationship Id='p" + number + "' Type='x/image' Target='media/" +
           number + ".bmp'/>";
  }
  return out + "</Relationships>";
}

std::string DocxWith(const std::string& body,
                     const std::vector<std::string>& pictures) {
  TestParts parts = {
      {"word/_rels/document.xml.rels", PictureRelationships(pictures.size())}};
  for (const std::string& picture : pictures) {
    parts.emplace_back(
        "word/media/" + std::to_string(parts.size() - 1) + ".bmp", picture);
  }
  return MakeDocx(body, parts);
}

StatusOr<ParsedDocument> Counted(const std::string& bytes,
                                 std::string_view format = "docx") {
  return FormatByName(format)->Parse({.bytes = bytes}, Limits());
}

StatusOr<ParsedDocument> WithPictures(const std::string& bytes,
                                      const Limits& limits = Limits()) {
  return FormatByName("docx")->picture_reader()->Parse({.bytes = bytes},
                                                       limits);
}

TEST_F(FigurePicturesTest, AScanInAWordDocumentIsReadWhereItStands) {
  SKIP_WITHOUT_OCR();
  const ParsedDocument document =
      ParseOk(DocxWith(Said("Before.") + Drawn("p0", "A page of towers") +
                           Said("After."),
                       {TowersBitmap()}),
              "");
  EXPECT_EQ(document.format, "docx");
  EXPECT_EQ(document.unread_pictures, 0U);
  EXPECT_EQ(Outline(document),
            "paragraph Before.|figure A page of towers|"
            "figure Lighthouses of the coast|"
            "figure Every tower of this coast was built before the year 1900, "
            "and keepers have left all of them by now.|"
            "table Tower | Height | Lamp Varne | 12 | oil "
            "Casquets | 37 | gas Longships | 35 | electric|"
            "paragraph After.");
  EXPECT_EQ(CellsOf(document), kTowers);
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0].find("text of 1 picture was read"), 0U);
}

TEST_F(FigurePicturesTest, AScreenshotOnASlideIsReadOnItsPage) {
  SKIP_WITHOUT_OCR();
  const ParsedDocument document = ParseOk(
      MakePptx("<p:pic><p:nvPicPr><p:cNvPr id='2' name='x'/></p:nvPicPr>"
               "<p:blipFill><a:blip r:embed='p0'/></p:blipFill><p:spPr><a:xfrm>"
               "<a:off x='0' y='0'/><a:ext cx='6000000' cy='6000000'/>"
               "</a:xfrm></p:spPr></p:pic>",
               {{"ppt/slides/_rels/slide1.xml.rels", PictureRelationships(1)},
                {"ppt/slides/media/0.bmp", TowersBitmap()}}),
      "");
  EXPECT_EQ(document.format, "pptx");
  EXPECT_EQ(CellsOf(document), kTowers);
  ASSERT_FALSE(document.blocks.empty());
  EXPECT_EQ(document.blocks.front().page, 1U);
}

TEST_F(FigurePicturesTest, OpenDocumentsAndBooksAreReadLikewise) {
  SKIP_WITHOUT_OCR();
  const std::string scan = TowersBitmap();
  const ParsedDocument text = ParseOk(
      MakeOdf("text",
              "<text:p>Before.</text:p><text:p><draw:frame svg:width='16cm' "
              "svg:height='20cm'><draw:image xlink:href='Pictures/0.bmp'/>"
              "<svg:desc>A page</svg:desc></draw:frame></text:p>"
              "<text:p>After.</text:p>",
              {{"Pictures/0.bmp", scan}}),
      "");
  const ParsedDocument book = ParseOk(
      MakeEpub("<p>Before.</p><div><img src='i/0.bmp' alt='A page'/></div>"
               "<p>After.</p>",
               {{"o/i/0.bmp", scan}}),
      "");
  for (const ParsedDocument* document : {&text, &book}) {
    EXPECT_EQ(CellsOf(*document), kTowers);
    const std::string outline = Outline(*document);
    EXPECT_EQ(outline.find("paragraph Before.|figure A page|"
                           "figure Lighthouses of the coast|"),
              0U)
        << outline;
    EXPECT_TRUE(outline.ends_with("|paragraph After.")) << outline;
  }
}

TEST_F(FigurePicturesTest, PicturesOnSheetsAreReadBehindTheirCells) {
  SKIP_WITHOUT_OCR();
  const ParsedDocument document = ParseOk(
      MakeXlsx(
          "<sheetData><row r='1'><c r='A1' t='inlineStr'><is><t>near</t>"
          "</is></c></row></sheetData>",
          {{"xl/worksheets/_rels/sheet1.xml.rels",
            "<Relationships><Relationship Id='d' Type='x/drawing' "
            "Target='../drawings/drawing1.xml'/></Relationships>"},
           {"xl/drawings/_rels/drawing1.xml.rels", PictureRelationships(1)},
           {"xl/drawings/drawing1.xml",
            "<xdr:wsDr><xdr:oneCellAnchor><xdr:pic><xdr:nvPicPr><xdr:cNvPr "
            "id='1' name='x' descr='A page'/></xdr:nvPicPr><xdr:blipFill>"
            "<a:blip r:embed='p0'/></xdr:blipFill></xdr:pic>"
            "</xdr:oneCellAnchor></xdr:wsDr>"},
           {"xl/drawings/media/0.bmp", TowersBitmap()}}),
      "");
  EXPECT_EQ(document.format, "xlsx");
  EXPECT_EQ(CellsOf(document), kTowers);
  EXPECT_TRUE(Outline(document).starts_with(
      "heading1 Data|paragraph near|figure A page|figure Lighthouses of the "
      "coast|"))
      << Outline(document);
}

// Every byte as "=XX".
std::string QuotedPrintable(const std::string& bytes) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    out += {'=', kDigits[value >> 4], kDigits[value & 15]};
    if (out.size() % 76 == 75) out += "=\n";
  }
  return out;
}

std::string MessageWith(const std::string& head, const std::string& picture) {
  return "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
         "text\n--b\nContent-Type: image/bmp\n" +
         head + "Content-Transfer-Encoding: quoted-printable\n\n" +
         QuotedPrintable(picture) + "\n--b--\n";
}

TEST_F(FigurePicturesTest, PicturesOfMessagesAreReadLikewise) {
  SKIP_WITHOUT_OCR();
  const ParsedDocument attached =
      ParseOk(MessageWith("Content-Disposition: attachment; filename=a.bmp\n",
                          TowersBitmap()),
              "message/rfc822");
  EXPECT_EQ(CellsOf(attached), kTowers);
  EXPECT_TRUE(Outline(attached).starts_with(
      "heading1 s|paragraph text|heading2 a.bmp|"))
      << Outline(attached);
  const ParsedDocument shown = ParseOk(
      MessageWith("Content-ID: <x>\n", TowersBitmap()), "message/rfc822");
  EXPECT_EQ(CellsOf(shown), kTowers);
  EXPECT_TRUE(Outline(shown).starts_with(
      "heading1 s|paragraph text|figure Lighthouses of the coast|"))
      << Outline(shown);
}

TEST_F(FigurePicturesTest, OfMessagesLogosAreNotCounted) {
  const auto count = [](const std::string& head, const std::string& picture) {
    const auto document = FormatByName("email")->Parse(
        {.bytes = MessageWith(head, picture)}, Limits());
    EXPECT_TRUE(document.ok()) << document.status();
    return document.ok() ? document->unread_pictures : 99;
  };
  EXPECT_EQ(count("", Blank(300, 200)), 0U);
  EXPECT_EQ(count("", Blank(400, 300)), 1U);
  EXPECT_EQ(count("Content-Disposition: attachment\n", Blank(300, 200)), 1U);
}

TEST_F(FigurePicturesTest, PicturesInCellsFollowTheirTable) {
  SKIP_WITHOUT_OCR();
  const std::string cell = "<w:tc>" + Said("Left.") + "</w:tc>";
  const ParsedDocument document = ParseOk(
      DocxWith("<w:tbl><w:tr>" + cell + "<w:tc>" + Drawn("p0", "Towers") +
                   "</w:tc></w:tr></w:tbl>" + Said("After."),
               {TowersBitmap()}),
      "");
  EXPECT_EQ(CellsOf(document), "Left.,Towers");
  EXPECT_EQ(CellsOf(document, 1), kTowers);
  EXPECT_EQ(document.blocks[1].span.Of(document.text),
            "Lighthouses of the coast");
}

TEST_F(FigurePicturesTest, TheFirstReadingOnlyCountsThem) {
  const auto document = Counted(
      DocxWith(Said("Before.") + Drawn("p0", "A page") + Drawn("p1", "Another"),
               {Blank(400, 300), Blank(300, 400)}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 2U);
  EXPECT_TRUE(document->warnings.empty());
  EXPECT_EQ(Outline(*document),
            "paragraph Before.|figure A page|figure Another");
}

TEST_F(FigurePicturesTest, WhatCannotHoldTextIsNotCounted) {
  const std::string header =
      "<w:hdr>" + Said("Page head") + Drawn("p4", "") + "</w:hdr>";
  const auto document = Counted(MakeDocx(
      Said("Text.") + Drawn("p0", "") + Drawn("p1", "", 0.5, 0.5) +
          Drawn("p2", "") + Drawn("p3", "") + Drawn("absent", ""),
      {{"word/_rels/document.xml.rels",
        PictureRelationships(
            5, "<Relationship Id='h' Type='x/header' Target='header1.xml'/>")},
       {"word/header1.xml", header},
       {"word/_rels/header1.xml.rels", PictureRelationships(5)},
       {"word/media/0.bmp", Blank(100, 100)},     // Few pixels.
       {"word/media/1.bmp", Blank(600, 600)},     // Shown as an icon.
       {"word/media/2.bmp", "\xd7\xcd\xc6\x9a"},  // A drawing.
       {"word/media/4.bmp", Blank(600, 601)}}));  // In the header.
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(Outline(*document),
            "paragraph Page header: Page head|paragraph Text.");
  EXPECT_EQ(document->unread_pictures, 0U);
  EXPECT_TRUE(document->warnings.empty());
}

TEST_F(FigurePicturesTest, APictureCountsOnceWhateverItsName) {
  const auto document =
      Counted(DocxWith(Said("Text.") + Drawn("p0", "") + Drawn("p0", "") +
                           Drawn("p1", "") + Drawn("p2", ""),
                       {Blank(400, 300), Blank(400, 300), Blank(400, 300, 0)}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 2U);
}

TEST_F(FigurePicturesTest, ADocumentOfPicturesAloneAsksForTheReader) {
  const std::string bytes = DocxWith(Drawn("p0", ""), {TowersBitmap()});
  const auto counted = Counted(bytes);
  EXPECT_EQ(ReasonOf(counted.status()), "NO_TEXT_LAYER");
  SKIP_WITHOUT_OCR();
  EXPECT_EQ(CellsOf(ParseOk(bytes, "")), kTowers);
  const auto nothing =
      WithPictures(DocxWith(Drawn("p0", ""), {Blank(400, 300)}));
  EXPECT_EQ(ReasonOf(nothing.status()), "NO_TEXT_LAYER");
  EXPECT_NE(MessageOf(nothing.status()).find("no words were found"),
            std::string::npos);
}

TEST_F(FigurePicturesTest, BombsAreLeftOutWithAWarning) {
  const auto document = Counted(
      DocxWith(Said("Text.") + Drawn("p0", "") + Drawn("p1", ""),
               {PngHead(50'000, 50'000), PngHead(0xffffffff, 0xffffffff)}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 0U);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_EQ(document->warnings[0].find("2 pictures were left out: above"), 0U);
}

TEST_F(FigurePicturesTest, OfTenThousandPicturesSomeAreLookedAt) {
  std::string body = Said("Text.");
  std::vector<std::string> pictures;
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    body += Drawn("p" + std::to_string(i), "");
    pictures.push_back(PngHead(1'000 + i, 1'000));
  }
  const auto document = Counted(DocxWith(body, pictures));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(document->unread_pictures, 2'000U);
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_EQ(document->warnings[0].find("8000 pictures were left out"), 0U);
}

TEST_F(FigurePicturesTest, PicturesBeyondTheLimitAreLeftOut) {
  SKIP_WITHOUT_OCR();
  Limits limits;
  limits.ocr_pages_max = 1;
  const auto document =
      WithPictures(DocxWith(Drawn("p0", "") + Drawn("p1", "") + Drawn("p2", ""),
                            {TowersBitmap(), Blank(400, 300), Blank(300, 400)}),
                   limits);
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(CellsOf(*document), kTowers);
  ASSERT_EQ(document->warnings.size(), 2U);
  EXPECT_EQ(document->warnings[1].find("2 pictures were left out"), 0U);
}

TEST_F(FigurePicturesTest, WhatIsReadInNoiseIsNoText) {
  SKIP_WITHOUT_OCR();
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  ocr::Picture noise;
  noise.width = 400;
  noise.height = 300;
  // Blotches of some pixels, as large as letters.
  noise.grey.assign(std::size_t{noise.width} * noise.height, 255);
  for (int i = 0; i < 300; ++i) {
    const std::uint32_t left = random() % 390;
    const std::uint32_t top = random() % 290;
    const std::uint8_t grey = random() % 200;
    for (std::uint32_t y = top; y < top + 3 + random() % 7; ++y) {
      for (std::uint32_t x = left; x < left + 3 + random() % 7; ++x) {
        noise.grey[y * noise.width + x] = grey;
      }
    }
  }
  const auto document = WithPictures(
      DocxWith(Said("Text.") + Drawn("p0", ""), {pdf::ToBitmap(noise)}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(Outline(*document), "paragraph Text.");
}

TEST_F(FigurePicturesTest, SignsWithoutAWordAreNoText) {
  SKIP_WITHOUT_OCR();
  pdf::TestPdf page;
  page.Page().Text(60, 720, "7 + 5 = 12", 24);
  const auto document =
      WithPictures(DocxWith(Said("Text.") + Drawn("p0", ""),
                            {pdf::ToBitmap(pdf::Rendered(page, 150))}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(Outline(*document), "paragraph Text.");
}

TEST_F(FigurePicturesTest, DamagedPicturesAreAWarning) {
  SKIP_WITHOUT_OCR();
  const auto document = WithPictures(
      DocxWith(Said("Text.") + Drawn("p0", ""), {PngHead(400, 300)}));
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(Outline(*document), "paragraph Text.");
  ASSERT_EQ(document->warnings.size(), 1U);
  EXPECT_EQ(document->warnings[0], "1 picture cannot be read");
}

}  // namespace
}  // namespace cairn
