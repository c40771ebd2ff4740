#include "documents/formats/html/html_parser.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

ParsedDocument Html(std::string_view bytes) {
  return ParseOk(bytes, "text/html");
}

TEST(HtmlParser, ShowsOnlyVisibleText) {
  EXPECT_EQ(Outline(Html("<p>A  <b>b</b>old&nbsp;&amp;\n x<script>no<p>"
                         "</script><style>no</style><!-- no --><span hidden>no"
                         "</span><i style='display: none'>no</i><noscript>no"
                         "</noscript><p>next")),
            "paragraph A bold & x|paragraph next");
}

TEST(HtmlParser, ReadsStructure) {
  const ParsedDocument document = Html(
      "<html lang=en-GB><title> The  title </title><h1>Top</h1>lead"
      "<h2><p>Part</p></h2><ul><li>one<ul><li>deep</ul><li><p>two</p><p>more"
      "</ul><pre>\nint  x;\n  y;\n</pre><p>a<br>b<dl><dt>term<dd>def</dl>");
  EXPECT_EQ(Outline(document),
            "heading1 Top|paragraph lead|heading2 Part|list_item1 one|"
            "list_item2 deep|list_item1 two|paragraph more|"
            "code int  x;   y;|paragraph a b|paragraph term: def");
  EXPECT_EQ(document.title, "The title");
  EXPECT_EQ(document.language, "en");
  EXPECT_EQ(Html("<h1>Only this</h1><p>x").title, "Only this");
}

TEST(HtmlParser, ReadsTables) {
  const ParsedDocument document = Html(
      "<table><caption>Cap</caption><thead><tr><th>a<th colspan=2>b</thead>"
      "<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>");
  ASSERT_EQ(document.tables.size(), 1U);
  const Table& table = document.tables[0];
  EXPECT_EQ(document.text, "Cap\na | b\n1 | 2 | 3\n | 4 | 5");
  EXPECT_EQ(table.caption.Of(document.text), "Cap");
  EXPECT_EQ(table.header_rows, 1U);
  EXPECT_EQ(table.columns, 3U);
  EXPECT_EQ(table.cells[1].column_span, 2U);
  EXPECT_EQ(table.cells[2].row_span, 2U);
  EXPECT_EQ(table.cells.back().column, 2U);
  EXPECT_EQ(table.cells.back().span.Of(document.text), "5");
}

TEST(HtmlParser, PicturesInCellsSpeakWhereNoWordsStand) {
  const ParsedDocument document = Html(
      "<table><tr><th>driver<th>done<tr><td><img alt=Spain> <b>Alonso</b>"
      "<td><img alt=yes><tr><td>Webber<td><img alt=Down>-4</table>");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.text, "driver | done\nAlonso | yes\nWebber | -4");
}

TEST(HtmlParser, FlattensLayoutTables) {
  EXPECT_EQ(Outline(Html("<table><tr><td><p>one<p>two</table>")),
            "paragraph one|paragraph two");
  const ParsedDocument nested =
      Html("<table><tr><td>left<td><table><tr><td>a<td>b</table></table>");
  EXPECT_EQ(Outline(nested), "paragraph left|table a | b");
}

TEST(HtmlParser, DropsBoilerplateWhenThereIsOtherText) {
  const std::string text(300, 'x');
  EXPECT_EQ(Outline(Html("<nav>menu</nav><header>head</header><main><header>"
                         "own</header><p>" +
                         text + "</main><footer>foot</footer>")),
            "paragraph own|paragraph " + text);
  EXPECT_EQ(Outline(Html("<nav>menu</nav>x")), "paragraph menu|paragraph x");
}

TEST(HtmlParser, DropsTheSignThatLinksToAHeading) {
  EXPECT_EQ(Outline(Html("<h2>4.2. Limits<a class=headerlink href='#limits'>"
                         "&para;</a></h2><p>See &para; 3 <a href='#x'>here</a>"
                         " and <a href='/y'>&para;</a>")),
            "heading2 4.2. Limits|paragraph See \xc2\xb6 3 here and \xc2\xb6");
}

TEST(HtmlParser, ReadsADeclaredCharset) {
  EXPECT_EQ(Html("<meta charset=windows-1252><p>Stra\xdf"
                 "e und mehr")
                .text,
            "Straße und mehr");
}

TEST(HtmlParser, RefusesBinaryNoise) {
  std::string noise;
  for (unsigned i = 0; i < 5000; ++i) {
    noise.push_back(static_cast<char>(i * 2654435761U >> 24));
  }
  EXPECT_EQ(ParseReason(noise, "", "page.html"), "NOT_TEXT");
  EXPECT_EQ(ParseReason("<p> <br>", "text/html"), "EMPTY_DOCUMENT");
}

std::string Repeat(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

TEST(HtmlParser, SurvivesPathologicalPages) {
  for (const std::string_view part : {"<div>",
                                      "<b id=x>",
                                      "<p><b><i>",
                                      "<table><tr><td>",
                                      "<span><div></span>",
                                      "<form><div></form>",
                                      "<div></body>",
                                      "<tr><div></tr>",
                                      "<ul><li>",

                                      "<select><div>",
                                      "<a><div></a>",
                                      "<font color=x><p></p>",
                                      "<td>",
                                      "<h1><div>",
                                      "<button><p>",

                                      "<math><mi>",
                                      "<object><div></object>",
                                      "<table><div></table>",
                                      "<caption>",
                                      "</p>",
                                      "</br>",
                                      "<dd><div>"}) {
    SCOPED_TRACE(part);
    const ParsedDocument document = Html(Repeat(part, 20'000) + "the text");
    EXPECT_NE(document.text.find("the text"), std::string::npos);
  }
  for (const std::string_view hidden :
       {"<svg><g>", "<svg><style><g>", "<template><div>"}) {
    EXPECT_EQ(ParseReason(Repeat(hidden, 20'000) + "hidden text", "text/html"),
              "EMPTY_DOCUMENT");
  }
  std::string attributes = "<p ";
  for (int i = 0; i < 50'000; ++i) attributes += "a" + std::to_string(i) + " ";
  EXPECT_EQ(Html(attributes + ">text").text, "text");
}

TEST(HtmlParser, KeepsOrdinaryNesting) {
  EXPECT_EQ(Html(Repeat("<div>", 200) + "x" + Repeat("</div>", 200)).warnings,
            std::vector<std::string>());
  EXPECT_EQ(Html(Repeat("<p>x<li>y<tr><td>", 3000)).warnings,
            std::vector<std::string>());
}

TEST(Html, MetaElementsBecomeProperties) {
  const ParsedDocument document = ParseOk(
      "<html><head><meta name=Author content=Ada><meta name=keywords "
      "content='a, b'><meta property=article:published_time "
      "content=2024-03-05T10:00></head><body><p>x",
      "text/html");
  const Metadata expected = {
      {"author", "Ada"}, {"created", "2024-03-05"}, {"keywords", "a, b"}};
  EXPECT_EQ(document.properties, expected);
}

TEST(HtmlParser, RaisedDigitsStayApartFromTheirNumber) {
  EXPECT_EQ(Html("<p>10<sup>-6</sup> m<sup>2</sup>, 1<sup>st</sup>, said"
                 "<sup><a href=#n>12</a></sup>")
                .text,
            "10⁻⁶ m², 1st, said¹²");
  EXPECT_EQ(CellsOf(Html("<table><tr><th>a<th>b<tr><td>7<sup>1</sup><td>8"
                         "</table>")),
            "a,b;7¹,8");
}

TEST(HtmlParser, TermsStandBesideWhatIsSaidOfThem) {
  EXPECT_EQ(Outline(Html("<dl><dt>a<dt>b<dd><p>one<p>two<dt>c<dd><ul><li>x</ul>"
                         "<dt>d</dl><p>end")),
            "paragraph a, b: one|paragraph two|paragraph c|list_item1 x|"
            "paragraph d|paragraph end");
}

TEST(HtmlParser, FiguresKeepTheirTextsAndCaptionTheirTables) {
  EXPECT_EQ(Outline(Html("<p>See <img alt='img/m1.png' src='../img/m1.png'> "
                         "<img alt='Map 1.2' src='m1.png'></p>")),
            "paragraph See Map 1.2");
  EXPECT_EQ(Outline(Html("<figure><img alt='A map'><figcaption>Fig. 1"
                         "</figcaption></figure><p>See <img alt=icon> here")),
            "figure A map|figure Fig. 1|paragraph See icon here");
  const ParsedDocument table = Html(
      "<figure><table><tr><th>a<th>b<tr><td>1<td>2</table><figcaption>"
      "Table 1</figcaption></figure><p>x");
  ASSERT_EQ(table.tables.size(), 1U);
  EXPECT_EQ(table.tables[0].caption.Of(table.text), "Table 1");
  EXPECT_EQ(table.blocks.size(), 2U);
  EXPECT_EQ(Outline(Html("<figure><figcaption>Top</figcaption><table><tr><td>1"
                         "</table></figure>")),
            "paragraph 1|figure Top");
}

TEST(HtmlParser, ATableOfDataMayHoldAnother) {
  const ParsedDocument document = Html(
      "<table><tr><th>A<th>B<tr><td>x<td><table><tr><td>in<td>side"
      "</table></table>");
  EXPECT_EQ(CellsOf(document), "A,B;x,in side");
  EXPECT_EQ(
      Html("<table role=presentation><tr><td>a<td>b</table>").tables.size(),
      0U);
}

TEST(HtmlParser, AHeadHasAnEmptyCornerOrBoldNames) {
  EXPECT_EQ(Html("<table><tr><td><th>2020<tr><th>pH<td>7</table>")
                .tables.at(0)
                .header_rows,
            1U);
  EXPECT_EQ(Html("<table><tr><td><b>n</b><td><strong>v</strong><tr><td>x<td>1"
                 "</table>")
                .tables.at(0)
                .header_rows,
            1U);
  EXPECT_EQ(Html("<table><tr><th>a<th>b<tr><th>2025<td><tr><td>1<td>2</table>")
                .tables.at(0)
                .header_rows,
            1U);
  EXPECT_EQ(Html("<table><tr><td><b>n</b><td>v<tr><td>x<td>1</table>")
                .tables.at(0)
                .header_rows,
            0U);
}

TEST(HtmlParser, AsidesOfTheTextStayAndTheOnlyTitleToo) {
  const std::string words(300, 'w');
  EXPECT_EQ(Outline(Html("<header><h1>Title</h1><nav>menu</nav></header><aside>"
                         "ads</aside><main><p>" +
                         words + "</p><aside>Mind the ice.</aside></main>")),
            "heading1 Title|paragraph " + words + "|paragraph Mind the ice.");
}

TEST(HtmlParser, TheHeadOfThePageStaysWhenItHasTheTitle) {
  const std::string body =
      "<header><h1>Report</h1><p>Ada</p></header><main>"
      "<h1>One</h1><p>" +
      std::string(300, 'w') + "</p></main>";
  EXPECT_EQ(Outline(Html("<title>Report</title>" + body)),
            "heading1 Report|paragraph Ada|heading1 One|paragraph " +
                std::string(300, 'w'));
  EXPECT_EQ(Outline(Html("<title>One - Report</title>" + body)),
            "heading1 One|paragraph " + std::string(300, 'w'));
}

TEST(HtmlParser, ListsOfLanguagesAndSwitchesOfThePageAreLeftOut) {
  const std::string words(300, 'w');
  EXPECT_EQ(Outline(Html("<input type=checkbox><p>" + words +
                         "<ul><li><a hreflang=de>Deutsch</a><li><a hreflang=fr>"
                         "Français</a><li><a hreflang=it>Italiano</a></ul><ul>"
                         "<li><a>Kept</a></ul>")),
            "paragraph " + words + "|list_item1 Kept");
}

TEST(HtmlParser, FormulasAndBoxesAreReadOnce) {
  EXPECT_EQ(Html("<p>E = <math><semantics><mrow><mi>m</mi></mrow><annotation "
                 "encoding='application/x-tex'>mc^2</annotation></semantics>"
                 "</math><span aria-hidden=true>mc2</span>")
                .text,
            "E = mc^2");
  EXPECT_EQ(Outline(Html("<ul><li><input type=checkbox checked>a<li><input "
                         "type=CheckBox>b</ul>")),
            "list_item1 ☑ a|list_item1 ☐ b");
}

}  // namespace
}  // namespace cairn
