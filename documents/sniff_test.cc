#include "documents/sniff.h"

#include <gtest/gtest.h>

#include <string>

#include "documents/formats/ole/compound_file_for_test.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

std::string Sniffed(std::string_view bytes, std::string_view media = {},
                    std::string_view name = {}) {
  const auto format =
      SniffFormat({.bytes = bytes, .media_type = media, .file_name = name});
  return format.ok() ? std::string(*format) : ReasonOf(format.status());
}

TEST(Sniff, TakesMagicOverHints) {
  EXPECT_EQ(Sniffed("%PDF-1.7\n", "text/plain", "a.txt"), "pdf");
  EXPECT_EQ(Sniffed("PK\x03\x04\0\0\0\0"sv, "text/html", "a.html"),
            "ARCHIVE_NOT_UNPACKED");
}

TEST(Sniff, TakesMediaTypeOverName) {
  EXPECT_EQ(Sniffed("# x", "text/plain", "a.md"), "text");
  EXPECT_EQ(Sniffed("# x", "Text/Markdown; charset=utf-8", "a.txt"),
            "markdown");
  EXPECT_EQ(Sniffed("a,b", "application/octet-stream", "a.CSV"), "csv");
}

TEST(Sniff, LooksAtTheBytesLast) {
  EXPECT_EQ(Sniffed("  <!DOCTYPE html><p>x"), "html");
  EXPECT_EQ(Sniffed("I wrote <html> here"), "text");
  EXPECT_EQ(Sniffed("just words"), "text");
  EXPECT_EQ(Sniffed("On %PDF- headers", "", "a.txt"), "text");
}

TEST(Sniff, KnowsPicturesByTheirBytes) {
  EXPECT_EQ(Sniffed("\x89PNG\r\n\x1a\n\0\0\0\r"sv, "", "a.txt"), "image");
  EXPECT_EQ(Sniffed("\xff\xd8\xff\xe0\0\x10JFIF\0"sv), "image");
  EXPECT_EQ(Sniffed("II*\0\x08\0\0\0"sv), "image");
  EXPECT_EQ(Sniffed("RIFF\x10\0\0\0WEBPVP8 "sv), "image");
  // Not by their name.
  EXPECT_EQ(Sniffed("MM* is a joke", "", "a.png"), "text");
}

TEST(Sniff, XmlWithABodyIsNoPage) {
  const std::string article =
      "<?xml version='1.0'?><article><body><p>x</p></body></article>";
  EXPECT_EQ(Sniffed(article, "", "a.xml"), "xml");
  EXPECT_EQ(Sniffed(article), "xml");
  EXPECT_EQ(
      Sniffed("<?xml version='1.0'?><html><body>x</body></html>", "", "a.xml"),
      "html");
}

TEST(Sniff, TellsOldOfficeFilesByTheirStreams) {
  const auto sniffed = [](const char* stream, std::string_view name) {
    return Sniffed(MakeCompoundFile({{stream, "x"}}), "", name);
  };
  EXPECT_EQ(sniffed("WordDocument", "a.xls"), "doc");
  EXPECT_EQ(sniffed("Workbook", "a.txt"), "xls");
  EXPECT_EQ(sniffed("Book", ""), "xls");
  EXPECT_EQ(sniffed("PowerPoint Document", "a.doc"), "ppt");
  EXPECT_EQ(sniffed("PP97_DUALSTORAGE", "a.ppt"), "ppt");
  EXPECT_EQ(sniffed("__properties_version1.0", ""), "msg");
  EXPECT_EQ(sniffed("Something", "a.doc"), "UNKNOWN_FORMAT");
}

TEST(Sniff, SaysWhatItCannotRead) {
  EXPECT_EQ(Sniffed(""), "EMPTY_DOCUMENT");
  EXPECT_EQ(Sniffed(" \n\t"), "EMPTY_DOCUMENT");
  EXPECT_EQ(Sniffed("\x01\x02\x03\x04\x05\x06\x07\0\0\0\0"sv), "NOT_TEXT");
  EXPECT_EQ(Sniffed("\x7f"
                    "ELF\2\1\1\0\0\0\0"sv,
                    "", "a.txt"),
            "UNKNOWN_FORMAT");
}

TEST(Sniff, KnowsTheEndingsOfEveryFormat) {
  for (const FormatParser* format : AllFormats()) {
    SCOPED_TRACE(format->name());
    EXPECT_FALSE(EndingsOf(format->name()).empty());
    for (const std::string_view ending : EndingsOf(format->name())) {
      const std::string name = "a." + std::string(ending);
      // Names of packages count for packages alone, cut off as they may be.
      EXPECT_TRUE(Sniffed("x", "", name) == format->name() ||
                  Sniffed("PK\x03\x04 cut off"sv, "", name) == format->name())
          << ending;
    }
  }
}

TEST(Formats, AreAllFoundByTheirNames) {
  for (const FormatParser* format : AllFormats()) {
    EXPECT_EQ(FormatByName(format->name()), format);
  }
  EXPECT_EQ(FormatByName("floppy"), nullptr);
}

}  // namespace
}  // namespace cairn
