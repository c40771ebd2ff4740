// Plans of users over stored tables, through the whole core.
#include "services/query/table_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "models/fake/fake_embedder.h"
#include "services/query/cores_for_test.h"

namespace cairn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr char kSales[] =
    "Country,Year,Revenue\n"
    "Norway,2022,10\n"
    "Norway,2023,14\n"
    "Iceland,2022,3\n"
    "Iceland,2023,6\n"
    "Total,,33\n";

class TableQueries : public testing::Test {
 protected:
  void SetUp() override {
    Put("sales.csv", kSales, "text/csv");
    Put("two.md",
        "| Name | Capital |\n|---|---|\n| Norway | Oslo |\n\nThen:\n\n"
        "| City | People |\n|---|---|\n| Oslo | 700 |\n",
        "text/markdown");
    Put("note.txt", "No table at all.", "text/plain");
  }

  void Put(const std::string& id, const std::string& bytes,
           const std::string& type) {
    const auto put = cores_.ingestion().Ingest(TenantId(0), "default",
                                               {.id = id,
                                                .title = id,
                                                .bytes = bytes,
                                                .media_type = type,
                                                .metadata = {}});
    ASSERT_TRUE(put.ok()) << put.status();
  }

  StatusOr<TableComputation> Run(const TableQuery& query,
                                 std::uint32_t tenant = 0) const {
    return cores_.query().RunPlan(TenantId(tenant), "default", query,
                                  Sequence(0));
  }

  const FakeEmbedder embedder_;
  CoresForTest cores_{embedder_};
};

TEST_F(TableQueries, ComputeAndCiteTheirCells) {
  const auto computed =
      Run({.document = "sales.csv",
           .plan = R"(rows | where "Country" is "Norway" | sum "Revenue")"});
  ASSERT_TRUE(computed.ok()) << computed.status();
  ASSERT_EQ(computed->result.values.size(), 1U);
  EXPECT_EQ(computed->result.values[0].text, "24");
  std::vector<std::string> quotes;
  for (const Citation& citation : computed->citations) {
    quotes.push_back(citation.quote);
    EXPECT_EQ(citation.document, "sales.csv");
    EXPECT_EQ(citation.cells.size(), 1U);
  }
  EXPECT_THAT(quotes, ElementsAre("10", "14", "Norway", "Norway"));
  EXPECT_GT(computed->sequence, Sequence(0));
}

TEST_F(TableQueries, SayWhetherATotalIsThatOfItsParts) {
  const auto computed =
      Run({.document = "sales.csv",
           .plan = R"(rows | where "Country" is "Total" | select "Revenue")"});
  ASSERT_TRUE(computed.ok()) << computed.status();
  ASSERT_EQ(computed->notes.size(), 1U);
  EXPECT_THAT(computed->notes[0], HasSubstr("equals the sum of its parts"));
}

TEST_F(TableQueries, SayWhatAmountsAreIn) {
  Put("report.html",
      "<p>Revenue by segment (in thousands of euros):<table><tr><th>Segment"
      "<th>2023<th>Growth<tr><td>Ferries<td>184,220<td>7 %<tr><td>Service"
      "<td>22,385<td>13 %</table>",
      "text/html");
  const auto notes = [&](const std::string& plan) {
    const auto computed = Run({.document = "report.html", .plan = plan});
    EXPECT_TRUE(computed.ok()) << computed.status();
    return computed.ok() ? computed->notes : std::vector<std::string>();
  };
  EXPECT_THAT(notes(R"(rows | first 1 | select "2023")"),
              ElementsAre("in thousands"));
  EXPECT_THAT(notes(R"(rows | first 1 | select "Growth")"), ElementsAre());
  EXPECT_THAT(notes(R"(rows | sum "2023")"), ElementsAre());
  EXPECT_THAT(notes(R"(rows | first 1 | select "Segment")"), ElementsAre());
}

TEST_F(TableQueries, JoinTablesOfOneDocument) {
  const TableQuery query{
      .document = "two.md",
      .tables = {0, 1},
      .plan = R"(rows | join 2 on "Capital" is "City" | select "People")"};
  const auto computed = Run(query);
  ASSERT_TRUE(computed.ok()) << computed.status();
  ASSERT_EQ(computed->result.values.size(), 1U);
  EXPECT_EQ(computed->result.values[0].text, "700");
  ASSERT_FALSE(computed->citations.empty());
  EXPECT_EQ(computed->citations[0].quote, "700");
}

TEST_F(TableQueries, RunTheMostProbablePlanOfAQuestion) {
  const auto computed =
      Run({.document = "two.md", .question = "How many people live in Oslo?"});
  ASSERT_TRUE(computed.ok()) << computed.status();
  ASSERT_EQ(computed->result.values.size(), 1U);
  EXPECT_EQ(computed->result.values[0].text, "700");
  EXPECT_THAT(computed->tables, ElementsAre(1U));
  ASSERT_TRUE(computed->probability.has_value());
  EXPECT_GT(*computed->probability, 0);
  EXPECT_LE(*computed->probability, 1);
  ASSERT_FALSE(computed->citations.empty());
  EXPECT_EQ(computed->citations[0].quote, "700");
  // The plan as it is shown comes to the same over the table that is named.
  const auto again = Run({.document = "two.md",
                          .tables = computed->tables,
                          .plan = computed->plan});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->result.values[0].text, "700");
  EXPECT_FALSE(again->probability.has_value());
}

TEST_F(TableQueries, AskOnlyTheTablesThatAreNamed) {
  // Without `tables` the other one answers, as the test above has it.
  const auto computed = Run({.document = "two.md",
                             .tables = {0},
                             .question = "How many people live in Oslo?"});
  ASSERT_TRUE(computed.ok()) << computed.status();
  EXPECT_THAT(computed->tables, ElementsAre(0U));
}

TEST_F(TableQueries, GiveNoMoreValuesThanAReplyHolds) {
  constexpr std::size_t kRows = kPlanValuesMax + 7;
  std::string rows = "Number\n";
  for (std::size_t i = 0; i < kRows; ++i) rows += std::to_string(i) + "\n";
  Put("long.csv", rows, "text/csv");
  const auto computed =
      Run({.document = "long.csv", .plan = "rows | select #1"});
  ASSERT_TRUE(computed.ok()) << computed.status();
  EXPECT_EQ(computed->result.values.size(), kPlanValuesMax);
  EXPECT_EQ(computed->result.cells.size(), kRows);
  EXPECT_EQ(computed->citations.size(), kPlanCitationsMax);
  EXPECT_THAT(computed->notes, ElementsAre(HasSubstr("of 10007 values"),
                                           HasSubstr("of the 10007 cells")));
}

TEST_F(TableQueries, NameWhatIsThereWhenSomethingIsNot) {
  const auto status = [this](const TableQuery& query,
                             std::uint32_t tenant = 0) {
    return Run(query, tenant).status();
  };
  const std::string plan = "rows | count";
  EXPECT_EQ(status({.document = "none", .plan = plan}).code(),
            StatusCode::kNotFound);
  EXPECT_EQ(status({.document = "sales.csv", .plan = plan}, 7).code(),
            StatusCode::kNotFound);
  const Status column =
      status({.document = "sales.csv", .plan = R"(rows | sum "Profit")"});
  EXPECT_EQ(ReasonOf(column), "NO_SUCH_COLUMN");
  EXPECT_THAT(column.message(), HasSubstr("Revenue"));
  EXPECT_EQ(ReasonOf(status({.document = "note.txt", .plan = plan})),
            "NO_SUCH_TABLE");
  EXPECT_EQ(
      ReasonOf(status({.document = "two.md", .tables = {2}, .plan = plan})),
      "NO_SUCH_TABLE");
  EXPECT_EQ(ReasonOf(status({.document = "sales.csv", .plan = "rows | fly"})),
            "PLAN_SYNTAX");
  EXPECT_EQ(status({.document = "sales.csv", .plan = ""}).code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(
      status({.document = "sales.csv", .plan = plan, .question = "How many?"})
          .code(),
      StatusCode::kInvalidArgument);
  EXPECT_EQ(
      ReasonOf(status({.document = "note.txt", .question = "How many rows?"})),
      "NO_SUCH_TABLE");
  EXPECT_EQ(status({.document = "two.md",
                    .tables = std::vector<std::uint32_t>(9, 0),
                    .plan = plan})
                .code(),
            StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace cairn
