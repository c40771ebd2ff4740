#include "tables/table_match.h"

#include <gtest/gtest.h>

#include <vector>

#include "tables/grid_for_test.h"
#include "tables/question_parser.h"

namespace cairn {
namespace {
const TableGrid& Medals() {
  static const TableGrid grid = GridForTest({{"Nation", "Gold", "Silver"},
                                             {"India", "102", "58"},
                                             {"Sri Lanka", "16", "42"}});
  return grid;
}
const TableGrid& Matches() {
  static const TableGrid grid = GridForTest({{"Date", "Opponent", "Score"},
                                             {"9 May", "India", "2-1"},
                                             {"11 May", "Gold Coast", "0-0"}});
  return grid;
}

TEST(MatchTables, PrefersTheTableThatHoldsMoreOfTheQuestion) {
  const auto matches =
      MatchTables("How many gold medals did Sri Lanka win against India?",
                  std::vector{&Medals(), &Matches()});
  ASSERT_EQ(matches.size(), 2U);
  EXPECT_GT(matches[0], matches[1]);
  EXPECT_GT(matches[1], 0);
}

TEST(MatchTables, ACellNamedInFullCountsMoreThanItsWordsElsewhere) {
  const TableGrid scattered = GridForTest({{"Place", "Note"},
                                           {"Gold mine", "a coast far away"},
                                           {"Coast", "none"}});
  const auto matches = MatchTables("Who scored against gold coast?",
                                   std::vector{&Matches(), &scattered});
  EXPECT_GT(matches[0], matches[1]);
}

TEST(MatchTables, WordsThatEveryTableHoldsTellLess) {
  const TableGrid third = GridForTest({{"Nation"}, {"India"}});
  const auto alone =
      MatchTables("India?", std::vector<const TableGrid*>{&Medals()});
  const auto among =
      MatchTables("India?", std::vector{&Medals(), &Matches(), &third});
  EXPECT_LT(among[0], alone[0]);
  EXPECT_DOUBLE_EQ(among[0], among[2]);
}

TEST(MatchTables, WhatIsNotReadGetsTheMean) {
  TableGrid huge = Medals();
  huge.rows.resize(kAskedSlotsMax, huge.rows[0]);
  const auto matches = MatchTables(
      "gold of Sri Lanka",
      std::vector<const TableGrid*>{&Medals(), nullptr, &Matches(), &huge});
  EXPECT_DOUBLE_EQ(matches[1], (matches[0] + matches[2]) / 2);
  EXPECT_DOUBLE_EQ(matches[3], matches[1]);
  EXPECT_TRUE(MatchTables("gold", {}).empty());
}

TEST(HeldShare, CountsTheWordsThatNameCellsAndColumns) {
  EXPECT_DOUBLE_EQ(HeldShare("How much gold did India get?", Medals()), 2. / 3);
  EXPECT_DOUBLE_EQ(HeldShare("How many invoices were delayed?", Medals()), 0);
  EXPECT_DOUBLE_EQ(HeldShare("who was it", Medals()), 1);
}

TEST(MatchTables, AQuestionOfFunctionWordsMatchesNothing) {
  const auto matches =
      MatchTables("who was it", std::vector{&Medals(), &Matches()});
  EXPECT_EQ(matches[0], 0);
  EXPECT_EQ(matches[1], 0);
}

}  // namespace
}  // namespace cairn
