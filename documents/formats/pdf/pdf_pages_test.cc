// Whole small PDFs through the parser: the bytes are made here.
#include "documents/formats/pdf/pdf_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "documents/formats/pdf/pdf_bytes_for_test.h"
#include "documents/formats/pdf/pdfium.h"
#include "documents/parse_for_test.h"

namespace cairn::pdf {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PdfPagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    if (!LoadPdfium().ok()) {
      GTEST_SKIP() << "no PDFium: pages of PDF were NOT tested";
    }
  }
};

ParsedDocument Parse(const std::vector<PageBytes>& pages) {
  return ParseOk(PdfBytes(pages), "application/pdf");
}

std::size_t CountOf(const std::string& text, const std::string& word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != std::string::npos;
       at = text.find(word, at + 1)) {
    ++count;
  }
  return count;
}

// Rows of a table 20 points apart; columns at `xs`.
void AddRows(PageBytes& page, const std::vector<float>& xs, float top,
             const std::vector<std::vector<std::string>>& rows) {
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t i = 0; i < rows[row].size(); ++i) {
      page.Text(xs[i] + 4, top + 20 * static_cast<float>(row) + 14,
                rows[row][i]);
    }
  }
}

PageBytes RuledPage(float top = 100) {
  PageBytes page;
  page.Grid({60, 200, 300, 400}, {top, top + 20, top + 40, top + 60});
  AddRows(page, {60, 200, 300}, top,
          {{"Peak", "Height", "Climbed"},
           {"Alphahorn", "4012", "1865"},
           {"Betahorn", "3950", "1871"}});
  return page;
}

TEST_F(PdfPagesTest, ARuledTableBecomesCellsWithTheirPlaces) {
  PageBytes page = RuledPage();
  page.Text(60, 60, "The two peaks that follow were measured again last year.");
  const ParsedDocument document = Parse({page});
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(CellsOf(document),
            "Peak,Height,Climbed;Alphahorn,4012,1865;Betahorn,3950,1871");
  EXPECT_EQ(document.tables[0].rows, 3U);
  EXPECT_EQ(document.tables[0].columns, 3U);
  EXPECT_EQ(document.tables[0].header_rows, 1U);
  for (const Cell& cell : document.tables[0].cells) {
    ASSERT_TRUE(cell.box.has_value());
    EXPECT_EQ(cell.box->page, 1U);
    EXPECT_GE(cell.box->top, 100 + 20 * static_cast<float>(cell.row));
    EXPECT_LE(cell.box->bottom, 122 + 20 * static_cast<float>(cell.row));
  }
}

TEST_F(PdfPagesTest, AHeadingBelowTwoColumnsComesAfterBoth) {
  PageBytes page;
  for (int line = 0; line < 8; ++line) {
    const float down = 60 + 14 * static_cast<float>(line);
    page.Text(60, down, "left words of the running text here");
    if (line < 7) page.Text(320, down, "right words of the running text too");
  }
  page.Text(60, 210, "Harbours of the coast");
  page.Grid({60, 250, 500}, {230, 250, 270, 290});
  AddRows(page, {60, 250}, 230,
          {{"Harbour", "Depth"}, {"Varne", "12"}, {"Casquets", "37"}});
  const std::string text = Parse({page}).text;
  EXPECT_LT(text.rfind("right words"), text.find("Harbours of the coast"))
      << text;
  EXPECT_LT(text.rfind("left words"), text.find("right words")) << text;
}

TEST_F(PdfPagesTest, PagesLaidOnTheirSideReadTheSame) {
  std::vector<PageBytes> upright, turned;
  for (int number = 1; number <= 4; ++number) {
    PageBytes page;
    page.Text(200, 30, "Harbour board, minutes");
    for (int line = 0; line < 9; ++line) {
      const float down = 80 + 14 * static_cast<float>(line);
      page.Text(60, down, "left words of the running text here");
      page.Text(320, down, "right words of the running text too");
    }
    page.Text(60, 240, "Harbours of the coast");
    page.Grid({60, 250, 500}, {260, 280, 300, 320});
    AddRows(page, {60, 250}, 260,
            {{"Harbour", "Depth"}, {"Varne", "12"}, {"Casquets", "37"}});
    page.Text(280, 770, "Page " + std::to_string(number) + " of 4");
    upright.push_back(page);
    turned.push_back(page.Entry("/Rotate 90"));
  }
  const std::string text = Parse(upright).text;
  EXPECT_THAT(text, Not(HasSubstr("minutes")));
  EXPECT_THAT(text, Not(HasSubstr("of 4")));
  EXPECT_EQ(Parse(turned).text, text);
}

TEST_F(PdfPagesTest, AHeadingInTheLongerColumnStaysThere) {
  PageBytes page;
  for (int line = 0; line < 20; ++line) {
    const float down =
        60 + 14 * static_cast<float>(line) + (line > 9 ? 30.F : 0.F);
    page.Text(60, down,
              line == 10 ? "A heading" : "left words of the running text");
    if (line < 6) page.Text(320, down, "right words of the running text");
  }
  const std::string text = Parse({page}).text;
  EXPECT_LT(text.rfind("left words"), text.find("right words")) << text;
}

TEST_F(PdfPagesTest, WordsOfCellsStandInTheTextOnce) {
  const ParsedDocument document = Parse({RuledPage()});
  for (const char* word : {"Alphahorn", "Betahorn", "4012", "Climbed"}) {
    EXPECT_EQ(CountOf(document.text, word), 1U) << word;
  }
}

TEST_F(PdfPagesTest, ACellOverTwoColumnsSpansBoth) {
  PageBytes page;
  page.Line(60, 100, 400, 100).Line(60, 120, 400, 120);
  page.Line(60, 140, 400, 140).Line(60, 160, 400, 160);
  page.Line(60, 100, 60, 160).Line(200, 100, 200, 160);
  page.Line(400, 100, 400, 160).Line(300, 120, 300, 160);
  page.Text(260, 114, "Both years");
  AddRows(page, {60, 200, 300}, 120, {{"Town", "2001", "2002"}});
  AddRows(page, {60, 200, 300}, 140, {{"Aarau", "71", "84"}});
  const ParsedDocument document = Parse({page});
  ASSERT_EQ(document.tables.size(), 1U);
  bool found = false;
  for (const Cell& cell : document.tables[0].cells) {
    if (cell.span.Of(document.text) != "Both years") continue;
    found = true;
    EXPECT_EQ(cell.row, 0U);
    EXPECT_EQ(cell.column, 1U);
    EXPECT_EQ(cell.column_span, 2U);
  }
  EXPECT_TRUE(found) << CellsOf(document);
}

TEST_F(PdfPagesTest, ColumnsOfValuesAreATableWithoutRulings) {
  PageBytes page;
  page.Text(60, 60, "Yields of the three stations are given below in tonnes.");
  AddRows(page, {60, 220, 320}, 90,
          {{"Station", "Wheat", "Rye"},
           {"Northfield", "12.5", "3.1"},
           {"Southfield", "10.8", "2.9"},
           {"Westfield", "11.0", "4.4"}});
  const ParsedDocument document = Parse({page});
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(CellsOf(document),
            "Station,Wheat,Rye;Northfield,12.5,3.1;Southfield,10.8,2.9;"
            "Westfield,11.0,4.4");
}

TEST_F(PdfPagesTest, TheLineAboveATableThatSaysSoIsItsCaption) {
  PageBytes page = RuledPage();
  page.Text(60, 92, "Table 3: Heights of two peaks");
  const ParsedDocument document = Parse({page});
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].caption.Of(document.text),
            "Table 3: Heights of two peaks");
}

TEST_F(PdfPagesTest, TheLineBelowATableThatSaysSoIsItsCaption) {
  PageBytes page = RuledPage();
  page.Text(60, 180, "Table 4: Heights of two peaks");
  const ParsedDocument document = Parse({page});
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(document.tables[0].caption.Of(document.text),
            "Table 4: Heights of two peaks");
}

TEST_F(PdfPagesTest, ATableThatRunsOnOverAPageIsOneWithOneHead) {
  PageBytes next;
  next.Grid({60, 200, 300, 400}, {60, 80, 100});
  AddRows(next, {60, 200, 300}, 60,
          {{"Peak", "Height", "Climbed"}, {"Gammahorn", "3700", "1880"}});
  const ParsedDocument document = Parse({RuledPage(740), next});
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(CellsOf(document),
            "Peak,Height,Climbed;Alphahorn,4012,1865;Betahorn,3950,1871;"
            "Gammahorn,3700,1880");
  EXPECT_EQ(document.tables[0].cells.back().box->page, 2U);
}

// Lines of a column of prose, none like another.
void AddColumn(PageBytes& page, float left, const std::string& name) {
  for (int i = 0; i < 12; ++i) {
    page.Text(left, 80 + 12 * static_cast<float>(i),
              name + " column has words of line " +
                  std::string(1, static_cast<char>('a' + i)) + " and goes on");
  }
}

TEST_F(PdfPagesTest, ProseInTwoColumnsIsReadColumnByColumnAndIsNoTable) {
  PageBytes page;
  AddColumn(page, 50, "Left");
  AddColumn(page, 310, "Right");
  const ParsedDocument document = Parse({page});
  EXPECT_TRUE(document.tables.empty());
  EXPECT_LT(document.text.rfind("Left column"),
            document.text.find("Right column"));
}

TEST_F(PdfPagesTest, AListOfContentsIsNoTable) {
  PageBytes page;
  const std::vector<std::string> titles = {
      "Beginning", "Middle part", "Results", "Discussion", "Acknowledgements"};
  for (std::size_t i = 0; i < titles.size(); ++i) {
    const float baseline = 100 + 16 * static_cast<float>(i);
    page.Text(60, baseline, titles[i]);
    page.Text(200, baseline, std::string(60, '.'));
    page.Text(500, baseline, std::to_string(3 + 7 * i));
  }
  EXPECT_TRUE(Parse({page}).tables.empty());
}

TEST_F(PdfPagesTest, ATableSortedByItsLastColumnIsNoListOfContents) {
  PageBytes page;
  AddRows(page, {60, 220}, 90,
          {{"Town", "Rank"},
           {"Aarau", "1"},
           {"Baden", "4"},
           {"Chur", "7"},
           {"Davos", "12"}});
  EXPECT_EQ(CellsOf(Parse({page})),
            "Town,Rank;Aarau,1;Baden,4;Chur,7;Davos,12");
}

TEST_F(PdfPagesTest, BarsWithAnAxisBelowAreNoTable) {
  PageBytes page;
  const std::vector<std::string> bars = {"Norway", "Sweden", "Denmark",
                                         "Finland"};
  for (std::size_t i = 0; i < bars.size(); ++i) {
    page.Text(60, 100 + 20 * static_cast<float>(i), bars[i]);
    page.Text(300 + 10 * static_cast<float>(i),
              100 + 20 * static_cast<float>(i), std::to_string(51 + 3 * i));
  }
  for (int i = 0; i <= 6; ++i) {
    page.Text(150 + 40 * static_cast<float>(i), 185, std::to_string(10 * i));
  }
  const ParsedDocument document = Parse({page});
  EXPECT_TRUE(document.tables.empty()) << CellsOf(document);
}

TEST_F(PdfPagesTest, RunningHeadersAndPageNumbersAreLeftOut) {
  std::vector<PageBytes> pages(5);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    pages[i].Text(60, 30, "Annual report of the society");
    pages[i].Text(60, 120,
                  "Sentence " + std::string(i + 1, 'x') +
                      " of this page says something of its own.");
    pages[i].Text(290, 820, std::to_string(i + 1));
  }
  const ParsedDocument document = Parse(pages);
  EXPECT_THAT(document.text, Not(HasSubstr("Annual report")));
  EXPECT_THAT(document.text, HasSubstr("Sentence xxxxx of this page"));
}

TEST_F(PdfPagesTest, WordsCutAtTheEndOfALineAreMadeWhole) {
  PageBytes page;
  page.Text(60, 100, "The committee wrote a long report on the investi-");
  page.Text(60, 112, "gation of the matter and closed the file at once.");
  EXPECT_THAT(Parse({page}).text, HasSubstr("the investigation of the matter"));
}

// Two headings of one look: only the outline knows that one is below the other.
TEST_F(PdfPagesTest, TheOutlineGivesHeadingsThatLookAlikeTheirLevels) {
  PageBytes page;
  page.Text(60, 100, "Methods", 10, true);
  page.Text(60, 130, "We weighed every stone twice and wrote the mean down.");
  page.Text(60, 142, "The scale was tested each morning with a known mass.");
  page.Text(60, 172, "Weighing", 10, true);
  page.Text(60, 202, "Small stones went on the small scale in the cold room.");
  page.Text(60, 214, "Large stones went on the floor scale in the yard.");
  const std::size_t first = FirstObject(1);
  const auto object = [&](std::size_t i) {
    return std::to_string(first + i) + " 0 R";
  };
  const std::string place = "/Dest[5 0 R/XYZ 60 750 0]>>";
  const ParsedDocument document = ParseOk(
      PdfBytes({page}, "/Outlines " + object(0),
               {"<</Type/Outlines/Count 2/First " + object(1) + "/Last " +
                    object(1) + ">>",
                "<</Title(Methods)/Parent " + object(0) + "/First " +
                    object(2) + "/Last " + object(2) + "/Count 1" + place,
                "<</Title(Weighing)/Parent " + object(1) + place}),
      "application/pdf");
  EXPECT_THAT(Outline(document), HasSubstr("heading1 Methods|"));
  EXPECT_THAT(Outline(document), HasSubstr("heading2 Weighing|"));
}

TEST_F(PdfPagesTest, PagesTurnedByAQuarterReadLikeOthers) {
  PageBytes page;
  page.Entry("/Rotate 90");
  page.Text(60, 100, "Turned pages keep their words in one line.");
  const ParsedDocument document = Parse({page});
  EXPECT_THAT(document.text,
              HasSubstr("Turned pages keep their words in one line."));
}

TEST_F(PdfPagesTest, FilesWithoutTextAndFilesThatAreNoneSaySo) {
  EXPECT_EQ(ParseReason(PdfBytes({PageBytes()}), "application/pdf"),
            "NO_TEXT_LAYER");
  EXPECT_EQ(ParseReason("%PDF-1.7\nnothing of use", "application/pdf"),
            "DAMAGED_PDF");
}

TEST_F(PdfPagesTest, LimitsOfPagesAndCellsHold) {
  Limits limits;
  limits.pages_max = 1;
  const std::vector<PageBytes> pages = {RuledPage(), RuledPage()};
  EXPECT_EQ(ParseReason(PdfBytes(pages), "application/pdf", "", limits),
            "TOO_MANY_PAGES");
  limits = Limits();
  limits.cells_max = 8;
  EXPECT_EQ(ParseReason(PdfBytes({RuledPage()}), "application/pdf", "", limits),
            "TOO_MANY_CELLS");
}

TEST_F(PdfPagesTest, AFileCutAnywhereGivesASoundDocumentOrAReason) {
  const std::string bytes = PdfBytes({RuledPage(), RuledPage(300)});
  const std::set<std::string> reasons = {"DAMAGED_PDF", "NO_TEXT_LAYER",
                                         "EMPTY_DOCUMENT"};
  for (std::size_t size = 0; size < bytes.size(); size += 61) {
    const std::string cut = bytes.substr(0, size);
    const StatusOr<ParsedDocument> document = ParseInProcess(
        {.bytes = cut, .media_type = "application/pdf", .file_name = {}},
        Limits());
    if (document.ok()) {
      ASSERT_EQ(FindBreach(*document), "") << "cut at " << size;
    } else {
      ASSERT_TRUE(reasons.contains(ReasonOf(document.status())))
          << "cut at " << size << ": " << document.status();
    }
  }
}

TEST_F(PdfPagesTest, AFileThatNeedsAPasswordSaysSo) {
  const std::string path = std::string(CAIRN_SOURCE_DIR) +
                           "/../shared/data/documents/pdf_password/sources/"
                           "2206.01062_pg3.pdf";
  std::ifstream in(path, std::ios::binary);
  if (!in) GTEST_SKIP() << "SKIPPED: " << path << " is not there";
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(ParseReason(bytes, "application/pdf"), "ENCRYPTED_PDF");
}

}  // namespace
}  // namespace cairn::pdf
