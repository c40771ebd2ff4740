#include "tables/table_engine.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tables/grid_for_test.h"
#include "tables/table_totals.h"

namespace cairn {
namespace {

const TableGrid& Medals() {
  static const TableGrid grid =
      GridForTest({{"Country", "City", "Gold", "Year"},
                   {"France", "Lyon", "3", "1990"},
                   {"Italy", "Rome (host)", "5", "1991"},
                   {"France", "Paris", "1", "1995"},
                   {"Spain", "Leon", "-", "1999"},
                   {"Total", "", "9", ""}});
  return grid;
}

// "a|b ; 3 cells ; note", or the reason of the error.
std::string Result(std::string_view text, const TableGrid& grid = Medals()) {
  const StatusOr<TablePlan> plan = ParsePlan(text);
  if (!plan.ok()) return MessageOf(plan.status());
  const StatusOr<PlanResult> result = TableEngine({&grid}).Run(*plan);
  if (!result.ok()) return ReasonOf(result.status());
  std::string out;
  for (std::size_t i = 0; i < result->values.size(); ++i) {
    out += (i == 0 ? "" : "|") + result->values[i].text;
    if (!result->counts.empty()) out += "=" + result->counts[i].text;
  }
  out += " ; " + std::to_string(result->cells.size()) + " cells";
  for (const std::string& note : result->notes) out += " ; " + note;
  return out;
}

// A plan of a few bytes must not make values without end.
TEST(TableEngine, RefusesPlansThatGoOverTooManySlots) {
  std::vector<std::vector<std::string>> rows(70'001, {"7"});
  rows[0] = {"Points"};
  const TableGrid tall = GridForTest(rows);
  std::string columns = "#1";
  for (int i = 1; i < 64; ++i) columns += ", #1";
  EXPECT_EQ(Result("rows | select " + columns, tall), "PLAN_TOO_LARGE");
  EXPECT_EQ(Result("rows | sum " + columns, tall), "PLAN_TOO_LARGE");
  EXPECT_EQ(Result("rows | where #1 is 8 | select " + columns, tall),
            " ; 0 cells ; no row is left");

  std::vector<std::string> header(100);
  for (std::size_t i = 0; i < header.size(); ++i) {
    header[i] = "c" + std::to_string(i);
  }
  const TableGrid wide =
      GridForTest({header, std::vector<std::string>(header.size(), "7")});
  const StatusOr<TablePlan> join =
      ParsePlan(R"(rows | join 2 on #1 is #1 | count)");
  ASSERT_TRUE(join.ok()) << join.status();
  EXPECT_EQ(ReasonOf(TableEngine({&tall, &wide}).Run(*join).status()),
            "PLAN_TOO_LARGE");
  EXPECT_TRUE(TableEngine({&wide, &tall}).Run(*join).ok());
}

TEST(TableEngine, LooksUpFiltersAndOrders) {
  EXPECT_EQ(Result(R"(rows | where "City" is "rome" | select "Gold")"),
            "5 ; 2 cells");
  EXPECT_EQ(Result(R"(rows | where "Country" is "France" or "Spain" | count)"),
            "3 ; 3 cells");
  EXPECT_EQ(
      Result(
          R"(rows | where "Country" is not "France" or "Total" | where "Gold" > 4 | select "City")"),
      "Rome (host) ; 3 cells");
  EXPECT_EQ(
      Result(
          R"(rows | without totals | highest 1 by "Gold" | select "Country")"),
      "Italy ; 2 cells");
  EXPECT_EQ(
      Result(R"(rows | where "Year" between 1991 and 1995 | select "City")"),
      "Rome (host)|Paris ; 4 cells");
  EXPECT_EQ(Result(R"(rows | where "City" contains "rom" | count)"),
            "0 ; 0 cells");
  EXPECT_EQ(Result(R"(rows | where "Gold" is missing | select "City")"),
            "Leon ; 2 cells");
  EXPECT_EQ(
      Result(R"(rows | sort down "Country" | first 2 | select "Country")"),
      "Total|Spain ; 2 cells");
}

TEST(TableEngine, FindsTheRowsBeside) {
  EXPECT_EQ(Result(R"(rows | where "City" is "Rome" | next | select "City")"),
            "Paris ; 2 cells");
  EXPECT_EQ(
      Result(R"(rows | where "City" is "Lyon" | previous | select "City")"),
      " ; 1 cells ; no row is left");
  EXPECT_EQ(
      Result(R"(rows | where "City" is "Paris" | before | select "City")"),
      "Lyon|Rome (host) ; 3 cells");
  EXPECT_EQ(
      Result(
          R"(rows | same "Country" as (rows | where "City" is "Lyon" | select "Country") | where "City" is not "Lyon" | select "City")"),
      "Paris ; 4 cells");
}

TEST(TableEngine, ComputesOverCellsAndCitesThem) {
  EXPECT_EQ(Result(R"(rows | without totals | sum "Gold")"), "9 ; 3 cells");
  EXPECT_EQ(Result(R"(rows | without totals | mean "Gold")"), "3 ; 3 cells");
  EXPECT_EQ(Result(R"(rows | without totals | range "Gold")"), "4 ; 3 cells");
  EXPECT_EQ(Result(R"(rows | min "Gold")"), "1 ; 4 cells");
  EXPECT_EQ(Result(R"(rows | without totals | group "Country" by count)"),
            "France=2|Italy=1|Spain=1 ; 4 cells");
  EXPECT_EQ(
      Result(
          R"(rows | without totals | group "Country" by sum "Gold" | highest 1)"),
      "Italy=5 ; 2 cells ; groups without a number, left out: 1");
  EXPECT_EQ(Result(R"(rows | without totals | count distinct "Country")"),
            "3 ; 3 cells");
  EXPECT_EQ(
      Result(
          R"(difference(rows | where "City" is "Rome" | select "Gold", rows | where "City" is "Lyon" | select "Gold"))"),
      "2 ; 4 cells");
  EXPECT_EQ(
      Result(
          R"(difference(rows | where "City" is "Paris" | select "Year", rows | where "City" is "Lyon" | select "Year"))"),
      "5 years ; 4 cells");
  EXPECT_EQ(
      Result(
          R"(greater(rows | where "City" is "Rome" | select "Gold", rows | where "City" is "Lyon" | select "Gold"))"),
      "yes ; 4 cells");
}

TEST(TableEngine, ReadsDatesAsPeopleWriteThem) {
  const TableGrid races = GridForTest({{"Race", "Date"},
                                       {"Imola", "30 June 2004"},
                                       {"Monza", "June 2, 2005"},
                                       {"Spa", "30 June 2006"}});
  EXPECT_EQ(Result(R"(rows | where "Date" is "June 30, 2004" | select "Race")",
                   races),
            "Imola ; 2 cells");
  EXPECT_EQ(
      Result(R"(rows | where "Date" is "June 30" | select "Race")", races),
      "Imola|Spa ; 4 cells");
  EXPECT_EQ(
      Result(R"(rows | where "Date" > "30 June 2004" | select "Race")", races),
      "Monza|Spa ; 4 cells");
  EXPECT_EQ(Result(R"(rows | where "Date" is 2005 | select "Race")", races),
            "Monza ; 2 cells");
  EXPECT_EQ(Result(R"(rows | range "Date")", races), "2 years ; 3 cells");
  EXPECT_EQ(Result(R"(rows | first 2 | range "Date")", races),
            "1 year ; 2 cells");
  EXPECT_EQ(Result(R"(rows | sum "Date")", races), "NOT_A_NUMBER");
}

TEST(TableEngine, KeepsScaleAndUnitOfTheCells) {
  const TableGrid grid = GridForTest({{"", "2018 (EUR m)", "2019 (EUR m)"},
                                      {"Sales", "1,000", "1,250"},
                                      {"Costs", "800", "900"},
                                      {"Margin", "20 %", "28 %"}});
  EXPECT_EQ(
      Result(
          R"(percent change(rows | where #1 is "Sales" | select #2, rows | where #1 is "Sales" | select #3))",
          grid),
      "25 % ; 3 cells");
  EXPECT_EQ(Result(R"(rows | where #1 is "Sales" | sum #2, #3)", grid),
            "2,250 million EUR ; 3 cells");
  EXPECT_EQ(
      Result(R"(columns | where #1 contains 2019 | select "Sales")", grid),
      "1,250 ; 2 cells");
  EXPECT_EQ(Result(R"(columns | highest 1 by "Sales" | select #1)", grid),
            "2019 (EUR m) ; 2 cells");
  EXPECT_EQ(Result(R"(rows | where #2 > 900 | select #1)", grid),
            "Sales ; 2 cells");
}

TEST(TableEngine, JoinsASecondTable) {
  const TableGrid sizes =
      GridForTest({{"Name", "Size"}, {"France", "67"}, {"Italy", "59"}});
  const TablePlan plan = *ParsePlan(
      R"(rows | join 2 on "Country" is "Name" | where "City" is "Paris" | select "Size")");
  const StatusOr<PlanResult> result =
      TableEngine({&Medals(), &sizes}).Run(plan);
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_EQ(result->values.at(0).text, "67");
  EXPECT_EQ(result->notes.at(0), "rows without a partner in table 2: 2");
  EXPECT_EQ(ReasonOf(TableEngine({&Medals()}).Run(plan).status()),
            "NO_SUCH_TABLE");
}

TEST(TableEngine, SaysWhatIsWrongWithAPlan) {
  EXPECT_EQ(Result(R"(rows | sum "Silver")"), "NO_SUCH_COLUMN");
  EXPECT_EQ(Result(R"(rows | where "Silver" is 1 | count)"), "NO_SUCH_COLUMN");
  EXPECT_EQ(Result(R"(rows | highest 1 by "Country" | count)"), "NOT_A_NUMBER");
  EXPECT_EQ(Result(R"(rows | sum "Country")"), "NOT_A_NUMBER");
  EXPECT_EQ(Result(R"(difference(rows | select "Gold", rows | count))"),
            "NO_VALUE");
  EXPECT_EQ(Result(R"(ratio(rows | count, rows | where "Gold" > 99 | count))"),
            "DIVISION_BY_ZERO");
  EXPECT_EQ(Result(R"(rows | next | join 1 on "City" is "City" | count)"),
            "BAD_PLAN");
  const Status status = TableEngine({&Medals()})
                            .Run(*ParsePlan(R"(rows | sum "Silver")"))
                            .status();
  EXPECT_NE(MessageOf(status).find("#3 \"Gold\""), std::string::npos) << status;
}

TEST(FormatNumber, WritesGroupsDecimalsScaleAndUnit) {
  EXPECT_EQ(FormatNumber(1234567.5, 1, ""), "1,234,567.5");
  EXPECT_EQ(FormatNumber(223e6, 1e6, "EUR"), "223 million EUR");
  EXPECT_EQ(FormatNumber(-12.5, 1, "%"), "-12.5 %");
  EXPECT_EQ(FormatNumber(-1000, 1, ""), "-1,000");
  EXPECT_EQ(FormatNumber(-0.00001, 1, ""), "0");
  EXPECT_EQ(FormatNumber(100, 1, ""), "100");
}

TEST(CheckTotals, ComparesTotalsWithTheirParts) {
  const TableGrid grid = GridForTest({{"", "2019", "2018"},
                                      {"Assets", "", ""},
                                      {"Cash", "1.24", "6"},
                                      {"Land", "2.24", "7"},
                                      {"Total assets", "3.49", "13"},
                                      {"Debts", "", ""},
                                      {"Loans", "1", "2"},
                                      {"Bonds", "1", "2"},
                                      {"Total debts", "2", "9"},
                                      {"Grand total", "5.49", "22"}});
  std::string out;
  for (const TotalCheck& check : CheckTotals(grid)) {
    out += std::to_string(check.row) + "," + std::to_string(check.column) +
           (check.agrees ? " yes|" : " no|");
  }
  EXPECT_EQ(out, "2,1 yes|5,1 yes|6,1 yes|2,2 yes|5,2 no|6,2 yes|");
  EXPECT_EQ(TotalNote(grid, CheckTotals(grid).at(0)),
            "\"Total assets\" under \"2019\" equals the sum of its parts");
  EXPECT_EQ(
      TotalNote(grid, CheckTotals(grid).at(4)),
      "\"Total debts\" under \"2018\" says 9, the rows above add up to 4");
}

}  // namespace
}  // namespace cairn
