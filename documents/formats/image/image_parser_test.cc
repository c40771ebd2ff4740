// Pictures. What needs an engine that reads skips, loudly, without one.
#include "documents/formats/image/image_parser.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "documents/formats/image/image_metadata.h"
#include "documents/formats/pdf/scan_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

class ImageParserTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    ::setenv("CAIRN_MODELS", CAIRN_DEPS_DIR "/models", 0);
  }
};

std::string BigEndian32(std::uint32_t value) {
  std::string out;
  for (int i = 3; i >= 0; --i) out += static_cast<char>(value >> (8 * i));
  return out;
}

// The check sum is not looked at.
std::string PngChunk(const std::string& type, std::string_view body) {
  return BigEndian32(static_cast<std::uint32_t>(body.size())) + type +
         std::string(body) + "\1\2\3\4";
}

std::string JpegSegment(char marker, std::string_view body) {
  std::string out = "\xff";
  out += marker;
  out += static_cast<char>((body.size() + 2) >> 8);
  out += static_cast<char>(body.size() + 2);
  return out + std::string(body);
}

// A TIFF header with one directory of entries, little-endian.
std::string Exif(const std::vector<std::pair<int, std::string>>& texts,
                 int orientation) {
  std::string entries;
  std::string data;
  const std::size_t count = texts.size() + 1;
  const std::size_t start = 8 + 2 + 12 * count + 4;
  const auto entry = [&](int tag, int type, std::size_t items,
                         const std::string& value) {
    entries += static_cast<char>(tag);
    entries += static_cast<char>(tag >> 8);
    entries += static_cast<char>(type);
    entries += '\0';
    entries += pdf::LittleEndian32(static_cast<std::uint32_t>(items)) + value;
  };
  for (const auto& [tag, text] : texts) {
    entry(tag, 2, text.size() + 1,
          pdf::LittleEndian32(static_cast<std::uint32_t>(start + data.size())));
    data += text + '\0';
  }
  entry(0x0112, 3, 1,
        pdf::LittleEndian32(static_cast<std::uint32_t>(orientation)));
  std::string out = "II*\0"s + pdf::LittleEndian32(8);
  out += static_cast<char>(count);
  out += '\0';
  return out + entries + pdf::LittleEndian32(0) + data;
}

TEST_F(ImageParserTest, APictureOfAPageIsReadAsAPage) {
  SKIP_WITHOUT_OCR();
  const ocr::Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  const ParsedDocument document = ParseOk(pdf::ToBitmap(picture), "");
  EXPECT_EQ(document.format, "image");
  EXPECT_EQ(document.pages, 1U);
  EXPECT_EQ(document.title, "Lighthouses of the coast");
  EXPECT_EQ(CellsOf(document),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas;"
            "Longships,35,electric");
  ASSERT_FALSE(document.blocks.empty());
  ASSERT_FALSE(document.blocks[0].boxes.empty());
  EXPECT_NEAR(document.blocks[0].boxes[0].left, 60, 6);
  EXPECT_NEAR(document.blocks[0].boxes[0].bottom, 792 - 720, 12);
}

TEST_F(ImageParserTest, WithoutAResolutionAPointIsAPixel) {
  SKIP_WITHOUT_OCR();
  const ocr::Picture picture = pdf::Rendered(pdf::TowersPage(), 144);
  const ParsedDocument document = ParseOk(pdf::ToBitmap(picture, false), "");
  ASSERT_FALSE(document.blocks.empty());
  ASSERT_FALSE(document.blocks[0].boxes.empty());
  EXPECT_NEAR(document.blocks[0].boxes[0].left, 2 * 60, 12);
}

TEST_F(ImageParserTest, PicturesThatLieOrStandOnTheirHeadAreTurned) {
  SKIP_WITHOUT_OCR();
  ocr::Picture picture = pdf::Rendered(pdf::TowersPage(), 150);
  for (int quarters = 1; quarters < 4; ++quarters) {
    SCOPED_TRACE(quarters);
    picture = pdf::TurnedRight(picture);
    const ParsedDocument document = ParseOk(pdf::ToBitmap(picture), "");
    EXPECT_EQ(document.title, "Lighthouses of the coast");
    EXPECT_EQ(document.tables.size(), 1U);
    ASSERT_FALSE(document.blocks.empty());
    ASSERT_FALSE(document.blocks[0].boxes.empty());
    const Box& box = document.blocks[0].boxes[0];
    // On the picture as it was given: the heading runs along its first edge.
    if (quarters == 2) {
      EXPECT_NEAR(box.right, 612 - 60, 8);
    } else {
      EXPECT_GT(box.bottom - box.top, box.right - box.left);
    }
  }
}

TEST_F(ImageParserTest, DamagedPicturesAreRefused) {
  SKIP_WITHOUT_OCR();
  EXPECT_EQ(ParseReason("\x89PNG\r\n\x1a\n\0\0\0\r"sv, ""), "DAMAGED_IMAGE");
  EXPECT_EQ(ParseReason("II*\0\x08\0\0\0\xff\xff"sv, ""), "DAMAGED_IMAGE");
  ocr::Picture white;
  white.width = white.height = 64;
  white.grey.assign(64 * 64, 255);
  EXPECT_EQ(ParseReason(pdf::ToBitmap(white), ""), "NO_TEXT_IN_IMAGE");
}

TEST_F(ImageParserTest, MangledBytesGiveAnAnswerOrAnError) {
  SKIP_WITHOUT_OCR();
  const std::string whole = pdf::ToBitmap(pdf::Rendered(pdf::TowersPage(), 30));
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = whole;
    for (int i = 0; i < 4; ++i) {
      bytes[2 + random() % 60] = static_cast<char>(random());
    }
    bytes.resize(bytes.size() - random() % (bytes.size() / 2));
    const auto document = ImageParser().Parse({.bytes = bytes}, Limits());
    if (document.ok()) {
      EXPECT_EQ(FindBreach(*document), "");
    } else {
      EXPECT_NE(ReasonOf(document.status()), "");
    }
  }
}

TEST(ImageMetadata, ReadsTheTextsOfPng) {
  const std::string png =
      "\x89PNG\r\n\x1a\n" + PngChunk("IHDR", "0123456789abc") +
      PngChunk("tEXt", "Title\0A tower"sv) +
      PngChunk("tEXt", "Author\0Ann M\xfcller"sv) +
      PngChunk("iTXt",
               "Description\0\0\0de\0Beschreibung\0Der Turm, gr\xc3\xbc"
               "n"sv) +
      PngChunk("zTXt", "Comment\0\0x"sv);
  const image::ImageMetadata metadata = image::ReadImageMetadata(png);
  EXPECT_EQ(metadata.title, "A tower");
  EXPECT_EQ(metadata.caption, "Der Turm, gr\xc3\xbcn");
  ASSERT_EQ(metadata.details.size(), 1U);
  EXPECT_EQ(metadata.details[0].second, "Ann M\xc3\xbcller");
  EXPECT_EQ(metadata.unread, 1U);
}

TEST(ImageMetadata, ReadsExifAndXmpOfJpeg) {
  const std::string xmp =
      "http://ns.adobe.com/xap/1.0/\0"s +
      "<x:xmpmeta xmlns:x='a'><rdf:RDF xmlns:rdf='b'><rdf:Description "
      "xmlns:p='c' p:Headline='Storm'><dc:subject "
      "xmlns:dc='d'><rdf:Bag><rdf:li>"
      "sea</rdf:li><rdf:li>tower</rdf:li></rdf:Bag></dc:subject>"
      "</rdf:Description></rdf:RDF></x:xmpmeta>";
  const std::string jpeg =
      "\xff\xd8" +
      JpegSegment('\xe1', "Exif\0\0"s + Exif({{0x010e, "The tower in a storm"},
                                              {0x010f, "NIKON CORPORATION"},
                                              {0x0110, "NIKON D90"},
                                              {0x0132, "2021:05:03 10:11:12"}},
                                             6)) +
      JpegSegment('\xe1', xmp) + JpegSegment('\xda', "");
  const image::ImageMetadata metadata = image::ReadImageMetadata(jpeg);
  EXPECT_EQ(metadata.caption, "The tower in a storm");
  EXPECT_EQ(metadata.orientation, 6);
  const std::vector<std::pair<std::string, std::string>> details = {
      {"camera", "NIKON D90"},
      {"changed", "2021:05:03 10:11:12"},
      {"headline", "Storm"},
      {"keywords", "sea, tower"}};
  EXPECT_EQ(metadata.details, details);
}

TEST(ImageMetadata, DamageIsPassedOver) {
  const std::string whole =
      "\xff\xd8" +
      JpegSegment('\xe1', "Exif\0\0"s + Exif({{0x010e, "Words"}}, 3)) +
      JpegSegment('\xed',
                  "Photoshop 3.0\0"
                  "8BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x78\0\x05Words"sv);
  EXPECT_EQ(image::ReadImageMetadata(whole).caption, "Words");
  for (unsigned seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = whole;
    for (int i = 0; i < 3; ++i) {
      bytes[3 + random() % (bytes.size() - 3)] = static_cast<char>(random());
    }
    bytes.resize(3 + random() % (bytes.size() - 2));
    const image::ImageMetadata metadata = image::ReadImageMetadata(bytes);
    EXPECT_GE(metadata.orientation, 1);
    EXPECT_LE(metadata.orientation, 8);
  }
}

}  // namespace
}  // namespace cairn
