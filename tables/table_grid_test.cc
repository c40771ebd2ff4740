#include "tables/table_grid.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tables/grid_for_test.h"
#include "tables/order_text.h"

namespace cairn {
namespace {

std::string Names(const TableGrid& grid) {
  std::string out;
  for (const GridColumn& column : grid.columns) {
    out += "|" + column.name;
  }
  return out.substr(1);
}

TEST(MakeGrid, JoinsTheRowsOfAHeaderThatFormatsDoNotMark) {
  const TableGrid grid = GridForTest({{"", "Year ended 31 December", ""},
                                      {"", "2019", "2018"},
                                      {"(in millions)", "", ""},
                                      {"Revenue", "1,250.5", "900"},
                                      {"Costs", "(300)", "-"}});
  EXPECT_EQ(Names(grid), "(in millions)|Year ended 31 December 2019|2018");
  ASSERT_EQ(grid.rows.size(), 2U);
  EXPECT_EQ(grid.rows[0].slots[1].value.number, 1250.5e6);
  EXPECT_EQ(grid.columns[1].scale, 1e6);
  EXPECT_EQ(grid.rows[1].slots[1].order, -300);
  EXPECT_EQ(grid.rows[1].slots[2].order, std::nullopt);
}

TEST(MakeGrid, TakesDataUnderAnEmptyCornerForData) {
  const TableGrid grid =
      GridForTest({{"", "Points"}, {"", "12"}, {"Jones", "7"}});
  EXPECT_EQ(grid.rows.size(), 2U);
}

TEST(MakeGrid, TellsTitlesOfSectionsFromRows) {
  const TableGrid grid = GridForTest({{"", "2019", "2018"},
                                      {"Assets", "", ""},
                                      {"Cash", "5", "6"},
                                      {"Total", "5", "6"},
                                      {"Debts", "", ""},
                                      {"Loans", "1", "2"}});
  ASSERT_EQ(grid.rows.size(), 3U);
  EXPECT_EQ(grid.rows[0].section, "Assets");
  EXPECT_FALSE(grid.rows[0].total);
  EXPECT_TRUE(grid.rows[1].total);
  EXPECT_EQ(grid.rows[2].section, "Debts");
}

TEST(MakeGrid, LeavesEmptyRowsOut) {
  const TableGrid grid = GridForTest({{"A", "B"}, {"x", "1"}, {"", ""}});
  EXPECT_EQ(grid.rows.size(), 1U);
}

TEST(MakeGrid, ALineThatSaysWhatAmountsAreInIsOfTheHeader) {
  const TableGrid grid =
      GridForTest({{"", "F19", "F18", ""},
                   {"$ MILLION", "53 WEEKS", "52 WEEKS", "CHANGE"},
                   {"Sales", "1,671", "1,612", "3.7%"},
                   {"EBIT", "261", "259", "0.8%"}});
  ASSERT_EQ(grid.rows.size(), 2U);
  EXPECT_EQ(grid.columns[1].name, "F19 53 WEEKS");
  EXPECT_EQ(grid.columns[3].name, "CHANGE");
  EXPECT_EQ(grid.rows[1].slots[1].value.number, 261e6);
}

TEST(MakeGrid, FillsWhatMergedCellsCover) {
  TableForTest made =
      MakeTableForTest({{"A", "B"}, {"x", "1"}, {"", "2"}, {"y", "3"}});
  made.table.cells.erase(made.table.cells.begin() + 4);
  made.table.cells[2].row_span = 2;
  const StatusOr<TableGrid> grid = MakeGrid(made.table, made.text, 7);
  ASSERT_TRUE(grid.ok());
  EXPECT_EQ(grid->rows[1].slots[0].text, "x");
  EXPECT_EQ(grid->rows[1].slots[0].cell, (CellRef{7, 2}));
}

TEST(MakeGrid, RefusesWhatIsTooLargeAndSurvivesSpansThatClaimMuch) {
  TableForTest made = MakeTableForTest({{"A", "B"}, {"x", "1"}});
  made.table.cells[2].row_span = made.table.cells[2].column_span = 4'000'000;
  EXPECT_TRUE(MakeGrid(made.table, made.text).ok());
  made.table.rows = made.table.columns = 4'000'000;
  EXPECT_EQ(ReasonOf(MakeGrid(made.table, made.text).status()),
            "TABLE_TOO_LARGE");
}

TEST(MakeGrid, OrdersColumnsThatAreNotCleanNumbers) {
  const TableGrid grid = GridForTest({{"Place", "Time", "Date", "Name"},
                                      {"1st", "1:31.5", "December 9", "Ann 2"},
                                      {"2nd", "59.25", "March 10", "Bob"},
                                      {"10th (tie)", "DNF", "May 1", "Cid"}});
  EXPECT_EQ(grid.columns[0].kind, CellKind::kNumber);
  EXPECT_EQ(grid.rows[2].slots[0].order, 10);
  EXPECT_EQ(grid.rows[0].slots[1].order, 91.5);
  EXPECT_EQ(grid.columns[2].kind, CellKind::kDate);
  EXPECT_GT(grid.rows[0].slots[2].order, grid.rows[2].slots[2].order);
  EXPECT_EQ(grid.columns[3].kind, CellKind::kText);
}

TEST(FindColumn, TakesNamesWordsAndNumbersButNothingAmbiguous) {
  const TableGrid grid =
      GridForTest({{"Net Sales", "Name", "Name", ""}, {"1", "a", "b", "c"}});
  EXPECT_EQ(grid.FindColumn("Net Sales"), 0U);
  EXPECT_EQ(grid.FindColumn("net  sales"), 0U);
  EXPECT_EQ(grid.FindColumn("#4"), 3U);
  EXPECT_EQ(grid.FindColumn("#5"), std::nullopt);
  EXPECT_EQ(grid.FindColumn("Name"), std::nullopt);
  EXPECT_EQ(grid.FindColumn(""), std::nullopt);
  EXPECT_EQ(grid.ColumnName(0), "Net Sales");
  EXPECT_EQ(grid.ColumnName(2), "#3");
  EXPECT_EQ(grid.ColumnName(3), "#4");
}

TEST(Transposed, TurnsPeriodsIntoRows) {
  const TableGrid grid = Transposed(GridForTest(
      {{"", "2019", "2018"}, {"Revenue", "5", "6"}, {"Costs", "3", "2"}}));
  EXPECT_EQ(Names(grid), "|Revenue|Costs");
  ASSERT_EQ(grid.rows.size(), 2U);
  EXPECT_EQ(grid.rows[0].slots[0].value.date, "2019");
  EXPECT_EQ(grid.rows[1].slots[2].value.number, 2);
  EXPECT_EQ(grid.columns[0].kind, CellKind::kDate);
}

TEST(Joined, TakesTheFirstPartnerAndCountsRowsWithout) {
  const TableGrid left = GridForTest(
      {{"City", "Land"}, {"Lyon", "FR"}, {"Bern", "CH"}, {"X", "?"}});
  const TableGrid right =
      GridForTest({{"Code", "Size"}, {"CH", "8"}, {"fr", "67"}, {"FR", "1"}});
  std::size_t unmatched = 0;
  const TableGrid grid = Joined(left, 1, right, 0, unmatched);
  EXPECT_EQ(Names(grid), "City|Land|Size");
  EXPECT_EQ(grid.rows[0].slots[2].text, "67");
  EXPECT_EQ(grid.rows[1].slots[2].text, "8");
  EXPECT_EQ(grid.rows[2].slots[2].value.kind, CellKind::kMissing);
  EXPECT_EQ(unmatched, 1U);
}

TEST(ReadOrder, ReadsNumbersTimesAndDatesInsideText) {
  const auto read = [](std::string_view text) {
    const auto key = ReadOrder(text);
    return key ? (key->date ? "date " : "") + std::to_string(key->value)
               : std::string("none");
  };
  EXPECT_EQ(read("3rd"), "3.000000");
  EXPECT_EQ(read("approx. 1,200 m"), "1200.000000");
  EXPECT_EQ(read("-4 (est.)"), "-4.000000");
  EXPECT_EQ(read("W 24-10"), "24.000000");
  EXPECT_EQ(read("1:02:03"), "3723.000000");
  EXPECT_EQ(read("2003\u201304"), "date " + std::to_string(*DateOrder("2003")));
  EXPECT_EQ(read("9 Dec 1993 (W)"),
            "date " + std::to_string(*DateOrder("1993-12-09")));
  EXPECT_EQ(read("none at all"), "none");
  EXPECT_EQ(read(std::string(65, '1')), "none");
}

}  // namespace
}  // namespace cairn
