#include "models/reader/features.h"

#include <gtest/gtest.h>

#include <string>

#include "models/reader/golden_for_test.h"
#include "models/reader/words.h"

namespace cairn::reader {
namespace {

void ExpectRows(const std::vector<FeatureRow>& rows,
                const nlohmann::json& expected,
                const std::vector<std::string_view>& words) {
  ASSERT_EQ(rows.size(), expected.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < kFeatures; ++column) {
      EXPECT_NEAR(rows[row][column], expected[row][column].get<float>(), 1e-4)
          << words[row] << ", column " << column;
    }
  }
}

TEST(Features, EqualThoseOfTheTrainingScript) {
  ASSERT_GE(Golden().size(), 3u);
  for (const nlohmann::json& golden : Golden()) {
    const auto question = ViewsOf(golden["question_words"]);
    const auto words = ViewsOf(golden["words"]);
    const Features features = FeaturesOf(question, words);
    ExpectRows(features.question, golden["question_features"], question);
    ExpectRows(features.text, golden["features"], words);
  }
}

TEST(Features, ComeFromTheSameWordsAsInTheTrainingScript) {
  for (const nlohmann::json& golden : Golden()) {
    const auto& text = golden["text"].get_ref<const std::string&>();
    std::vector<std::string_view> words;
    for (const ByteSpan& word : SplitWords(text)) {
      words.push_back(word.Of(text));
    }
    EXPECT_EQ(words, ViewsOf(golden["words"]));
  }
}

TEST(Features, OfNoWordsAreNone) {
  const Features features = FeaturesOf({}, {});
  EXPECT_TRUE(features.question.empty());
  EXPECT_TRUE(features.text.empty());
}

}  // namespace
}  // namespace cairn::reader
