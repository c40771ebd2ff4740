#include "documents/formats/xlsx/xlsx_parser.h"

#include "documents/formats/ooxml/number_format.h"
#include "documents/formats/package/package_for_test.h"
#include "documents/parse_for_test.h"

namespace cairn {
namespace {

std::string Cell(const std::string& name, const std::string& text) {
  return "<c r='" + name + "' t='str'><v>" + text + "</v></c>";
}

TEST(Xlsx, TablesApartOnASheetAreTablesApart) {
  const ParsedDocument document = ParseOk(
      MakeXlsx("<sheetData><row r='1'>" + Cell("A1", "a") + Cell("B1", "b") +
               Cell("E1", "x") + Cell("F1", "y") + "</row><row r='2'>" +
               "<c r='A2'><v>1</v></c><c r='B2'><v>2</v></c><c r='E2'><v>3</v>"
               "</c><c r='F2'><v>4</v></c></row></sheetData>"),
      "");
  EXPECT_EQ(document.tables.size(), 2U);
  EXPECT_EQ(CellsOf(document, 0), "a,b;1,2");
  EXPECT_EQ(CellsOf(document, 1), "x,y;3,4");
  EXPECT_EQ(document.tables[0].header_rows, 1U);
}

TEST(Xlsx, AFarCellCostsNothing) {
  const ParsedDocument document =
      ParseOk(MakeXlsx("<sheetData><row r='1'>" + Cell("A1", "near") +
                       "</row><row r='1048576'>" + Cell("XFD1048576", "far") +
                       "</row></sheetData>"),
              "");
  EXPECT_EQ(Outline(document), "heading1 Data|paragraph near|paragraph far");
}

TEST(Xlsx, AMergeOverTheWholeSheetIsClipped) {
  const ParsedDocument document =
      ParseOk(MakeXlsx("<sheetData><row r='1'>" + Cell("A1", "head") +
                       "</row><row r='2'>" + Cell("A2", "x") + Cell("B2", "y") +
                       "</row></sheetData><mergeCells><mergeCell "
                       "ref='A1:XFD1'/></mergeCells>"),
              "");
  ASSERT_EQ(document.tables.size(), 1U);
  EXPECT_LE(document.tables[0].columns, 2U);
}

TEST(Xlsx, FormulasWithoutResultsAreCounted) {
  const ParsedDocument document =
      ParseOk(MakeXlsx("<sheetData><row r='1'>" + Cell("A1", "x") +
                       "<c r='B1'><f>A1*2</f></c></row></sheetData>"),
              "");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_TRUE(document.warnings[0].starts_with("1 formulas have no stored"));
}

TEST(Xlsx, CommentsSayWhereTheyStandWhoWroteThemAndWhen) {
  const ParsedDocument document = ParseOk(
      MakeXlsx(
          "<sheetData><row r='1'>" + Cell("A1", "x") + "</row></sheetData>",
          {{"xl/worksheets/_rels/sheet1.xml.rels",
            "<Relationships><Relationship Id='a' Type='x/threadedComment' "
            "Target='t.xml'/></Relationships>"},
           {"xl/worksheets/t.xml",
            "<ThreadedComments><threadedComment ref='A1' "
            "dT='2020-01-02T03:04:05.00'><text>why</text>"
            "</threadedComment></ThreadedComments>"}}),
      "");
  EXPECT_EQ(Outline(document),
            "heading1 Data|paragraph x|paragraph Comment on A1, 2020-01-02: "
            "why");
}

TEST(Xlsx, MoreCellsThanTheLimitAreAnError) {
  Limits limits;
  limits.cells_max = 1;
  EXPECT_EQ(ParseReason(MakeXlsx("<sheetData><row r='1'>" + Cell("A1", "x") +
                                 Cell("B1", "y") + "</row></sheetData>"),
                        "", "", limits),
            "TOO_MANY_CELLS");
}

TEST(NumberFormat, ShowsWhatAPersonSees) {
  const auto shown = [](const char* code, double value) {
    return NumberFormat(code).Apply(value, false);
  };
  EXPECT_EQ(shown("0%", .25), "25%");
  EXPECT_EQ(shown("#,##0", 1234567), "1,234,567");
  EXPECT_EQ(shown("yyyy-mm-dd", 45292), "2024-01-01");
  EXPECT_EQ(shown("General", 0.1 + 0.2), "0.3");
  EXPECT_EQ(NumberFormat("yyyy-mm-dd").Apply(0, true), "1904-01-01");
}

}  // namespace
}  // namespace cairn
