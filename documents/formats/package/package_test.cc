// Packages and their XML: limits, damage, bombs.
#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

#include "documents/document_builder.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/formats/package/shape_order.h"
#include "documents/formats/package/xml.h"
#include "documents/formats/package/zip_package.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string LoadReason(const std::string& xml) {
  const auto document = LoadXml(xml, "p.xml", XmlSpace::kData, Limits());
  return document.ok() ? "OK" : ReasonOf(document.status());
}

TEST(ZipPackage, FindsPartsWithoutCaseAndReadsThem) {
  const std::string bytes = MakePackage({{"Word/A.xml", "content"}});
  auto package = ZipPackage::Open(bytes, Limits());
  ASSERT_TRUE(package.ok()) << package.status();
  EXPECT_TRUE(package->Has("/word/a.XML"));
  EXPECT_EQ(*package->Read("word/a.xml"), "content");
  EXPECT_EQ(ReasonOf(package->Read("word/b.xml").status()), "PART_MISSING");
}

TEST(ZipPackage, RefusesAPartThatExpandsTooMuch) {
  const std::string bytes =
      MakePackage({{"bomb", std::string(std::size_t{20} << 20, 'a')}});
  ASSERT_LT(bytes.size(), std::size_t{100'000});
  auto package = ZipPackage::Open(bytes, Limits());
  ASSERT_TRUE(package.ok());
  EXPECT_EQ(ReasonOf(package->Read("bomb").status()), "PACKAGE_TOO_LARGE");
}

TEST(ZipPackage, RefusesTooManyParts) {
  TestParts parts;
  for (int i = 0; i < 20'001; ++i) parts.emplace_back(std::to_string(i), "");
  const auto package = ZipPackage::Open(MakePackage(parts), Limits());
  EXPECT_EQ(ReasonOf(package.status()), "TOO_MANY_PARTS");
}

TEST(ZipPackage, DoesNotBelieveAStatedSize) {
  const std::string content(5000, 'x');
  std::string bytes = MakePackage({{"part", content + "end"}});
  // The uncompressed size in the directory: 24 bytes after its signature.
  const std::size_t entry = bytes.find("PK\x01\x02");
  ASSERT_NE(entry, std::string::npos);
  bytes[entry + 24] = 10;
  bytes[entry + 25] = 0;
  auto package = ZipPackage::Open(bytes, Limits());
  if (package.ok()) {
    EXPECT_EQ(ReasonOf(package->Read("part").status()), "DAMAGED_PACKAGE");
  } else {
    EXPECT_EQ(ReasonOf(package.status()), "DAMAGED_PACKAGE");
  }
}

TEST(ZipPackage, RefusesATruncatedPackage) {
  const std::string bytes = MakeDocx("<w:p><w:r><w:t>x</w:t></w:r></w:p>");
  for (std::size_t size = 4; size < bytes.size(); size += 7) {
    EXPECT_EQ(ParseReason(bytes.substr(0, size), "", "a.docx"),
              "DAMAGED_PACKAGE")
        << size;
  }
}

TEST(ZipPackage, NamesNeverLeaveTheRoot) {
  EXPECT_EQ(ResolvePartName("word/document.xml", "../../../etc/passwd"),
            "etc/passwd");
  EXPECT_EQ(ResolvePartName("a/b/c.xml", "../d%20e.xml#f"), "a/d e.xml");
  EXPECT_EQ(ResolvePartName("a/b.xml", "/c/./d.xml"), "c/d.xml");
}

TEST(Xml, ExpandsNoEntityOfADocumentType) {
  const auto document = LoadXml(
      "<!DOCTYPE a [<!ENTITY b 'boom'><!ENTITY c SYSTEM "
      "'file:///etc/passwd'>]><a>&b;&c;&lt;</a>",
      "p.xml", XmlSpace::kData, Limits());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(AllText((*document)->root()), "&b;&c;<");
}

TEST(Xml, RefusesDeepNestingAndWhatIsNoXml) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(LoadReason(deep), "XML_TOO_DEEP");
  EXPECT_EQ(LoadReason("no markup"), "DAMAGED_XML");
}

TEST(Xml, KeepsWhatStandsBeforeDamage) {
  const auto document =
      LoadXml("<a><b>kept</b><c", "p.xml", XmlSpace::kData, Limits());
  ASSERT_TRUE(document.ok()) << document.status();
  EXPECT_EQ(AllText(ChildOf((*document)->root(), "b")), "kept");
  EXPECT_NE((*document)->damage, "");
}

TEST(Xml, ReferencesToControlCharactersBecomeSpaces) {
  const auto document =
      LoadXml("<a>x&#0;&#x1;&#xd800;y</a>", "p.xml", XmlSpace::kData, Limits());
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(CollapseWhiteSpace(AllText((*document)->root())), "x y");
}

TEST(ShapeOrder, ColumnsAreReadOneAfterTheOther) {
  // A banner, then two columns of two boxes far apart.
  const std::vector<ShapeBox> boxes = {{60, 20, 100, 40},
                                       {0, 45, 40, 60},
                                       {0, 0, 100, 10},
                                       {0, 20, 40, 40},
                                       {60, 45, 100, 60}};
  EXPECT_EQ(ReadingOrder(boxes), (std::vector<std::size_t>{2, 3, 1, 0, 4}));
}

TEST(ShapeOrder, BoxesThatOverlapKeepTheirOrder) {
  const std::vector<ShapeBox> boxes = {{50, 50, 90, 90}, {0, 0, 80, 80}};
  EXPECT_EQ(ReadingOrder(boxes), (std::vector<std::size_t>{0, 1}));
}

TEST(Properties, OfOfficeFilesAreKept) {
  const ParsedDocument word = ParseOk(
      MakeDocx("<w:p><w:r><w:t>x</w:t></w:r></w:p>",
               {{"_rels/.rels",
                 "<Relationships><Relationship Id='a' Type='x/core-properties' "
                 "Target='core.xml'/></Relationships>"},
                {"core.xml",
                 "<c><dc:creator>Ada</dc:creator><dcterms:created>2024-03-05T"
                 "10:00:00Z</dcterms:created><cp:keywords>a, b</cp:keywords>"
                 "<dcterms:modified>soon</dcterms:modified></c>"}}),
      "");
  const Metadata expected = {
      {"author", "Ada"}, {"created", "2024-03-05"}, {"keywords", "a, b"}};
  EXPECT_EQ(word.properties, expected);
  const ParsedDocument text =
      ParseOk(MakeOdf("text", "<text:p>x</text:p>",
                      {{"meta.xml",
                        "<m><office:meta><meta:initial-creator>Ada"
                        "</meta:initial-creator><meta:creation-date>2024-03-05"
                        "</meta:creation-date><meta:keyword>a</meta:keyword>"
                        "<meta:keyword>b</meta:keyword></office:meta></m>"}}),
              "");
  EXPECT_EQ(text.properties, expected);
}

}  // namespace
}  // namespace cairn
