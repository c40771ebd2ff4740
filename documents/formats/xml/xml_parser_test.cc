#include "documents/formats/xml/xml_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Xml(std::string_view bytes) {
  return ParseOk(bytes, "application/xml");
}

TEST(XmlParser, ShowsElementsByTheirNames) {
  EXPECT_EQ(Outline(Xml("<?xml version='1.0'?><!DOCTYPE c [<!ENTITY a 'b'>]>"
                        "<!-- no --><c><title>T &amp; &#252;</title><x:s "
                        "k=\"v>\"><p>run <b>bold</b> on</p></x:s><raw><![CDATA["
                        "1 < 2]]></raw></c>")),
            "paragraph title: T & ü|heading1 s|paragraph k: v> p: run bold on|"
            "paragraph raw: 1 < 2");
  EXPECT_EQ(CellsOf(Xml("<list><t><n>Varne</n><m>42</m></t><t><n>Ost</n>"
                        "<m>7</m></t></list>")),
            "n,m;Varne,42;Ost,7");
}

TEST(XmlParser, RaisedDigitsOfArticlesStayApartFromTheirNumber) {
  EXPECT_EQ(Outline(Xml("<article><body><sec><title>S</title><p>10<sup>6</sup>"
                        " cells, 1<sup>st</sup>, said<sup><xref>12</xref></sup>"
                        "</p></sec></body></article>")),
            "heading2 S|paragraph 10⁶ cells, 1st, said¹²");
}

TEST(XmlParser, ReadsJournalArticles) {
  const ParsedDocument document = Xml(
      "<article "
      "xml:lang='en'><front><article-meta><title-group><article-title>A"
      " <i>B</i></article-title></title-group><contrib-group><contrib><name>"
      "<surname>Doe</surname><given-names>Jo</given-names></name></contrib>"
      "</contrib-group><abstract><p>Short.</p></abstract></article-meta></"
      "front>"
      "<body><sec><label>1.</label><title>Intro</title><p>See <xref>1</xref>."
      "<table-wrap><label>Table 1</label><caption><p>Cap.</p></caption><table>"
      "<thead><tr><th rowspan='2'>a</th><th>b</th></tr></thead><tbody><tr><td>2"
      "</td></tr></tbody></table></table-wrap> After</p><fig><label>Fig 1"
      "</label><caption><p>Seen.</p></caption></fig></sec></"
      "body><back><ref-list>"
      "<ref><label>1</label><element-citation><person-group><name><surname>Ek"
      "</surname></name></person-group><year>2001</year></element-citation></"
      "ref>"
      "</ref-list></back></article>");
  EXPECT_EQ(Outline(document),
            "heading1 A B|paragraph Jo Doe|heading2 Abstract|paragraph Short.|"
            "heading2 1. Intro|paragraph See 1.|table Table 1 Cap. a | b  | 2|"
            "paragraph After|figure Fig 1 Seen.|heading2 References|"
            "list_item1 1 Ek. 2001.");
  EXPECT_EQ(document.title, "A B");
  EXPECT_EQ(document.language, "en");
}

TEST(XmlParser, MendsDamage) {
  EXPECT_EQ(Outline(Xml("<a><b>x</c></a> 1 < 2")),
            "paragraph b: x|paragraph 1|paragraph <|paragraph 2");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(Xml(deep + "text").warnings.size(), 1U);
  EXPECT_EQ(ParseReason("no tags", "", "a.xml"), "NOT_XML");
  // A quote without end must not cost a search to the end for every tag.
  std::string quotes;
  for (int i = 0; i < 200'000; ++i) quotes += "<a b='";
  EXPECT_NE(ParseReason(quotes, "text/xml"), "");
}

}  // namespace
}  // namespace cairn
