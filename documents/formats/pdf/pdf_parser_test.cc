#include "documents/formats/pdf/pdf_parser.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "documents/formats/pdf/pdf_for_test.h"
#include "documents/formats/pdf/pdfium.h"

namespace cairn::pdf {
namespace {

class PdfParserTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("CAIRN_PDFIUM", CAIRN_DEPS_DIR "/lib/libpdfium.so", 0);
    if (!LoadPdfium().ok()) {
      GTEST_SKIP() << "no PDFium: PDF parsing was NOT tested";
    }
  }

  static ParsedDocument Parse(const std::string& bytes) {
    StatusOr<ParsedDocument> document = PdfParser().Parse(
        {.bytes = bytes, .media_type = {}, .file_name = {}}, Limits());
    EXPECT_TRUE(document.ok()) << document.status();
    if (!document.ok()) return {};
    EXPECT_EQ(FindBreach(*document), "");
    return *std::move(document);
  }

  static std::string Reason(const std::string& bytes,
                            const Limits& limits = Limits()) {
    const StatusOr<ParsedDocument> document = PdfParser().Parse(
        {.bytes = bytes, .media_type = {}, .file_name = {}}, limits);
    return document.ok() ? "OK" : ReasonOf(document.status());
  }

  // "a,b{1x2};c" of a table.
  static std::string Cells(const ParsedDocument& document, std::size_t index) {
    if (index >= document.tables.size()) return "no table";
    std::string out;
    std::uint32_t row = 0;
    for (const Cell& cell : document.tables[index].cells) {
      if (!out.empty()) out += cell.row == row ? "," : ";";
      row = cell.row;
      out += cell.span.Of(document.text);
      if (cell.row_span > 1 || cell.column_span > 1) {
        out += "{" + std::to_string(cell.row_span) + "x" +
               std::to_string(cell.column_span) + "}";
      }
    }
    return out;
  }

  static std::string Outline(const ParsedDocument& document) {
    std::string out;
    for (const Block& block : document.blocks) {
      if (!out.empty()) out += "|";
      out += NameOf(block.type);
      if (block.level > 0) out += std::to_string(block.level);
      out += " ";
      out += block.span.Of(document.text);
    }
    return out;
  }
};

// Three columns at x, rows from y down, every 15 points.
void DrawRows(TestPdf& pdf, int y,
              const std::vector<std::vector<std::string>>& rows) {
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      pdf.Text(60 + 100 * static_cast<int>(i), y, row[i]);
    }
    y -= 15;
  }
}

void DrawGrid(TestPdf& pdf, int top, int rows) {
  for (int i = 0; i <= rows; ++i) {
    pdf.Stroke(55, top - 15 * i, 355, top - 15 * i);
  }
  for (int i = 0; i < 4; ++i) {
    pdf.Stroke(55 + 100 * i, top, 55 + 100 * i, top - 15 * rows);
  }
}

TEST_F(PdfParserTest, ARuledTableBecomesCellsThatStandOnceInTheText) {
  TestPdf pdf;
  pdf.Page().Text(60, 720, "Table 1: Towers of the coast");
  DrawRows(pdf, 690,
           {{"Tower", "Height", "Lamp"},
            {"Varne", "12", "oil"},
            {"Casquets", "37", "gas"}});
  DrawGrid(pdf, 702, 3);
  pdf.Text(60, 600, "Keepers have left all of them by now.");
  const ParsedDocument document = Parse(pdf.Bytes());
  EXPECT_EQ(document.text,
            "Table 1: Towers of the coast\n\n"
            "Tower | Height | Lamp\nVarne | 12 | oil\nCasquets | 37 | gas\n\n"
            "Keepers have left all of them by now.");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(Cells(document, 0),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
  EXPECT_EQ(document.tables[0].caption.Of(document.text),
            "Table 1: Towers of the coast");
  const Cell& cell = document.tables[0].cells[4];
  ASSERT_TRUE(cell.box.has_value());
  EXPECT_EQ(cell.box->page, 1U);
  EXPECT_NEAR(cell.box->left, 160, 2);
  EXPECT_NEAR(cell.box->bottom, 792 - 675, 5);
}

TEST_F(PdfParserTest, LinesMayBeThinRectanglesInsideAForm) {
  TestPdf pdf;
  std::string form;
  for (int i = 0; i <= 3; ++i) {
    form += "55 " + std::to_string(702 - 15 * i) + " 300 0.5 re f\n";
  }
  for (int i = 0; i < 4; ++i) {
    form += std::to_string(55 + 100 * i) + " 657 0.5 45 re f\n";
  }
  pdf.Form(form).Page().Draw("/Form Do");
  DrawRows(pdf, 690,
           {{"Tower", "Lamp", "Keeper"},
            {"Varne", "oil", "Anna"},
            {"Casquets", "gas", "Ben"}});
  EXPECT_EQ(Cells(Parse(pdf.Bytes()), 0),
            "Tower,Lamp,Keeper;Varne,oil,Anna;Casquets,gas,Ben");
}

TEST_F(PdfParserTest, ATableThatRunsOnOverAPageIsOneTable) {
  TestPdf pdf;
  pdf.Page().Text(60, 730, "Heights were taken by the keepers in the spring.");
  DrawRows(pdf, 690,
           {{"Tower", "Height", "Lamp"},
            {"Varne", "12", "oil"},
            {"Casquets", "37", "gas"}});
  DrawGrid(pdf, 702, 3);
  pdf.Page();
  DrawRows(pdf, 690,
           {{"Tower", "Height", "Lamp"},
            {"Hanois", "33", "oil"},
            {"Alderney", "32", "gas"}});
  DrawGrid(pdf, 702, 3);
  const ParsedDocument document = Parse(pdf.Bytes());
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_EQ(Cells(document, 0),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas;"
            "Hanois,33,oil;Alderney,32,gas");
  const Block& block = document.blocks[document.tables[0].block];
  ASSERT_EQ(block.boxes.size(), 2U);
  EXPECT_EQ(block.boxes[1].page, 2U);
  EXPECT_EQ(document.tables[0].cells.back().box->page, 2U);
}

TEST_F(PdfParserTest, ATableOnATurnedPageIsFound) {
  TestPdf pdf;
  pdf.Page(90);
  DrawRows(pdf, 690,
           {{"Tower", "Height", "Lamp"},
            {"Varne", "12", "oil"},
            {"Casquets", "37", "gas"}});
  DrawGrid(pdf, 702, 3);
  EXPECT_EQ(Cells(Parse(pdf.Bytes()), 0),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas");
}

TEST_F(PdfParserTest, HeadsWrittenUpwardsBelongToTheirColumns) {
  TestPdf pdf;
  pdf.Page();
  DrawRows(pdf, 690,
           {{"Varne", "12", "oil"},
            {"Casquets", "37", "gas"},
            {"Hanois", "33", "oil"}});
  DrawGrid(pdf, 702, 3);
  pdf.Stroke(55, 762, 355, 762);
  for (int i = 0; i < 4; ++i) {
    pdf.Stroke(55 + 100 * i, 702, 55 + 100 * i, 762);
  }
  pdf.Text(60, 706, "Tower")
      .Draw("BT /F1 10 Tf 0 1 -1 0 200 706 Tm (Height) Tj ET")
      .Draw("BT /F1 10 Tf 0 1 -1 0 300 706 Tm (Lamp) Tj ET");
  const ParsedDocument document = Parse(pdf.Bytes());
  EXPECT_EQ(Cells(document, 0),
            "Tower,Height,Lamp;Varne,12,oil;Casquets,37,gas;Hanois,33,oil");
  EXPECT_EQ(document.blocks.size(), 1U) << document.text;
}

TEST_F(PdfParserTest, WordsCutAtLineEndsAreMadeWhole) {
  TestPdf pdf;
  pdf.Page()
      .Text(60, 700, "The keepers of the light house were all of them experi-")
      .Text(60, 688, "enced sailors before they came to the island, and two of")
      .Text(60, 676, "them stayed there.");
  const ParsedDocument document = Parse(pdf.Bytes());
  EXPECT_NE(document.text.find("experienced sailors"), std::string::npos)
      << document.text;
}

TEST_F(PdfParserTest, AnInitialBelongsToTheWordAtItsTop) {
  TestPdf pdf;
  pdf.Page()
      .Text(60, 688, "T", 32)
      .Text(81, 700, "he keepers of the tower were all of them old sailors who")
      .Text(81, 688,
            "came to the island by boat and stayed there for years and")
      .Text(60, 676, "years without a word to anyone.");
  EXPECT_EQ(Parse(pdf.Bytes()).text,
            "The keepers of the tower were all of them old sailors who came to "
            "the island by boat and stayed there for years and years without a "
            "word to anyone.");
}

TEST_F(PdfParserTest, RunningHeadersAndPageNumbersAreDropped) {
  TestPdf pdf;
  const char* const lines[] = {"Anna came first.", "Ben came second.",
                               "Cleo came third.", "Dora came last."};
  int number = 1;
  for (const char* line : lines) {
    pdf.Page()
        .Text(60, 760, "Annals of the coast")
        .Text(60, 500, line)
        .Text(300, 40, std::to_string(number++));
  }
  EXPECT_EQ(Parse(pdf.Bytes()).text,
            "Anna came first.\n\nBen came second.\n\nCleo came third.\n\n"
            "Dora came last.");
}

TEST_F(PdfParserTest, FilesThatCannotBeReadSayWhy) {
  EXPECT_EQ(Reason(""), "EMPTY_DOCUMENT");
  EXPECT_EQ(Reason("%PDF-1.7\nnothing"), "DAMAGED_PDF");
  EXPECT_EQ(Reason(TestPdf().Page().Bytes()), "NO_TEXT_LAYER");
  Limits limits;
  limits.pages_max = 1;
  TestPdf two;
  two.Page().Text(60, 700, "One.").Page().Text(60, 700, "Two.");
  EXPECT_EQ(Reason(two.Bytes(), limits), "TOO_MANY_PAGES");
  limits = Limits();
  limits.cells_max = 3;
  TestPdf table;
  table.Page();
  DrawRows(table, 690,
           {{"Tower", "Height", "Lamp"},
            {"Varne", "12", "oil"},
            {"Casquets", "37", "gas"}});
  DrawGrid(table, 702, 3);
  EXPECT_EQ(Reason(table.Bytes(), limits), "TOO_MANY_CELLS");
}

TEST_F(PdfParserTest, PageLabelsThatDifferAreToldAsAWarning) {
  TestPdf pdf;
  pdf.Catalog("/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>");
  for (int i = 0; i < 4; ++i) {
    pdf.Page().Text(
        60, 700,
        "Page of words " + std::string(static_cast<std::size_t>(i) + 1, 'x'));
  }
  const ParsedDocument document = Parse(pdf.Bytes());
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_EQ(document.warnings[0],
            "pages are counted from 1; the file labels them otherwise: page 1 "
            "is \"i\", page 3 is \"1\"");
  TestPdf plain;
  plain.Page().Text(60, 700, "Words.");
  EXPECT_TRUE(Parse(plain.Bytes()).warnings.empty());
}

TEST_F(PdfParserTest, TheCaptionOfAFigureIsItsBlock) {
  TestPdf pdf;
  pdf.Page()
      .Text(60, 700, "The towers stand in a row, as Figure 1 shows from afar.")
      .Text(60, 500, "Figure 1: Towers of the coast");
  EXPECT_EQ(Outline(Parse(pdf.Bytes())),
            "paragraph The towers stand in a row, as Figure 1 shows from afar.|"
            "figure Figure 1: Towers of the coast");
}

TEST_F(PdfParserTest, ADamagedCrossReferenceIsMended) {
  std::string bytes = TestPdf().Page().Text(60, 700, "Still here.").Bytes();
  bytes.replace(bytes.find("startxref\n") + 10, 2, "99");
  EXPECT_EQ(Parse(bytes).text, "Still here.");
}

TEST_F(PdfParserTest, AFormThatDrawsItselfEnds) {
  TestPdf pdf;
  pdf.Form("/Form Do 55 600 300 0.5 re f").Page().Draw("/Form Do");
  pdf.Text(60, 700, "Once.");
  EXPECT_EQ(Parse(pdf.Bytes()).text, "Once.");
}

TEST_F(PdfParserTest, APageFullOfLinesIsReadWithinItsLimits) {
  TestPdf pdf;
  pdf.Page();
  std::string lines;
  for (int i = 0; i < 4000; ++i) {
    const std::string at =
        std::to_string(i % 600) + "." + std::to_string(i % 7);
    lines +=
        at + " 0 m " + at + " 790 l S\n0 " + at + " m 600 " + at + " l S\n";
  }
  pdf.Draw(lines).Text(60, 700, "Behind bars.");
  EXPECT_EQ(Parse(pdf.Bytes()).text, "Behind bars.");
}

}  // namespace
}  // namespace cairn::pdf
