#include "models/onnx/onnx_cross_encoder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "models/onnx/tiny_network_for_test.h"
#include "tests/contract/reranker_contract.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

// Of this process alone: tests run side by side. Goes with it.
class Models {
 public:
  Models()
      : path_(testing::TempDir() + "cairn_cross_encoder_" +
              std::to_string(::getpid())) {}
  ~Models() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Models(const Models&) = delete;
  Models& operator=(const Models&) = delete;
  const std::string& path() const { return path_; }

 private:
  const std::string path_;
};

std::string FolderOf(const std::string& name) {
  static const Models models;
  return models.path() + "/" + name;
}

std::unique_ptr<Reranker> Open(const std::string& name, const TinyModel& model,
                               const CrossEncoderOptions& options = {}) {
  WriteTinyModel(FolderOf(name), model);
  auto opened = OpenOnnxCrossEncoder(FolderOf(name), options);
  EXPECT_TRUE(opened.ok()) << opened.status();
  return opened.ok() ? std::move(opened).value() : nullptr;
}

const Reranker* OneAtATime() {
  static const auto reranker = Open("one", {});
  return reranker.get();
}
const Reranker* InBatches() {
  static const auto reranker =
      Open("batches", {.changes = {{"batch_passages", 8}}}, {.threads = 3});
  return reranker.get();
}
const Reranker* TwoOutputs() {
  static const auto reranker = Open("two", {.outputs = 2});
  return reranker.get();
}

INSTANTIATE_TEST_SUITE_P(OnnxCrossEncoder, RerankerContract,
                         testing::Values(&OneAtATime, &InBatches, &TwoOutputs));

// What the tiny network gives, word by word.
double Expected(const std::string& query, const std::string& passage,
                std::size_t tokens_max) {
  const auto count = [](const std::string& text, std::size_t limit) {
    std::map<std::string, int> counts;
    std::istringstream words(text);
    std::string word;
    for (std::size_t i = 0; i < limit && words >> word; ++i) ++counts[word];
    return counts;
  };
  const auto question = count(query, tokens_max / 2);
  std::size_t used = 0;
  for (const auto& [word, n] : question) used += static_cast<std::size_t>(n);
  double overlap = 0;
  for (const auto& [word, n] : count(passage, tokens_max - used)) {
    const auto found = question.find(word);
    if (found != question.end()) overlap += n * found->second;
  }
  return 1 /
         (1 + std::exp(-(TinyNetwork::kScale * overlap + TinyNetwork::kBias)));
}

// Short and long texts, some cut: padding, token types and the limits of both
// parts show in the scores.
TEST(OnnxCrossEncoder, ScoresEqualThoseCountedByHand) {
  constexpr std::uint64_t kSeed = 7;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  constexpr std::size_t kTokensMax = 12;
  TinyModel model{.changes = {{"max_tokens", kTokensMax}}};
  // Many words, so that few are shared and the scores differ.
  for (int i = 0; i < 60; ++i) model.words.push_back("w" + std::to_string(i));
  std::mt19937_64 random(kSeed);
  const auto text = [&](std::size_t words_max) {
    std::string words;
    for (std::size_t n = random() % (words_max + 1); n > 0; --n) {
      words += model.words[random() % model.words.size()] + " ";
    }
    return words;
  };
  for (const int outputs : {1, 2}) {
    for (const std::size_t batch : {1, 5}) {
      model.outputs = outputs;
      model.changes["batch_passages"] = batch;
      const auto reranker = Open("by_hand", model);
      ASSERT_NE(reranker, nullptr);
      for (int round = 0; round < 20; ++round) {
        const std::string query = text(8);
        std::vector<std::string> passages;
        for (int i = 0; i < 11; ++i) passages.push_back(text(16));
        const auto scores =
            reranker->Score(query, passages, Deadline::Infinite());
        ASSERT_TRUE(scores.ok()) << scores.status();
        for (std::size_t i = 0; i < passages.size(); ++i) {
          EXPECT_NEAR((*scores)[i], Expected(query, passages[i], kTokensMax),
                      1e-5)
              << query << " | " << passages[i];
        }
      }
    }
  }
}

TEST(OnnxCrossEncoder, TakesProbabilitiesAsTheyAreWithinBounds) {
  const auto reranker =
      Open("probabilities", {.changes = {{"scores", "probabilities"}}});
  ASSERT_NE(reranker, nullptr);
  const std::vector<std::string> passages = {"stone", "water"};
  const auto scores = reranker->Score("stone", passages, Deadline::Infinite());
  ASSERT_TRUE(scores.ok());
  EXPECT_EQ(*scores, (std::vector<double>{1, 0}));
}

// Left to itself, ONNX Runtime keeps an identity of the machine and a database
// of what it reports to its maker there. Tells something when it runs in a
// process of its own, as ctest does it.
TEST(OnnxCrossEncoder, TheRuntimeWritesNothingToTheHome) {
  const std::string home = FolderOf("home");
  std::filesystem::create_directories(home);
  ::setenv("HOME", home.c_str(), 1);
  ::unsetenv("XDG_CACHE_HOME");
  const auto reranker = Open("at_home", {});
  ASSERT_NE(reranker, nullptr);
  EXPECT_TRUE(std::filesystem::is_empty(home));
}

TEST(OnnxCrossEncoder, IsNamedByItsNetwork) {
  EXPECT_EQ(OneAtATime()->id().substr(0, 5), "tiny@");
  EXPECT_EQ(OneAtATime()->id().size(), 13U);
  EXPECT_NE(OneAtATime()->id(), TwoOutputs()->id());
}

Status OpeningFails(const Json& changes) {
  WriteTinyModel(FolderOf("refused"), {.changes = changes});
  return OpenOnnxCrossEncoder(FolderOf("refused")).status();
}

TEST(OnnxCrossEncoder, RefusesManifestsItCannotUse) {
  for (const Json& changes :
       std::vector<Json>{{{"kind", "encoder"}},
                         {{"kind", nullptr}},
                         {{"scores", "stars"}},
                         {{"batch_passages", 0}},
                         {{"batch_passages", 65}},
                         {{"max_tokens", 0}},
                         {{"model", "../model.onnx"}},
                         {{"sha256", {{"model.onnx", "abc"}}}}}) {
    const Status status = OpeningFails(changes);
    EXPECT_EQ(ReasonOf(status), "BAD_MANIFEST") << changes;
    EXPECT_NE(MessageOf(status).find("models/onnx/README.md"),
              std::string::npos);
  }
  EXPECT_EQ(OpeningFails({{"output", "other"}}).code(),
            StatusCode::kFailedPrecondition);
}

TEST(OnnxCrossEncoder, RefusesFilesThatAreNotThoseOfTheManifest) {
  const Status other =
      OpeningFails({{"sha256", {{"model.onnx", std::string(64, 'a')}}}});
  EXPECT_EQ(ReasonOf(other), "MODEL_MISMATCH");
  EXPECT_NE(MessageOf(other).find("SHA-256 into the manifest"),
            std::string::npos);
  EXPECT_EQ(ReasonOf(OpenOnnxCrossEncoder(FolderOf("absent")).status()),
            "MODEL_MISSING");
}

TEST(OnnxCrossEncoder, ReportsOutputsOfAnotherShape) {
  const auto reranker = Open("shape", {.outputs = 3});
  ASSERT_NE(reranker, nullptr);
  const std::vector<std::string> passages = {"stone"};
  const Status status =
      reranker->Score("stone", passages, Deadline::Infinite()).status();
  EXPECT_EQ(status.code(), StatusCode::kInternal);
  EXPECT_NE(MessageOf(status).find("logits"), std::string::npos);
}

}  // namespace
}  // namespace cairn
