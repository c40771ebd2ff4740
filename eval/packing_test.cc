#include "eval/packing.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cairn::eval {
namespace {

Question Asking(const std::string& text, const std::vector<std::string>& gold) {
  Question question{.id = text, .text = text};
  for (const std::string& one : gold)
    question.gold.push_back({.document = one});
  return question;
}

// "a b c" finds the documents a, b and c, 10 tokens each, as many as fit.
StatusOr<PackedHits> FindWords(const std::string& question,
                               std::uint32_t budget) {
  PackedHits hits;
  for (const char sign : question) {
    if (sign == ' ' || hits.tokens + 10 > budget) continue;
    hits.documents.emplace_back(1, sign);
    hits.tokens += 10;
  }
  return hits;
}

TEST(AskBudgets, GivesTheShareOfGoldThatFits) {
  const std::vector<Question> questions = {Asking("a b c a", {"a", "c"}),
                                           Asking("d e", {"e"})};
  const std::vector<std::uint32_t> budgets = {5, 10, 29, 30, 1000};
  const auto results = AskBudgets(questions, budgets, FindWords);
  ASSERT_TRUE(results.ok()) << results.status();
  ASSERT_EQ(results->size(), budgets.size());
  const std::vector<double> kept = {0, 0.25, 0.75, 1, 1};
  const std::vector<double> all = {0, 0, 0.5, 1, 1};
  const std::vector<double> hits = {0, 1, 2, 2.5, 3};
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    EXPECT_EQ((*results)[i].budget, budgets[i]);
    EXPECT_DOUBLE_EQ((*results)[i].gold_kept, kept[i]) << budgets[i];
    EXPECT_DOUBLE_EQ((*results)[i].all_gold, all[i]) << budgets[i];
    EXPECT_DOUBLE_EQ((*results)[i].hits, hits[i]) << budgets[i];
    EXPECT_DOUBLE_EQ((*results)[i].tokens, 10 * hits[i]) << budgets[i];
  }
}

TEST(AskBudgets, EndsAtWhatFailsOrExceedsItsBudget) {
  const std::vector<Question> questions = {Asking("a", {"a"})};
  const std::vector<std::uint32_t> budgets = {100};
  const Status failed =
      AskBudgets(questions, budgets, [](const std::string&, std::uint32_t) {
        return StatusOr<PackedHits>(UnavailableError("gone"));
      }).status();
  EXPECT_EQ(failed.code(), StatusCode::kUnavailable);
  EXPECT_NE(MessageOf(failed).find("question a"), std::string::npos);
  EXPECT_EQ(AskBudgets(questions, budgets,
                       [](const std::string&, std::uint32_t) {
                         return StatusOr<PackedHits>(
                             PackedHits{.documents = {"a"}, .tokens = 101});
                       })
                .status()
                .code(),
            StatusCode::kInternal);
}

}  // namespace
}  // namespace cairn::eval
