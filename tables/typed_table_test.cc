#include "tables/typed_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cairn {
namespace {

struct Sample {
  Table table;
  std::string text;
};

std::uint32_t SizeOf(const std::string& text) {
  return static_cast<std::uint32_t>(text.size());
}

Sample TableOf(std::string caption,
               const std::vector<std::vector<std::string>>& rows) {
  Sample sample;
  sample.text = std::move(caption);
  sample.table.caption = {0, SizeOf(sample.text)};
  sample.table.header_rows = 1;
  for (const std::vector<std::string>& row : rows) {
    std::uint32_t column = 0;
    for (const std::string& cell : row) {
      sample.text += "\n";
      const std::uint32_t begin = SizeOf(sample.text);
      sample.text += cell;
      sample.table.cells.push_back({.row = sample.table.rows,
                                    .column = column++,
                                    .span = {begin, SizeOf(sample.text)},
                                    .header = sample.table.rows == 0});
    }
    sample.table.columns = std::max(sample.table.columns, column);
    ++sample.table.rows;
  }
  return sample;
}

CellValue At(const Sample& sample, std::uint32_t row, std::uint32_t column) {
  const std::vector<CellValue> values = TypeTable(sample.table, sample.text);
  EXPECT_EQ(values.size(), sample.table.cells.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Cell& cell = sample.table.cells[i];
    if (cell.row == row && cell.column == column) return values[i];
  }
  return {};
}

TEST(TypeTable, TakesScaleAndUnitFromHeadersAndCaption) {
  const Sample sample =
      TableOf("Results (in millions)", {{"Year", "Revenue (EUR)", "Margin (%)"},
                                        {"2022", "1.5", "12"},
                                        {"2023", "(0.5)", "-3.5"}});
  EXPECT_EQ(At(sample, 1, 0),
            (CellValue{.kind = CellKind::kDate, .date = "2022"}));
  EXPECT_EQ(At(sample, 1, 1), (CellValue{.kind = CellKind::kNumber,
                                         .number = 1.5e6,
                                         .unit = "EUR",
                                         .scale = 1e6}));
  EXPECT_EQ(At(sample, 2, 1), (CellValue{.kind = CellKind::kNumber,
                                         .number = -5e5,
                                         .unit = "EUR",
                                         .scale = 1e6}));
  EXPECT_EQ(
      At(sample, 2, 2),
      (CellValue{.kind = CellKind::kNumber, .number = -3.5, .unit = "%"}));
  EXPECT_EQ(At(sample, 0, 1).kind, CellKind::kText);
}

TEST(TypeTable, AScaleThatStandsAloneInTheHeaderIsOfAllColumns) {
  const Sample corner = TableOf(
      "", {{"(U.S. $ in thousands)", "2019", "2018"}, {"Cash", "5", "6"}});
  EXPECT_EQ(At(corner, 1, 1).number, 5e3);
  EXPECT_EQ(At(corner, 1, 2).unit, "USD");
  const Sample own =
      TableOf("", {{"Name", "Sales in millions", "Staff"}, {"A", "5", "6"}});
  EXPECT_EQ(At(own, 1, 1).number, 5e6);
  EXPECT_EQ(At(own, 1, 2).number, 6);
}

TEST(TypeTable, AColumnSettlesWhatACellLeavesOpen) {
  const Sample sample = TableOf("", {{"Ort", "Einwohner", "Datum"},
                                     {"A", "1.234", "3/4/2023"},
                                     {"B", "12.345,5", "13/4/2023"},
                                     {"C", "-", "x"}});
  EXPECT_EQ(At(sample, 1, 1).number, 1234);
  EXPECT_EQ(At(sample, 2, 1).number, 12345.5);
  EXPECT_EQ(At(sample, 3, 1).kind, CellKind::kMissing);
  EXPECT_EQ(At(sample, 1, 2).date, "2023-04-03");
  EXPECT_EQ(At(sample, 3, 2).kind, CellKind::kText);
}

TEST(TypeTable, ASilentColumnFollowsTheOthers) {
  const Sample sample =
      TableOf("", {{"a", "b"}, {"1.234", "0,5"}, {"2.345", "1,5"}});
  EXPECT_EQ(At(sample, 1, 0).number, 1234);
}

TEST(TypeTable, AHeaderSpeaksForAllColumnsThatItSpans) {
  Sample sample =
      TableOf("", {{"EUR m", ""}, {"Net", "Gross"}, {"1", "2"}, {"3", "4"}});
  sample.table.header_rows = 2;
  sample.table.cells[0].column_span = 2;
  sample.table.cells.erase(sample.table.cells.begin() + 1);
  EXPECT_EQ(At(sample, 2, 0).number, 1e6);
  EXPECT_EQ(At(sample, 3, 1).number, 4e6);
}

TEST(TypeTable, TakesNoMemoryForColumnsThatHaveNoCells) {
  Sample sample = TableOf("", {{"In USD", "b"}, {"1.5", "2"}});
  sample.table.columns = UINT32_MAX;
  sample.table.cells[0].column_span = UINT32_MAX - 1;
  sample.table.cells[1].column = UINT32_MAX - 1;
  sample.table.cells[3].column = UINT32_MAX - 1;
  EXPECT_EQ(At(sample, 1, 0).unit, "USD");
  EXPECT_EQ(At(sample, 1, UINT32_MAX - 1).unit, "");
}

}  // namespace
}  // namespace cairn
