// EmbedderContract: what every implementation of Embedder must do.
//
// Use: include it in one test file of the implementation and write
//   INSTANTIATE_TEST_SUITE_P(Onnx, EmbedderContract,
//                            testing::Values(&SharedOnnxEmbedder));
// where the function returns an embedder that outlives the tests, or null when
// its model is absent: then the suite is skipped, and says so.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/status.h"
#include "models/embedder.h"

namespace cairn {

using EmbedderSource = const Embedder* (*)();

class EmbedderContract : public testing::TestWithParam<EmbedderSource> {
 protected:
  void SetUp() override {
    embedder_ = GetParam()();
    if (embedder_ == nullptr) {
      GTEST_SKIP()
          << "SKIPPED: the embedder's model is absent; run ./run setup";
    }
  }

  std::vector<float> Vector(std::string_view text,
                            EmbedKind kind = EmbedKind::kPassage) const {
    auto vector = embedder_->Embed(text, kind);
    EXPECT_TRUE(vector.ok()) << vector.status().ToString();
    return vector.ok() ? *vector : std::vector<float>();
  }

  // Equal to the bit: an index that is built again has the same bytes.
  static bool SameBits(const std::vector<float>& a,
                       const std::vector<float>& b) {
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
  }

  void ExpectUnit(std::string_view text) const {
    const std::vector<float> vector = Vector(text);
    ASSERT_EQ(vector.size(), embedder_->dimension());
    double squares = 0;
    for (const float value : vector) {
      ASSERT_TRUE(std::isfinite(value));
      squares += static_cast<double>(value) * value;
    }
    EXPECT_NEAR(squares, 1.0, 1e-5);
  }

  const Embedder* embedder_ = nullptr;
};

inline const std::vector<std::string>& ContractTexts() {
  static const std::vector<std::string> texts = {
      "The cairn marks the path.",
      "Ein Steinmännchen zeigt den Weg.",
      "price 12.50 EUR (+3%)",
      "石の山は道を示す。",
      "a",
      "the stones, the path; the stones",
  };
  return texts;
}

TEST_P(EmbedderContract, NamesItselfAndItsLimits) {
  EXPECT_FALSE(embedder_->model_id().empty());
  EXPECT_GT(embedder_->dimension(), 0u);
  EXPECT_GT(embedder_->max_tokens(), 0u);
}

TEST_P(EmbedderContract, GivesUnitVectorsOfItsDimension) {
  for (const std::string& text : ContractTexts()) ExpectUnit(text);
}

TEST_P(EmbedderContract, EmbedsEmptyTextAndWhiteSpace) {
  ExpectUnit("");
  ExpectUnit(" \n\t ");
  EXPECT_TRUE(SameBits(Vector(""), Vector(" \n\t ")));
}

TEST_P(EmbedderContract, EmbedsInvalidUtf8AndControlSigns) {
  ExpectUnit("broken \xff\xfe\xc3 bytes \xe2\x82");
  ExpectUnit(std::string_view("nul \0 inside", 12));
  ExpectUnit("\xed\xa0\x80 surrogate \xf4\x90\x80\x80 beyond");
  ExpectUnit("\x80");
}

TEST_P(EmbedderContract, CutsVeryLongTextAtItsTokenLimit) {
  std::string kept;
  for (std::size_t i = 0; i < embedder_->max_tokens(); ++i) kept += "path ";
  ExpectUnit(kept);
  std::string longer = kept;
  for (int i = 0; i < 200'000; ++i) longer += "stone ";
  EXPECT_TRUE(SameBits(Vector(longer), Vector(kept)));
  ExpectUnit(std::string(1'000'000, 'x'));
}

TEST_P(EmbedderContract, GivesTheSameBitsEveryTime) {
  for (const std::string& text : ContractTexts()) {
    const std::vector<float> first = Vector(text, EmbedKind::kQuery);
    EXPECT_TRUE(SameBits(first, Vector(text, EmbedKind::kQuery))) << text;
  }
}

TEST_P(EmbedderContract, GivesTheSameBitsInAnyCompany) {
  std::vector<std::string> texts = ContractTexts();
  std::string longer;
  for (int i = 0; i < 300; ++i) longer += "stone ";
  texts.insert(texts.begin() + 2, longer);
  texts.emplace_back();
  for (std::size_t from = 0; from <= texts.size(); ++from) {
    const auto some = std::span(texts).subspan(from);
    const auto vectors =
        embedder_->EmbedMany(some, EmbedKind::kQuery, 1 + from % 2);
    ASSERT_TRUE(vectors.ok()) << vectors.status().ToString();
    ASSERT_EQ(vectors->size(), some.size());
    for (std::size_t i = 0; i < some.size(); ++i) {
      EXPECT_TRUE(SameBits((*vectors)[i], Vector(some[i], EmbedKind::kQuery)))
          << from << ", " << i;
    }
  }
}

TEST_P(EmbedderContract, GivesTheSameBitsFromManyThreads) {
  constexpr std::size_t kThreads = 4;
  const std::vector<std::string>& texts = ContractTexts();
  std::vector<std::vector<float>> expected;
  for (const std::string& text : texts) expected.push_back(Vector(text));
  std::vector<int> wrong(kThreads, 0);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 2 * texts.size(); ++i) {
        const std::size_t at = (i + t) % texts.size();
        const auto vector = embedder_->Embed(texts[at], EmbedKind::kPassage);
        if (!vector.ok() || !SameBits(*vector, expected[at])) ++wrong[t];
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(kThreads, 0));
}

TEST_P(EmbedderContract, PutsTextsOfTheSameWordsNearerThanOthers) {
  const auto cosine = [](const std::vector<float>& a,
                         const std::vector<float>& b) {
    double dot = 0;
    for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
      dot += static_cast<double>(a[i]) * b[i];
    }
    return dot;
  };
  const auto question =
      Vector("how high is the eiffel tower", EmbedKind::kQuery);
  const auto near = Vector("The Eiffel Tower in Paris is 330 metres high.");
  const auto far = Vector("Sourdough bread needs flour, water and salt.");
  EXPECT_GT(cosine(question, near), cosine(question, far));
}

TEST_P(EmbedderContract, ItsTokenizerCountsWhatItEncodes) {
  const Tokenizer& tokenizer = embedder_->tokenizer();
  for (const std::string& text : ContractTexts()) {
    const std::vector<std::int32_t> ids = tokenizer.Encode(text);
    EXPECT_EQ(tokenizer.CountTokens(text), ids.size()) << text;
    for (std::size_t cut = 0; cut <= ids.size(); ++cut) {
      const std::vector<std::int32_t> expected(
          ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(cut));
      EXPECT_EQ(tokenizer.Encode(text, cut), expected) << text;
    }
  }
}

}  // namespace cairn
