// Tables through the program: shown, computed over, asked; each cell cited.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/program.h"

namespace cairn {
namespace {

using ::testing::HasSubstr;

constexpr int kUsage = 2;
constexpr int kNotFound = 3;

class Tables : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string csv = folder_.Write("ferries.csv",
                                          "Route,Year,Passengers\n"
                                          "Varne - Orel,2021,1200\n"
                                          "Varne - Orel,2022,1500\n"
                                          "Orel - Sund,2021,800\n"
                                          "Orel - Sund,2022,600\n"
                                          "Sund - Varne,2021,300\n"
                                          "Sund - Varne,2022,450\n");
    const RunResult taken = Here().Run({"ingest", csv});
    ASSERT_EQ(taken.exit_code, 0) << taken;
  }

  Cairn Here() const { return Cairn::On(folder_.At("data")); }

  const TestFolder folder_;
};

TEST_F(Tables, AreShownWithTheirNumbersAndRows) {
  const RunResult shown = Here().Run({"table", "ferries.csv"});
  ASSERT_EQ(shown.exit_code, 0) << shown;
  EXPECT_THAT(shown.out, HasSubstr("table 0: 7 rows x 3 columns"));
  EXPECT_THAT(
      shown.out,
      HasSubstr("columns: Route (text), Year (date), Passengers (number)"));
  EXPECT_THAT(shown.out, HasSubstr("Route | Year | Passengers"));
  EXPECT_THAT(shown.out, HasSubstr("... 1 more"));
  const Json json = Here().Run({"table", "ferries.csv", "--json"}).json();
  EXPECT_EQ(json["tables"][0]["cells"][6][2], "450");
  EXPECT_EQ(json["tables"][0]["named_columns"][2]["kind"], "number");
}

TEST_F(Tables, AreComputedOverAndTheCellsCited) {
  const std::string plan = R"(rows | where "Year" is 2022 | sum "Passengers")";
  const RunResult people = Here().Run({"table", "ferries.csv", plan});
  ASSERT_EQ(people.exit_code, 0) << people;
  EXPECT_THAT(people.out, HasSubstr("2,550\n"));
  EXPECT_THAT(people.out, HasSubstr("row 2, column 2"));
  const Json json = Here().Run({"table", "ferries.csv", plan, "--json"}).json();
  EXPECT_EQ(json["values"][0]["value"]["number"], 2550);
  EXPECT_EQ(json["values"][0]["computed"], true);
  EXPECT_EQ(json["plan"], plan);
  const std::string text = Here().TextOf("ferries.csv");
  for (const Json& citation : json["citations"]) {
    const std::size_t begin = citation["span"]["begin"];
    const std::size_t end = citation["span"]["end"];
    EXPECT_EQ(text.substr(begin, end - begin), citation["quote"]);
  }
}

TEST_F(Tables, AreAskedDirectlyAndShowTheirPlan) {
  const std::string fares = folder_.Write(
      "fares.md",
      "| Port | Ships |\n|---|---|\n| Orel | 4 |\n| Sund | 9 |\n\n"
      "Fares:\n\n| Ticket | Price |\n|---|---|\n| Adult | 12 |\n"
      "| Child | 7 |\n");
  ASSERT_EQ(Here().Run({"ingest", fares}).exit_code, 0);
  const auto ask = [this](const char* question) {
    return Here().Run({"table", "fares.md", "--question", question});
  };
  const RunResult people = ask("What is the price of a child ticket?");
  ASSERT_EQ(people.exit_code, 0) << people;
  EXPECT_THAT(people.out, HasSubstr("7\n\nplan: rows | where"));
  EXPECT_THAT(people.out, HasSubstr("table: 1\nprobability: 0."));
  const RunResult scripts =
      Here().Run({"table", "fares.md", "--json", "--question",
                  "Which port has the most ships?"});
  ASSERT_EQ(scripts.exit_code, 0) << scripts;
  const Json json = scripts.json();
  EXPECT_EQ(json["values"][0]["text"], "Sund");
  EXPECT_EQ(json["tables"], Json::array({0}));
  EXPECT_GT(json["probability"], 0);
  // The plan that was shown is one that can be given.
  EXPECT_EQ(Here()
                .Run({"table", "fares.md", std::string(json["plan"]), "--json"})
                .json()["values"],
            json["values"]);
}

TEST_F(Tables, TakeAPlanOrAQuestionNotBoth) {
  const RunResult both = Here().Run({"table", "ferries.csv", "rows | count",
                                     "--question", "How many routes?"});
  EXPECT_EQ(both.exit_code, kUsage) << both;
  const RunResult table = Here().Run(
      {"table", "ferries.csv", "--question", "How many?", "--table", "4"});
  EXPECT_EQ(table.exit_code, kUsage) << table;
  EXPECT_THAT(table.err, HasSubstr("numbered from 0"));
}

TEST_F(Tables, AnswerANumericQuestionByComputing) {
  const auto ask = [this](const char* question) {
    return Here().Run({"ask", "--json", question}).json();
  };
  const Json looked_up =
      ask("How many passengers did Orel - Sund have in 2022?");
  EXPECT_EQ(looked_up["short_answer"], "600") << looked_up;
  const Json computed =
      ask("What is the average number of passengers in 2021?");
  EXPECT_EQ(computed["short_answer"], "766.6667") << computed;
  const Json& sentence = computed["sentences"][0];
  EXPECT_THAT(std::string(sentence["text"]), HasSubstr(R"(mean "Passengers")"));
  // Three numbers, and the three years that chose their rows.
  EXPECT_EQ(sentence["citations"].size(), 6U) << computed;
}

TEST_F(Tables, SayWhatIsThereWhenSomethingIsNot) {
  const RunResult column =
      Here().Run({"table", "ferries.csv", R"(rows | sum "Cars")"});
  EXPECT_EQ(column.exit_code, kUsage) << column;
  EXPECT_THAT(column.err, HasSubstr("Passengers"));
  EXPECT_EQ(Here().Run({"table", "none.csv"}).exit_code, kNotFound);
  const RunResult table =
      Here().Run({"table", "ferries.csv", "rows | count", "--table", "4"});
  EXPECT_EQ(table.exit_code, kUsage) << table;
  EXPECT_THAT(table.err, HasSubstr("numbered from 0"));
}

TEST_F(Tables, OfOneTenantAreNotComputedOverByAnother) {
  const RunResult created =
      Here().Run({"key", "create", "--tenant", "acme", "--json"});
  ASSERT_EQ(created.exit_code, 0) << created;
  const std::string key = created.json()["key"];
  Server server(folder_.At("data"), {"--require-key"});
  const RunResult refused = Cairn::At(server).Run(
      {"table", "ferries.csv", "rows | count"},
      {.input = {}, .variables = {"CAIRN_API_KEY=" + key}});
  EXPECT_EQ(refused.exit_code, kNotFound) << refused;
}

}  // namespace
}  // namespace cairn
