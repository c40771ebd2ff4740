#include "tables/table_plan.h"

#include <gtest/gtest.h>

#include <iostream>
#include <random>
#include <string>

#include "tables/plan_words.h"

namespace cairn {
namespace {

std::string Reason(std::string_view text) {
  const StatusOr<TablePlan> plan = ParsePlan(text);
  return plan.ok() ? "OK" : ReasonOf(plan.status());
}

TEST(ParsePlan, ReadsWhatThePagesShow) {
  for (
      const std::string_view text :
      {R"(rows | count)",
       R"(rows | where "Team" is "Crettyard" | previous | select "Team")",
       R"(rows | where "Year" between 1990 and 1999 | highest 1 by "Points" | select "Team", #2)",
       R"(rows | without totals | group "Country" by count | highest 1)",
       R"(rows | group "Country" by sum "Medals")",
       R"(percent change(rows | where #1 is "Revenue" | select "2018", rows | where #1 is "Revenue" | select "2019"))",
       R"(columns | where #1 is 2018 or 2019 | mean "Revenue")",
       R"(rows | join 2 on "Country" is "Name" | sum "Population")",
       R"(rows | same "Club" as (rows | where "Name" is "a \"b\" \\ c" | select "Club") | any)",
       R"(rows | where "Date" >= "2023-03-31" | where "Note" is missing | sort down "Date" | first 3 | select #1)"}) {
    const StatusOr<TablePlan> plan = ParsePlan(text);
    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_EQ(PrintPlan(*plan), text);
  }
}

TEST(ParsePlan, SaysWhereItStoppedAndWhatIsExpected) {
  const Status status = ParsePlan(R"(rows | were "A" is 1 | count)").status();
  EXPECT_EQ(ReasonOf(status), "PLAN_SYNTAX");
  EXPECT_NE(MessageOf(status).find("byte 7: a step (where, "),
            std::string::npos)
      << status;
  for (const std::string_view text :
       {"", "rows", "rows |", "rows | where", "rows | where \"A", "row | count",
        "rows | where \"A\" is", "rows | where \"A\" between 1 or 2 | count",
        "rows | highest by \"A\" | count", "rows | count extra",
        "difference(rows | count)", "difference(rows | count, rows | count",
        "rows | group \"A\" by any", "rows | select # | count",
        "rows | same \"A\" as rows | count",
        "rows | first 99999999999 | count"}) {
    EXPECT_EQ(Reason(text), "PLAN_SYNTAX") << text;
  }
}

TEST(ParsePlan, StopsAtTheLimits) {
  std::string deep;
  for (int i = 0; i < 2000; ++i) deep += "total(";
  EXPECT_EQ(Reason(deep.substr(0, 6000)), "PLAN_TOO_LARGE");
  std::string steps = "rows";
  for (int i = 0; i < 40; ++i) steps += " | next";
  EXPECT_EQ(Reason(steps + " | count"), "PLAN_TOO_LARGE");
  std::string values = "rows | where #1 is 1";
  for (int i = 0; i < 70; ++i) values += " or 1";
  EXPECT_EQ(Reason(values + " | count"), "PLAN_TOO_LARGE");
  EXPECT_EQ(Reason(std::string(kPlanBytesMax + 1, ' ')), "PLAN_TOO_LARGE");
}

// Plans of every kind, with only the fields that their kinds have.
class RandomPlans {
 public:
  explicit RandomPlans(unsigned seed) : random_(seed) {}

  TablePlan Make(int depth) {
    TablePlan plan;
    if (depth > 0 && Below(3) == 0) {
      plan.kind = plan_words::kCombinations[Below(10)].kind;
      const std::size_t parts =
          plan_words::TakesTwo(plan.kind) ? 2 : 1 + Below(3);
      for (std::size_t i = 0; i < parts; ++i) {
        plan.parts.push_back(Make(depth - 1));
      }
      return plan;
    }
    plan.columns = Below(2) == 0;
    for (std::size_t i = Below(4); i > 0; --i)
      plan.steps.push_back(Step(depth));
    plan.end = End();
    return plan;
  }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::string Column() {
    const std::string_view names[] = {"Year", "#3", "a \"b\"", "x | y", "c\\d"};
    return std::string(names[Below(5)]);
  }
  PlanLiteral Literal() {
    return Below(2) == 0
               ? NumberLiteral(static_cast<double>(Below(1000)) / 8 - 20)
               : TextLiteral(Column());
  }
  PlanStep Step(int depth) {
    PlanStep step;
    step.kind = plan_words::kSteps[Below(plan_words::kSteps.size())].kind;
    using Kind = PlanStep::Kind;
    if (step.kind == Kind::kSame && depth == 0) step.kind = Kind::kNext;
    if (plan_words::TakesCount(step.kind) || step.kind == Kind::kJoin) {
      step.count = static_cast<std::uint32_t>(Below(9));
    }
    const bool no_column =
        step.kind == Kind::kWithoutTotals || step.kind == Kind::kFirst ||
        step.kind == Kind::kLast || step.kind == Kind::kNext ||
        step.kind == Kind::kPrevious || step.kind == Kind::kAfter ||
        step.kind == Kind::kBefore;
    if (!no_column) step.column = Column();
    if (step.kind == Kind::kJoin) step.other = Column();
    if (step.kind == Kind::kSame) step.plan.push_back(Make(depth - 1));
    if (step.kind == Kind::kWhere) {
      step.compare = plan_words::kCompares[Below(10)].kind;
      std::size_t count = 1 + Below(3);
      if (step.compare == PlanCompare::kBetween) count = 2;
      if (step.compare == PlanCompare::kMissing ||
          step.compare == PlanCompare::kPresent) {
        count = 0;
      }
      for (; count > 0; --count) step.literals.push_back(Literal());
    }
    return step;
  }
  PlanEnd End() {
    PlanEnd end;
    end.kind = plan_words::kEnds[Below(plan_words::kEnds.size())].kind;
    if (plan_words::TakesColumns(end.kind)) {
      for (std::size_t i = 1 + Below(3); i > 0; --i) {
        end.columns.push_back(Column());
      }
    }
    if (end.kind == PlanEnd::Kind::kGroup) {
      end.columns.push_back(Column());
      end.by = Below(2) == 0 ? PlanEnd::Kind::kCount : PlanEnd::Kind::kMean;
      if (end.by != PlanEnd::Kind::kCount) end.columns.push_back(Column());
      end.take = static_cast<PlanEnd::Take>(Below(3));
      if (end.take != PlanEnd::Take::kAll) {
        end.count = static_cast<std::uint32_t>(Below(9));
      }
    }
    return end;
  }

  std::mt19937 random_;
};

TEST(ParsePlan, ReadsBackWhatIsPrinted) {
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  RandomPlans plans(seed);
  for (int i = 0; i < 500; ++i) {
    const TablePlan plan = plans.Make(2);
    const std::string text = PrintPlan(plan);
    const StatusOr<TablePlan> read = ParsePlan(text);
    ASSERT_TRUE(read.ok()) << text << '\n' << read.status();
    ASSERT_EQ(*read, plan) << text;
  }
}

}  // namespace
}  // namespace cairn
