#include "models/reader/head.h"

#include <gtest/gtest.h>

#include <utility>

#include "models/reader/golden_for_test.h"

namespace cairn::reader {
namespace {

Weights EmbeddedWeights() {
  auto weights = ParseWeights(EmbeddedManifest(), EmbeddedHalves());
  EXPECT_TRUE(weights.ok()) << weights.status().ToString();
  return std::move(weights).value();
}

HeadInput InputOf(const nlohmann::json& golden, std::size_t columns) {
  const auto question = ViewsOf(golden["question_words"]);
  const auto words = ViewsOf(golden["words"]);
  Features features = FeaturesOf(question, words);
  const std::size_t first = question.size() + 1;
  return {.question = FormulaStates(0, first, columns),
          .text = FormulaStates(first, words.size(), columns),
          .question_features = std::move(features.question),
          .text_features = std::move(features.text)};
}

TEST(Head, ComputesWhatTheTrainingScriptDoes) {
  const auto head = Head::Make(EmbeddedWeights());
  ASSERT_TRUE(head.ok()) << head.status().ToString();
  const std::size_t columns = 384 * head->weights().layers.size();
  for (const nlohmann::json& golden : Golden()) {
    const HeadInput input = InputOf(golden, columns);
    const HeadScores scores = head->Score(input);
    const nlohmann::json& expected = golden["formula_scores"];
    ASSERT_EQ(input.text.rows, expected.size());
    for (std::size_t word = 0; word < expected.size(); ++word) {
      EXPECT_NEAR(scores.SpanScore(word, 0), expected[word].get<float>(), 2e-3)
          << golden["words"][word];
    }
    const nlohmann::json& best = golden["formula_best"];
    const auto first = best[0].get<std::size_t>();
    const auto last = best[1].get<std::size_t>();
    EXPECT_NEAR(scores.SpanScore(first, last - first), best[2].get<float>(),
                2e-3);
  }
}

TEST(Head, RefusesWeightsThatLackAMatrixOrHaveAnotherSize) {
  Weights lacking = EmbeddedWeights();
  lacking.matrices.erase("key.w");
  EXPECT_EQ(ReasonOf(Head::Make(std::move(lacking)).status()),
            "READER_DAMAGED");
  Weights odd = EmbeddedWeights();
  odd.matrices["null.w"] = Matrix(63, 1);
  EXPECT_EQ(ReasonOf(Head::Make(std::move(odd)).status()), "READER_DAMAGED");
  Weights empty;
  EXPECT_EQ(ReasonOf(Head::Make(std::move(empty)).status()), "READER_DAMAGED");
}

}  // namespace
}  // namespace cairn::reader
