// Mutated packages through every parser of packages: an answer or an error
// with a reason, never a breach of domain/document.h. The XML inside is mutated
// and packed again, so that it gets past the checksums.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "documents/formats/package/package_for_test.h"
#include "documents/parser.h"

namespace cairn {
namespace {

const std::vector<TestParts>& Seeds() {
  static const auto* const seeds = new std::vector<TestParts>{
      {{"word/document.xml",
        "<w:document><w:body><w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r>"
        "<w:t>x</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan "
        "w:val='3'/><w:vMerge/></w:tcPr><w:p><w:r><w:t>c</w:t></w:r></w:p>"
        "</w:tc><w:tc/></w:tr></w:tbl></w:body></w:document>"}},
      {{"xl/workbook.xml",
        "<workbook><sheets><sheet name='D' r:id='r1'/></sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels",
        "<R><Relationship Id='r1' Type='x/worksheet' Target='s.xml'/></R>"},
       {"xl/s.xml",
        "<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>a</v></c><c "
        "r='C7'><v>1e9</v></c></row></sheetData><mergeCells><mergeCell "
        "ref='A1:D9'/></mergeCells></worksheet>"}},
      {{"ppt/presentation.xml",
        "<p><sldIdLst><sldId r:id='r1'/></sldIdLst></p>"},
       {"ppt/_rels/presentation.xml.rels",
        "<R><Relationship Id='r1' Type='x/slide' Target='s.xml'/></R>"},
       {"ppt/s.xml",
        "<s><cSld><spTree><sp><nvSpPr><nvPr><ph type='title'/></nvPr></nvSpPr>"
        "<txBody><p><r><t>T</t></r></p></txBody></sp><graphicFrame><graphic>"
        "<graphicData><tbl><tr><tc gridSpan='9' rowSpan='9'><txBody><p><r><t>c"
        "</t></r></p></txBody></tc><tc hMerge='1'/></tr></tbl></graphicData>"
        "</graphic></graphicFrame></spTree></cSld></s>"}},
      {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
       {"content.xml",
        "<d><body><spreadsheet><table name='S'><table-row "
        "number-rows-repeated='3'><table-cell number-columns-repeated='99' "
        "number-columns-spanned='7' number-rows-spanned='8'><p>x<s c='9'/></p>"
        "<annotation><p>n</p></annotation></table-cell></table-row></table>"
        "</spreadsheet></body></d>"}},
      {{"mimetype", "application/vnd.oasis.opendocument.text"},
       {"content.xml",
        "<d><body><text><h outline-level='3'>H</h><list><list-item><p>i</p>"
        "</list-item></list><table><table-row><table-cell "
        "number-columns-repeated='4'><p>c</p></table-cell></table-row></table>"
        "<p><frame><text-box><p>b</p></text-box></frame></p></text></body></"
        "d>"}},
      {{"mimetype", "application/epub+zip"},
       {"a.opf",
        "<package><metadata><title>Book</title></metadata><manifest><item id="
        "'a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest>"
        "<spine><itemref idref='a'/></spine></package>"},
       {"a.xhtml", "<html><body><h1>H</h1><p>x<br/><i/></p></body></html>"}}};
  return *seeds;
}

void Mutate(std::mt19937& random, std::string& bytes) {
  if (bytes.empty()) return;
  const std::size_t at = random() % bytes.size();
  switch (random() % 5) {
    case 0:
      bytes.resize(at);
      break;
    case 1:
      bytes[at] = static_cast<char>(random());
      break;
    case 2:
      bytes.insert(at, bytes.substr(at, random() % 80));
      break;
    case 3:
      bytes.erase(at, random() % 12);
      break;
    default:
      // Numbers become huge, names wrong.
      bytes.insert(at, std::to_string(random()));
  }
}

void Check(const std::string& bytes, const Limits& limits) {
  for (const FormatParser* format : AllFormats()) {
    if (!format->needs_jail() || format->name() == "pdf") continue;
    SCOPED_TRACE(format->name());
    const auto document = format->Parse({.bytes = bytes}, limits);
    if (document.ok()) {
      ASSERT_EQ(FindBreach(*document), "");
      ASSERT_LE(document->text.size(), limits.text_bytes_max);
      ASSERT_LE(document->blocks.size(), limits.blocks_max);
    } else {
      ASSERT_EQ(document.status().code(), StatusCode::kInvalidArgument)
          << document.status();
      ASSERT_NE(ReasonOf(document.status()), "");
    }
  }
}

TEST(HostilePackages, MutatedPartsNeverBreakAPromise) {
  Limits small;
  small.blocks_max = 3;
  small.cells_max = 4;
  small.nesting_max = 12;
  small.text_bytes_max = 60;
  small.pages_max = 1;
  for (unsigned seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    TestParts parts = Seeds()[random() % Seeds().size()];
    for (unsigned i = 1 + random() % 6; i > 0; --i) {
      Mutate(random, parts[random() % parts.size()].second);
    }
    const std::string bytes = MakePackage(parts);
    Check(bytes, Limits());
    Check(bytes, small);
    if (HasFatalFailure()) return;
  }
}

TEST(HostilePackages, MutatedBytesNeverBreakAPromise) {
  for (unsigned seed = 0; seed < 1500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    std::string bytes = MakePackage(Seeds()[random() % Seeds().size()]);
    for (unsigned i = 1 + random() % 6; i > 0; --i) Mutate(random, bytes);
    Check(bytes, Limits());
    if (HasFatalFailure()) return;
  }
}

TEST(HostilePackages, SampleFilesAreReadWithoutABreach) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(CAIRN_SOURCE_DIR) / "../shared/data/documents";
  if (!fs::exists(root)) {
    GTEST_SKIP() << "SKIPPED: no sample documents at " << root;
  }
  int read = 0;
  for (const char* kind : {"docx", "pptx", "xlsx", "odf", "epub"}) {
    for (const auto& entry : fs::directory_iterator(root / kind / "sources")) {
      if (entry.path().extension() == ".pdf") continue;
      SCOPED_TRACE(entry.path().filename().string());
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      const std::string name = entry.path().filename().string();
      const auto document =
          ParseInProcess({.bytes = bytes, .file_name = name}, Limits());
      ASSERT_TRUE(document.ok()) << document.status();
      EXPECT_EQ(FindBreach(*document), "");
      ++read;
    }
  }
  EXPECT_GT(read, 40);
}

}  // namespace
}  // namespace cairn
