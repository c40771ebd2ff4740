#include "documents/formats/markdown/markdown_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Markdown(std::string_view bytes) {
  return ParseOk(bytes, "text/markdown");
}

TEST(MarkdownParser, RemovesMarkup) {
  EXPECT_EQ(Markdown("A *b* **c** `d` [link](http://x) ![alt](y.png) &amp; "
                     "<b>e</b> \\* f\ng")
                .text,
            "A b c d link alt & e * f g");
}

TEST(MarkdownParser, ReadsBlocks) {
  const ParsedDocument document = Markdown(
      "# Top\n\nText\nmore.\n\n## Part\n\n- one\n  - deep\n- two\n\n"
      "> quoted\n\n```c\nint x;\n\nint y;\n```\n\n1. first\n\n   more\n");
  EXPECT_EQ(Outline(document),
            "heading1 Top|paragraph Text more.|heading2 Part|list_item1 one|"
            "list_item2 deep|list_item1 two|paragraph quoted|"
            "code int x;  int y;|list_item1 first|paragraph more");
  EXPECT_EQ(document.title, "Top");
}

TEST(MarkdownParser, ReadsTables) {
  const ParsedDocument document =
      Markdown("| a | b |\n|---|:-:|\n| *1* | x \\| y |\n| 3 |\n");
  EXPECT_EQ(CellsOf(document), "a,b;1,x | y;3,");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
  EXPECT_EQ(document.tables[0].columns, 2U);
}

TEST(MarkdownParser, TakesTheTitleOfTheFrontMatter) {
  const ParsedDocument document =
      Markdown("---\ntitle: \"My: title\"\nlang: de-AT\n---\n# Other\n\nText");
  EXPECT_EQ(document.title, "My: title");
  EXPECT_EQ(document.language, "de");
  EXPECT_EQ(Outline(document), "heading1 Other|paragraph Text");
  EXPECT_EQ(Outline(Markdown("---\n\nText\n\n---\n")), "paragraph Text");
}

TEST(MarkdownParser, KeepsTheTextOfHtmlBlocks) {
  EXPECT_EQ(Markdown("<div align=x>\n<b>Bold</b> &lt; it\n<!-- no -->\n"
                     "<script>var x;</script></div>\n")
                .text,
            "Bold < it");
}

TEST(MarkdownParser, DecodesEntities) {
  EXPECT_EQ(Markdown("&eacute;&#8364;&#x41;&nosuch;&#0;").text,
            "é€A&nosuch;\xef\xbf\xbd");
}

TEST(MarkdownParser, SurvivesDeepNesting) {
  Markdown(std::string(20'000, '>') + " x");
  std::string lists;
  for (int i = 0; i < 2000; ++i) lists += "- ";
  Markdown(lists + "x");
  Markdown(std::string(20'000, '[') + "x");
  Markdown(std::string(20'000, '*') + "x");
}

TEST(MarkdownParser, EnforcesLimits) {
  Limits limits;
  limits.cells_max = 3;
  EXPECT_EQ(
      ParseReason("|a|b|\n|---|---|\n|1|2|\n", "text/markdown", {}, limits),
      "TOO_MANY_CELLS");
  EXPECT_EQ(ParseReason("<!-- nothing -->", "text/markdown"), "EMPTY_DOCUMENT");
}

TEST(Markdown, PagesInsideKeepTheirTablesHeadingsAndPictures) {
  EXPECT_EQ(
      Outline(ParseOk("<h1 align=\"center\">\n  <img alt=\"Logo\"> Varne\n"
                      "</h1>\n\n<table>\n<tr><th>K</th><th>V</th></tr>\n"
                      "<tr><td>x</td><td>1</td></tr>\n</table>\n\nText.",
                      "text/markdown")),
      "heading1 Logo Varne|table K | V x | 1|paragraph Text.");
}

TEST(Markdown, TasksPicturesAndRaisedDigitsSayWhatTheyAre) {
  EXPECT_EQ(Outline(ParseOk("- [x] done\n- [ ] open\n\n![A map](m.png)\n\nSee "
                            "![it](m.png), 10<sup>6</sup>, 1<sup>st</sup>.",
                            "text/markdown")),
            "list_item1 ☑ done|list_item1 ☐ open|figure A map|"
            "paragraph See it, 10⁶, 1st.");
}

TEST(Markdown, FrontMatterBecomesProperties) {
  const ParsedDocument document = ParseOk(
      "---\ntitle: T\nauthor: \"Ada\"\ndate: 2024-03-05\ntags: [a, b]\n---\nx",
      "text/markdown");
  const Metadata expected = {
      {"author", "Ada"}, {"created", "2024-03-05"}, {"keywords", "a, b"}};
  EXPECT_EQ(document.properties, expected);
}

}  // namespace
}  // namespace cairn
