#include "documents/formats/odf/odf_parser.h"

#include "documents/formats/package/package_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

TEST(Odt, HeadingsListsAndNotesKeepTheirPlace) {
  const ParsedDocument document = ParseOk(
      MakeOdf("text",
              "<text:h text:outline-level='2'>Head</text:h><text:p>One<text:s "
              "text:c='3'/>two<text:note text:note-class='footnote'>"
              "<text:note-citation>1</text:note-citation><text:note-body>"
              "<text:p>Note.</text:p></text:note-body></text:note></text:p>"
              "<text:list><text:list-item><text:p>a</text:p><text:list>"
              "<text:list-item><text:p>b</text:p></text:list-item></text:list>"
              "</text:list-item></text:list>"),
      "");
  EXPECT_EQ(Outline(document),
            "heading2 Head|paragraph One two|paragraph Footnote 1: Note.|"
            "list_item1 a|list_item2 b");
  EXPECT_EQ(document.format, "odt");
}

TEST(Odt, ListsAndHeadingsHaveTheirNumbers) {
  const auto level = [](int number, const std::string& name,
                        const std::string& more) {
    return "<text:" + name + " text:level='" + std::to_string(number) + "' " +
           more + "/>";
  };
  const std::string styles =
      "<office:document-styles><office:styles><text:outline-style>" +
      level(1, "outline-level-style", "style:num-format='1'") +
      level(2, "outline-level-style",
            "style:num-format='1' text:display-levels='2'") +
      "</text:outline-style><text:list-style style:name='L'>" +
      level(1, "list-level-style-number",
            "style:num-format='A' style:num-suffix=')'") +
      level(2, "list-level-style-number",
            "style:num-format='i' text:display-levels='2' "
            "style:num-prefix='(' style:num-suffix=')'") +
      level(3, "list-level-style-bullet", "") +
      "</text:list-style></office:styles></office:document-styles>";
  const auto heading = [](int outline, const std::string& text) {
    return "<text:h text:outline-level='" + std::to_string(outline) + "'>" +
           text + "</text:h>";
  };
  const auto item = [](const std::string& inside) {
    return "<text:list-item><text:p>" + inside + "</text:list-item>";
  };
  const ParsedDocument document = ParseOk(
      MakeOdf("text",
              heading(1, "One") + heading(2, "Part") + heading(2, "Other") +
                  heading(1, "Two") + heading(2, "Last") +
                  "<text:list text:style-name='L'>" +
                  item("a</text:p><text:list>" + item("b</text:p>") +
                       item("c</text:p><text:list>" + item("d</text:p>") +
                            "</text:list>") +
                       "</text:list>") +
                  item("e</text:p>") +
                  "</text:list><text:p>x</text:p><text:list "
                  "text:style-name='L' text:continue-numbering='true'>" +
                  item("f</text:p>") + "</text:list><text:p>y</text:p>" +
                  "<text:list text:style-name='L'>" + item("g</text:p>") +
                  "</text:list>",
              {{"styles.xml", styles}}),
      "");
  EXPECT_EQ(Outline(document),
            "heading1 1 One|heading2 1.1 Part|heading2 1.2 Other|heading1 2 "
            "Two|heading2 2.1 Last|list_item1 A) a|list_item2 (A.i) b|"
            "list_item2 (A.ii) c|list_item3 d|list_item1 B) e|paragraph x|"
            "list_item1 C) f|paragraph y|list_item1 A) g");
}

TEST(Odt, PageHeadersAndFootersStandOnceAndPageNumbersNowhere) {
  const ParsedDocument document = ParseOk(
      MakeOdf("text", "<text:p>Text.</text:p>",
              {{"styles.xml",
                "<office:document-styles><office:master-styles>"
                "<style:master-page><style:header><text:p>ACME</text:p>"
                "</style:header><style:footer><text:p>Page "
                "<text:page-number>2</text:page-number> of <text:page-count>9"
                "</text:page-count></text:p></style:footer>"
                "</style:master-page><style:master-page><style:header>"
                "<text:p>ACME</text:p></style:header></style:master-page>"
                "</office:master-styles></office:document-styles>"}}),
      "");
  EXPECT_EQ(Outline(document), "paragraph Page header: ACME|paragraph Text.");
}

TEST(Odt, RaisedDigitsStayApartFromTheirNumber) {
  EXPECT_EQ(
      ParseOk(MakeOdf("text",
                      "<text:p>10<text:span text:style-name='T1'>6</text:span> "
                      "CO<text:span text:style-name='T2'>2</text:span>"
                      "</text:p>",
                      {{"styles.xml",
                        "<office:document-styles><office:styles><style:style "
                        "style:family='text' style:name='T1'>"
                        "<style:text-properties style:text-position='super "
                        "58%'/></style:style><style:style style:family='text' "
                        "style:name='T2'><style:text-properties "
                        "style:text-position='sub 58%'/></style:style>"
                        "</office:styles></office:document-styles>"}}),
              "")
          .text,
      "10⁶ CO2");
}

TEST(Odt, FlatFilesAreRead) {
  const ParsedDocument document = ParseOk(
      "<?xml version='1.0'?><office:document office:mimetype=\""
      "application/vnd.oasis.opendocument.text\"><office:body><office:text>"
      "<text:p>flat</text:p></office:text></office:body></office:document>",
      "", "a.fodt");
  EXPECT_EQ(document.text, "flat");
}

TEST(Odt, AProtectedFileSaysSo) {
  EXPECT_EQ(ParseReason(MakeOdf("text", "<text:p>x</text:p>",
                                {{"META-INF/manifest.xml",
                                  "<m><m:file-entry m:full-path='content.xml'>"
                                  "<m:encryption-data/></m:file-entry></m>"}}),
                        ""),
            "ENCRYPTED_PACKAGE");
}

TEST(Ods, RepeatedCellsAndRowsAreBounded) {
  const ParsedDocument document =
      ParseOk(MakeOdf("spreadsheet",
                      "<table:table table:name='S'><table:table-row "
                      "table:number-rows-repeated='1048576'><table:table-cell "
                      "table:number-columns-repeated='16384'><text:p>x</text:p>"
                      "</table:table-cell></table:table-row></table:table>"),
              "");
  EXPECT_EQ(Outline(document), "heading1 S|paragraph x");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(
      document.warnings[0],
      "2 cells or rows that repeat more than 1000 times, or inside another "
      "table, were read once");
}

TEST(Ods, ShortRepetitionsAndMergesAreKept) {
  const ParsedDocument document = ParseOk(
      MakeOdf("spreadsheet",
              "<table:table table:name='S'><table:table-row><table:table-cell "
              "table:number-columns-spanned='2'><text:p>wide</text:p>"
              "</table:table-cell><table:covered-table-cell/><table:table-cell>"
              "<text:p>z</text:p></table:table-cell></table:table-row>"
              "<table:table-row table:number-rows-repeated='2'>"
              "<table:table-cell table:number-columns-repeated='3' "
              "office:value='3'/></table:table-row></table:table>"),
      "");
  EXPECT_EQ(CellsOf(document), "wide,z;3,3,3;3,3,3");
  EXPECT_EQ(document.tables[0].cells[0].column_span, 2U);
}

TEST(Odt, TablesInsideTablesDoNotMultiply) {
  std::string body = "<text:p>x</text:p>";
  for (int i = 0; i < 50; ++i) {
    body =
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p>"
        "</table:table-cell><table:table-cell "
        "table:number-columns-repeated='1000'>" +
        body + "</table:table-cell></table:table-row></table:table>";
  }
  const ParsedDocument document = ParseOk(MakeOdf("text", body), "");
  EXPECT_LT(document.text.size(), 1000U * 400);
  EXPECT_TRUE(document.text.find('x') != std::string::npos);
}

TEST(Odp, EverySlideIsAPage) {
  const std::string page =
      "<draw:page><draw:frame presentation:class='title'><draw:text-box>"
      "<text:p>Title</text:p></draw:text-box></draw:frame><draw:frame>"
      "<draw:text-box><text:p>text</text:p></draw:text-box></draw:frame>"
      "<presentation:notes><draw:frame presentation:class='notes'>"
      "<draw:text-box><text:p>say</text:p></draw:text-box></draw:frame>"
      "</presentation:notes></draw:page>";
  const ParsedDocument document =
      ParseOk(MakeOdf("presentation", page + page), "");
  EXPECT_EQ(document.pages, 2U);
  EXPECT_EQ(Outline(document),
            "heading1 Title|paragraph text|paragraph Notes: say|"
            "heading1 Title|paragraph text|paragraph Notes: say");
}

}  // namespace
}  // namespace cairn
