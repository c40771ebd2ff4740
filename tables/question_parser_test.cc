#include "tables/question_parser.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tables/grid_for_test.h"

namespace cairn {
namespace {

const TableGrid& Routes() {
  static const TableGrid grid =
      GridForTest({{"Rank", "City", "Country", "Passengers"},
                   {"1", "Los Angeles", "United States", "14,749"},
                   {"2", "Houston", "United States", "5,465"},
                   {"3", "Calgary", "Canada", "3,761"},
                   {"4", "Saskatoon", "Canada", "2,282"}});
  return grid;
}

std::string Asked(std::string_view question, const TableGrid& grid = Routes()) {
  const auto plans = ParseQuestion(question, grid, 1);
  if (plans.empty()) return "none";
  std::string out;
  for (const PlanValue& value : plans[0].result.values) {
    out += (out.empty() ? "" : "|") + value.text;
  }
  return out;
}

TEST(ParseQuestion, AnswersTheCommonShapes) {
  EXPECT_EQ(Asked("How many passengers flew to Houston?"), "5,465");
  EXPECT_EQ(Asked("Which city had the most passengers?"), "Los Angeles");
  EXPECT_EQ(Asked("How many cities are in Canada?"), "2");
  EXPECT_EQ(Asked("What is the difference in passengers between Los Angeles "
                  "and Saskatoon?"),
            "12,467");
}

TEST(ParseQuestion, TrustsPlainLookUps) {
  const TableGrid staff =
      GridForTest({{"Name", "Role", "Room", "Phone"},
                   {"Ada Berg", "Director", "201", "555-0101"},
                   {"Tom Elg", "Engineer", "104", "555-0102"},
                   {"Mia Sund", "Accountant", "105", "555-0103"}});
  for (const auto& [question, answer] :
       {std::pair("What is the phone number of Tom Elg?", "555-0102"),
        std::pair("Which room is Mia Sund in?", "105"),
        std::pair("Who is the director?", "Ada Berg"),
        std::pair("What is Ada Berg's role?", "Director")}) {
    EXPECT_EQ(Asked(question, staff), answer);
    EXPECT_GT(ParseQuestion(question, staff, 1)[0].probability,
              kTrustedProbability)
        << question;
  }
}

TEST(ParseQuestion, TrustsPlainComputations) {
  const TableGrid ferries = GridForTest({{"Route", "Year", "Passengers"},
                                         {"Varne - Orel", "2021", "1200"},
                                         {"Varne - Orel", "2022", "1500"},
                                         {"Orel - Sund", "2021", "800"},
                                         {"Orel - Sund", "2022", "600"},
                                         {"Sund - Varne", "2021", "300"},
                                         {"Sund - Varne", "2022", "450"}});
  for (const auto& [question, answer] :
       {std::pair("How many passengers did Orel - Sund have in 2022?", "600"),
        std::pair("What is the average number of passengers in 2021?",
                  "766.6667")}) {
    EXPECT_EQ(Asked(question, ferries), answer);
    EXPECT_GT(ParseQuestion(question, ferries, 1)[0].probability,
              kTrustedProbability)
        << question;
  }
}

// Words of the question that a kind of plan needs.
TEST(ParseQuestion, GoesToOtherRowsOnlyWhenTheQuestionSpeaksOfOrder) {
  const auto moves = [](const char* question) {
    for (const RankedPlan& plan : ParseQuestion(question, Routes(), 1000)) {
      const std::string text = PrintPlan(plan.plan);
      if (text.find("| next |") != std::string::npos) return true;
    }
    return false;
  };
  EXPECT_FALSE(moves("How many passengers flew to Houston?"));
  EXPECT_TRUE(moves("Which city is listed after Houston?"));
}

TEST(ParseQuestion, ComputesOverPeriodsThatStandSideBySide) {
  const TableGrid grid = GridForTest({{"(in millions)", "2019", "2018"},
                                      {"Net revenue", "250", "200"},
                                      {"Operating costs", "90", "80"}});
  EXPECT_EQ(Asked("What is the percentage change in net revenue from 2018 to "
                  "2019?",
                  grid),
            "25 %");
}

// What was fitted to words of the tables holds for others of their kind.
TEST(ParseQuestion, ReadsWordsThatSpeakOfAColumnByAnotherName) {
  const TableGrid towers = GridForTest({{"Tower", "Height", "Opened"},
                                        {"Elm", "120", "1990"},
                                        {"Oak", "90", "1985"},
                                        {"Ash", "140", "2001"}});
  EXPECT_EQ(Asked("Which tower is the oldest?", towers), "Oak");
}

TEST(ParseQuestion, GivesProbabilitiesThatAddUpAndPlansThatRun) {
  const auto plans = ParseQuestion("Which city is in Canada?", Routes(), 50);
  ASSERT_FALSE(plans.empty());
  double sum = 0;
  for (std::size_t i = 0; i < plans.size(); ++i) {
    sum += plans[i].probability;
    if (i > 0) {
      EXPECT_LE(plans[i].probability, plans[i - 1].probability);
    }
    const auto read = ParsePlan(PrintPlan(plans[i].plan));
    ASSERT_TRUE(read.ok()) << read.status();
    const auto result = TableEngine({&Routes()}).Run(*read);
    ASSERT_TRUE(result.ok()) << PrintPlan(*read) << result.status();
    EXPECT_EQ(AnswerKey(*result), AnswerKey(plans[i].result));
  }
  EXPECT_LE(sum, 1 + 1e-9);
}

TEST(ParseQuestion, HasNoPlanForEmptyAndForHugeTables) {
  EXPECT_EQ(Asked("Which city?", TableGrid()), "none");
  TableGrid huge = Routes();
  huge.rows.resize(kAskedSlotsMax, huge.rows[0]);
  EXPECT_EQ(Asked("Which city?", huge), "none");
}

}  // namespace
}  // namespace cairn
