#include "documents/formats/docx/docx_parser.h"

#include "documents/formats/package/package_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string P(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t>" + text +
         "</w:t></w:r></w:p>";
}

ParsedDocument Parse(const std::string& body, TestParts more = {}) {
  return ParseOk(MakeDocx(body, std::move(more)), "");
}

TEST(Docx, StylesInheritTheirOutlineLevel) {
  const ParsedDocument document = Parse(
      P("Part", "<w:pStyle w:val='Mine'/>") + P("Text.") +
          P("Chapter", "<w:outlineLvl w:val='2'/>"),
      {{"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id='r' Type='x/styles' "
        "Target='styles.xml'/></Relationships>"},
       {"word/styles.xml",
        "<w:styles><w:style w:type='paragraph' w:styleId='Base'><w:name "
        "w:val='heading 2'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='Mine'/>"
        "<w:basedOn w:val='Base'/></w:style></w:styles>"}});
  EXPECT_EQ(Outline(document),
            "heading2 Part|paragraph Text.|heading3 Chapter");
}

TEST(Docx, InsertionsStayAndDeletionsGoWithAWarning) {
  const ParsedDocument document = Parse(
      "<w:p><w:r><w:t xml:space='preserve'>It is </w:t></w:r><w:ins><w:r><w:t>"
      "new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r>"
      "</w:del></w:p>");
  EXPECT_EQ(document.text, "It is new");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0], "1 tracked deletions were left out");
}

TEST(Docx, FieldsShowTheirResultAndBoxesStandOnce) {
  const ParsedDocument document = Parse(
      "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE"
      "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
      "<w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
      "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>"
      "<w:txbxContent>" +
      P("in a box") +
      "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
      "<w:pict><v:textbox><w:txbxContent>" +
      P("in a box") +
      "</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
      "</mc:AlternateContent></w:r></w:p>");
  EXPECT_EQ(Outline(document), "paragraph 7|paragraph in a box");
}

TEST(Docx, MergedCellsBecomeSpans) {
  const auto cell = [](const std::string& text, const std::string& more = "") {
    return "<w:tc><w:tcPr>" + more + "</w:tcPr>" + P(text) + "</w:tc>";
  };
  const ParsedDocument document =
      Parse("<w:tbl><w:tr>" + cell("wide", "<w:gridSpan w:val='2'/>") +
            "</w:tr><w:tr>" + cell("tall", "<w:vMerge w:val='restart'/>") +
            cell("a") + "</w:tr><w:tr>" + cell("", "<w:vMerge/>") + cell("b") +
            "</w:tr></w:tbl>");
  EXPECT_EQ(CellsOf(document), "wide;tall,a;b");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].cells[0].column_span, 2U);
  EXPECT_EQ(document.tables[0].cells[1].row_span, 2U);
}

TEST(Docx, OneColumnIsATableOnlyWithLinesBetweenItsRows) {
  const auto table = [](const std::string& line) {
    return "<w:tbl><w:tblPr><w:tblBorders><w:insideH w:val='" + line +
           "'/></w:tblBorders></w:tblPr><w:tr><w:tc>" + P("Risks") +
           "</w:tc></w:tr><w:tr><w:tc>" + P("Fire") + "</w:tc></w:tr></w:tbl>";
  };
  EXPECT_EQ(CellsOf(Parse(table("single"))), "Risks;Fire");
  EXPECT_EQ(Outline(Parse(table("nil"))), "paragraph Risks|paragraph Fire");
  EXPECT_EQ(
      Outline(Parse("<w:tbl><w:tblPr><w:tblBorders><w:insideH "
                    "w:val='single'/></w:tblBorders></w:tblPr><w:tr>"
                    "<w:tc>" +
                    P("A box of") + P("text") + "</w:tc></w:tr></w:tbl>")),
      "paragraph A box of|paragraph text");
}

TEST(Docx, RaisedDigitsStayApartFromTheirNumber) {
  const auto run = [](const std::string& text, const std::string& more = "") {
    return "<w:r><w:rPr>" + more + "</w:rPr><w:t>" + text + "</w:t></w:r>";
  };
  EXPECT_EQ(Parse("<w:p>" + run("10") +
                  run("6", "<w:vertAlign w:val='superscript'/>") + run("CO") +
                  run("2", "<w:vertAlign w:val='subscript'/>") + "</w:p>")
                .text,
            "10⁶CO2");
}

TEST(Docx, NotesFollowTheirParagraph) {
  const ParsedDocument document = Parse(
      "<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:footnoteReference w:id='2'/>"
      "</w:r></w:p>" +
          P("Next."),
      {{"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id='r' Type='x/footnotes' "
        "Target='footnotes.xml'/></Relationships>"},
       {"word/footnotes.xml", "<w:footnotes><w:footnote w:id='2'>" +
                                  P("Proof.") +
                                  "</w:footnote></w:footnotes>"}});
  EXPECT_EQ(Outline(document),
            "paragraph Claim|paragraph Footnote 1: Proof.|paragraph Next.");
}

TEST(Docx, CommentsSayWhoWroteThemAndWhen) {
  const ParsedDocument document = Parse(
      "<w:p><w:r><w:t>Claim</w:t></w:r><w:r><w:commentReference w:id='0'/>"
      "</w:r></w:p>",
      {{"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id='r' Type='x/comments' "
        "Target='comments.xml'/></Relationships>"},
       {"word/comments.xml",
        "<w:comments><w:comment w:id='0' w:author='Ada L.' "
        "w:date='2024-03-05T10:00:00Z'>" +
            P("Really?") + "</w:comment></w:comments>"}});
  EXPECT_EQ(Outline(document),
            "paragraph Claim|paragraph Comment by Ada L., 2024-03-05: Really?");
}

TEST(Docx, PageHeadersAndFootersStandOnceAndPageNumbersNowhere) {
  const auto field = [](const std::string& name) {
    return "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> " +
           name +
           " </w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/>"
           "</w:r><w:r><w:t>3</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/>"
           "</w:r>";
  };
  const auto run = [](const std::string& text) {
    return "<w:r><w:t xml:space='preserve'>" + text + "</w:t></w:r>";
  };
  const std::string number = "<w:p>" + run("Page ") + field("PAGE") +
                             run(" of ") + field("NUMPAGES") + "</w:p>";
  const ParsedDocument document = Parse(
      P("Text."),
      {{"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id='a' Type='x/header' Target='h1.xml'/>"
        "<Relationship Id='b' Type='x/header' Target='h2.xml'/><Relationship "
        "Id='c' Type='x/footer' Target='f1.xml'/><Relationship Id='d' "
        "Type='x/footer' Target='f2.xml'/></Relationships>"},
       {"word/h1.xml", "<w:hdr>" + P("ACME, confidential") + "</w:hdr>"},
       {"word/h2.xml", "<w:hdr>" + P("ACME, confidential") + "</w:hdr>"},
       {"word/f1.xml", "<w:ftr>" + number + "</w:ftr>"},
       {"word/f2.xml", "<w:ftr><w:p>" + run("Draft 7, page ") + field("PAGE") +
                           "</w:p></w:ftr>"}});
  EXPECT_EQ(Outline(document),
            "paragraph Page header: ACME, confidential|"
            "paragraph Page footer: Draft 7, page|paragraph Text.");
}

TEST(Docx, EmbeddedObjectsAreToldOf) {
  const ParsedDocument document = Parse(
      P("Text."), {{"word/_rels/document.xml.rels",
                    "<Relationships><Relationship Id='a' Type='x/oleObject' "
                    "Target='embeddings/o.bin'/></Relationships>"}});
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0],
            "1 embedded objects of other programs were left out: give them as "
            "documents of their own");
}

TEST(Docx, RefusesWhatHoldsNoDocument) {
  EXPECT_EQ(ParseReason(MakePackage({{"word/other.xml", "<a/>"}}), ""),
            "DAMAGED_PACKAGE");
  EXPECT_EQ(ParseReason(MakeDocx(""), ""), "EMPTY_DOCUMENT");
}

TEST(Docx, AnEncryptedFileSaysSo) {
  std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
  ole.resize(600, '\0');
  for (const char sign : std::string("EncryptedPackage")) {
    ole += sign;
    ole += '\0';
  }
  EXPECT_EQ(ParseReason(ole, "", "a.docx"), "ENCRYPTED_PACKAGE");
}

}  // namespace
}  // namespace cairn
