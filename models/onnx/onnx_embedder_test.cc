#include "models/onnx/onnx_embedder.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <thread>

namespace cairn {
namespace {

const char* const kFolder =
    CAIRN_SOURCE_DIR "/build/deps/models/bge-small-en-v1.5-int8";

double Dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += double{a[i]} * b[i];
  return sum;
}

class OnnxEmbedderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(std::string(kFolder) + "/model.onnx")) {
      GTEST_SKIP() << "the model is not fetched: run ./run setup";
    }
    auto opened = OpenOnnxEmbedder(kFolder);
    ASSERT_TRUE(opened.ok()) << opened.status();
    embedder_ = std::move(opened).value();
  }
  std::vector<float> Passage(std::string_view text) {
    return embedder_->Embed(text, EmbedKind::kPassage).value();
  }
  std::unique_ptr<Embedder> embedder_;
};

TEST_F(OnnxEmbedderTest, KnowsItself) {
  EXPECT_EQ(embedder_->model_id(), "bge-small-en-v1.5-int8@6c9c6101");
  EXPECT_EQ(embedder_->dimension(), 384U);
  EXPECT_EQ(ReadManifest(kFolder)->model_id(), embedder_->model_id());
}

TEST_F(OnnxEmbedderTest, PutsRelatedTextsNearEachOther) {
  const auto question =
      embedder_->Embed("Who painted the Mona Lisa?", EmbedKind::kQuery).value();
  EXPECT_NEAR(Dot(question, question), 1, 1e-5);
  EXPECT_GT(
      Dot(question, Passage("Leonardo da Vinci painted the Mona Lisa.")),
      Dot(question, Passage("Bread is baked from flour and water.")) + 0.2);
}

TEST_F(OnnxEmbedderTest, AVectorDependsOnItsTextAlone) {
  const std::string text = "A cairn is a pile of stones that marks a path.";
  const std::vector<float> alone = Passage(text);
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&, i] {
      Passage(std::string(static_cast<std::size_t>(i) * 50, 'x'));
      EXPECT_EQ(Passage(text), alone);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(OnnxEmbedderTest, TakesAnyText) {
  for (const std::string& text :
       {std::string(), std::string("\xff\xfe\x00\x80", 4),
        std::string(100'000, 'a'), std::string("\u6771\u4eac")}) {
    const auto vector = Passage(text);
    EXPECT_NEAR(Dot(vector, vector), 1, 1e-5);
  }
}

TEST(Manifest, WhatIsMissingOrDoesNotMatchIsRefusedByName) {
  EXPECT_EQ(ReasonOf(OpenOnnxEmbedder("/nonexistent").status()),
            "MODEL_MISSING");
  const std::string folder =
      ::testing::TempDir() + "/cairn_model_" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/manifest.json") << "{\"name\": \"m\"}";
  EXPECT_EQ(ReasonOf(OpenOnnxEmbedder(folder).status()), "BAD_MANIFEST");
  std::ofstream(folder + "/manifest.json")
      << R"({"name":"m","pooling":"cls","dimension":4,"max_tokens":16,
             "sha256":{"model.onnx":"00"}})";
  std::ofstream(folder + "/model.onnx") << "not a model";
  const Status status = OpenOnnxEmbedder(folder).status();
  EXPECT_EQ(ReasonOf(status), "MODEL_MISMATCH");
  EXPECT_NE(MessageOf(status).find("model.onnx"), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace cairn
