#include "models/onnx/onnx_embedder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "models/bert/bert_network.h"
#include "models/onnx/inner_outputs.h"
#include "models/onnx/model_for_test.h"
#include "tests/contract/embedder_contract.h"

namespace cairn {
namespace {

bool HasModel() {
  return std::filesystem::exists(RealModelFolder() + "/model.onnx");
}

const Embedder* SharedOnnx() {
  static const auto embedder = []() -> std::unique_ptr<Embedder> {
    if (!HasModel()) return nullptr;
    auto opened = OpenOnnxEmbedder(RealModelFolder());
    EXPECT_TRUE(opened.ok()) << opened.status().ToString();
    return opened.ok() ? std::move(*opened) : nullptr;
  }();
  return embedder.get();
}

// Of all states of a text at once.
double Cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double dot = 0, left = 0, right = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    dot += static_cast<double>(a[i]) * b[i];
    left += static_cast<double>(a[i]) * a[i];
    right += static_cast<double>(b[i]) * b[i];
  }
  return dot / std::sqrt(left * right);
}
// Quantised networks amplify the last digits: the runtime differs from itself
// on another CPU by as much.
constexpr double kAgree = 0.98;
constexpr std::string_view kOutput = "last_hidden_state";

INSTANTIATE_TEST_SUITE_P(Onnx, EmbedderContract, testing::Values(&SharedOnnx));

class OnnxEmbedder : public testing::Test {
 protected:
  void SetUp() override {
    if (!HasModel()) {
      GTEST_SKIP() << "SKIPPED: " << RealModelFolder()
                   << " has no model; run ./run setup";
    }
  }

  // A copy of the model's folder that may be damaged.
  static std::string CopyOfModel() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string folder =
        std::string(CAIRN_BINARY_DIR) + "/onnx_test/" + test->name();
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    for (const char* file : {"manifest.json", "model.onnx", "tokenizer.json"}) {
      std::filesystem::copy_file(RealModelFolder() + "/" + file,
                                 folder + "/" + file);
    }
    return folder;
  }

  static void Write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
  }

  static nlohmann::json ReadManifestOf(const std::string& folder) {
    return nlohmann::json::parse(
        ReadFile(folder + "/manifest.json", 1 << 20).value());
  }
};

// Ids of tokens as texts do not have them, which is harder than texts.
std::vector<std::int32_t> SomeIds(std::size_t count) {
  std::vector<std::int32_t> ids;
  for (std::size_t i = 0; i < count; ++i) {
    ids.push_back(2000 + static_cast<std::int32_t>(i * 7919 % 20000));
  }
  return ids;
}

TEST_F(OnnxEmbedder, OwnKernelsGiveTheStatesOfTheRuntime) {
  const auto own = OpenOnnxEmbedder(RealModelFolder()).value();
  const auto runtime =
      OpenOnnxEmbedder(RealModelFolder(), EncoderEngine::kOnnxRuntime).value();
  EXPECT_EQ(runtime->engine(), "ONNX Runtime");
  if (own->engine() == runtime->engine()) {
    GTEST_SKIP() << "SKIPPED: this CPU has none of our kernels";
  }
  constexpr std::size_t kLayers[] = {4, 8, 12};
  for (std::size_t length = 1; length < 500; length += 1 + length / 3) {
    const std::vector<std::int32_t> part = SomeIds(length);
    const auto ours = own->EncodeTokens(std::span(&part, 1), kLayers).value();
    const auto theirs =
        runtime->EncodeTokens(std::span(&part, 1), kLayers).value();
    for (std::size_t layer = 0; layer < 3; ++layer) {
      EXPECT_GT(Cosine(ours.layers[layer], theirs.layers[layer]), kAgree)
          << length << " tokens, output " << layer;
    }
  }
}

TEST_F(OnnxEmbedder, EveryKernelGivesTheSameStates) {
  const std::string bytes =
      ReadFile(RealModelFolder() + "/model.onnx", 1 << 30).value();
  const std::vector<std::int32_t> part = SomeIds(37);
  const std::vector<std::int64_t> ids(part.begin(), part.end());
  constexpr std::size_t kLayers[] = {2};
  std::vector<std::vector<float>> first;
  for (const GemmKernel kernel :
       {GemmKernel::kPortable, GemmKernel::kAvx2, GemmKernel::kAvxVnni,
        GemmKernel::kAvx512Vnni, GemmKernel::kAmx}) {
    if (!Runs(kernel)) continue;
    const auto own = BertNetwork::FromOnnx(bytes, kOutput, kernel);
    ASSERT_TRUE(own.ok()) << own.status().ToString();
    const auto states = (*own)->Run(ids, kLayers).value();
    if (first.empty()) first = states;
    EXPECT_EQ(states, first) << NameOf(kernel);
  }
}

TEST_F(OnnxEmbedder, WhatTheNetworkDoesNotHaveIsRefused) {
  const std::string bytes =
      ReadFile(RealModelFolder() + "/model.onnx", 1 << 30).value();
  const auto own =
      BertNetwork::FromOnnx(bytes, kOutput, GemmKernel::kPortable).value();
  const auto code = [&](std::vector<std::int64_t> ids, std::size_t layer) {
    return own->Run(ids, std::span(&layer, 1)).status().code();
  };
  EXPECT_EQ(code({}, 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(code({-1}, 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(code({30522}, 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(code(std::vector<std::int64_t>(513, 7), 1),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(code({7}, 13), StatusCode::kUnimplemented);
  const auto refusal = [](std::string_view network, std::string_view output) {
    return BertNetwork::FromOnnx(network, output, GemmKernel::kPortable)
        .status()
        .code();
  };
  EXPECT_EQ(refusal(bytes, "no_such_output"), StatusCode::kUnimplemented);
  EXPECT_EQ(refusal("", kOutput), StatusCode::kUnimplemented);
  EXPECT_EQ(
      refusal(std::string_view(bytes).substr(0, bytes.size() / 2), kOutput),
      StatusCode::kInvalidArgument);
}

TEST_F(OnnxEmbedder, NamesTheModelAsItsManifestDoes) {
  const auto manifest = ReadManifest(RealModelFolder());
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(SharedOnnx()->model_id(), "bge-small-en-v1.5-int8@6c9c6101");
  EXPECT_EQ(SharedOnnx()->model_id(), manifest->model_id());
  EXPECT_EQ(SharedOnnx()->dimension(), manifest->dimension);
  EXPECT_EQ(SharedOnnx()->max_tokens(), 510u);
}

TEST_F(OnnxEmbedder, ShowsTheStatesThatItsVectorsAreMadeOf) {
  const std::string text = "The cairn marks the path.";
  const std::vector<std::vector<std::int32_t>> parts = {
      SharedOnnx()->tokenizer().Encode(text)};
  const std::vector<std::size_t> layers = {12, 4};
  const auto states = SharedOnnx()->EncodeTokens(parts, layers);
  ASSERT_TRUE(states.ok()) << states.status().ToString();
  EXPECT_EQ(states->tokens, parts[0].size() + 2);
  ASSERT_EQ(states->layers.size(), 2u);
  const auto vector = SharedOnnx()->Embed(text, EmbedKind::kPassage);
  ASSERT_TRUE(vector.ok());
  double squares = 0;
  double inner = 0;
  double across = 0;
  for (std::size_t at = 0; at < states->width; ++at) {
    squares += states->layers[0][at] * states->layers[0][at];
    inner += states->layers[0][at] * (*vector)[at];
    across += states->layers[1][at] * (*vector)[at];
  }
  EXPECT_NEAR(inner / std::sqrt(squares), 1, 1e-5);
  EXPECT_LT(across, inner);  // Another layer, other numbers.
}

TEST_F(OnnxEmbedder, RefusesLayersThatItDoesNotShowAndTooManyTokens) {
  const std::vector<std::vector<std::int32_t>> parts = {{2000, 2001}};
  const auto runtime =
      OpenOnnxEmbedder(RealModelFolder(), EncoderEngine::kOnnxRuntime).value();
  for (const std::size_t layer : {0u, 13u}) {
    const std::vector<std::size_t> layers = {layer};
    EXPECT_EQ(SharedOnnx()->EncodeTokens(parts, layers).status().code(),
              StatusCode::kUnimplemented);
    EXPECT_EQ(runtime->EncodeTokens(parts, layers).status().code(),
              StatusCode::kUnimplemented);
  }
  const std::vector<std::size_t> inner = {5};  // Of those that only we show.
  EXPECT_EQ(runtime->EncodeTokens(parts, inner).status().code(),
            StatusCode::kUnimplemented);
  const std::vector<std::vector<std::int32_t>> many = {
      std::vector<std::int32_t>(511, 2000)};
  const std::vector<std::size_t> layers = {4};
  EXPECT_EQ(SharedOnnx()->EncodeTokens(many, layers).status().code(),
            StatusCode::kInvalidArgument);
}

TEST(InnerOutputs, AreAppendedAsAGraphsOutput) {
  // ModelProto.graph (7) of GraphProto.output (12) of ValueInfoProto.name (1).
  EXPECT_EQ(OutputPatch("ab"), std::string("\x3a\x06\x62\x04\x0a\x02"
                                           "ab"));
  std::string node = "\x12";
  node += static_cast<char>(LayerTensor(4).size());
  node += LayerTensor(4);
  EXPECT_EQ(LayersIn(node, {4, 8}), std::vector<std::size_t>{4});
  // The name as the beginning of another.
  EXPECT_TRUE(LayersIn(LayerTensor(4) + "_quantized", {4}).empty());
}

TEST_F(OnnxEmbedder, PutsThePrefixBeforeQuestionsOnly) {
  const std::string question = "who built the cairn";
  const std::string prefix =
      "Represent this sentence for searching relevant passages: ";
  const auto as_query = SharedOnnx()->Embed(question, EmbedKind::kQuery);
  const auto by_hand =
      SharedOnnx()->Embed(prefix + question, EmbedKind::kPassage);
  const auto as_passage = SharedOnnx()->Embed(question, EmbedKind::kPassage);
  ASSERT_TRUE(as_query.ok() && by_hand.ok() && as_passage.ok());
  EXPECT_EQ(*as_query, *by_hand);
  EXPECT_NE(*as_query, *as_passage);
}

TEST_F(OnnxEmbedder, RefusesAModelWithOneChangedByte) {
  const std::string folder = CopyOfModel();
  std::string network = ReadFile(folder + "/model.onnx", 1 << 30).value();
  network[network.size() / 2] ^= 1;
  Write(folder + "/model.onnx", network);
  const Status status = OpenOnnxEmbedder(folder).status();
  EXPECT_EQ(status.code(), StatusCode::kDataLoss);
  EXPECT_EQ(ReasonOf(status), "MODEL_MISMATCH");
  EXPECT_NE(MessageOf(status).find("model.onnx"), std::string::npos);
  EXPECT_NE(MessageOf(status).find("./run setup"), std::string::npos);
}

TEST_F(OnnxEmbedder, TellsTheRemedyWhenAFileIsMissing) {
  const std::string folder = CopyOfModel();
  std::filesystem::remove(folder + "/tokenizer.json");
  const Status status = OpenOnnxEmbedder(folder).status();
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "MODEL_MISSING");
  EXPECT_EQ(ReasonOf(OpenOnnxEmbedder(folder + "/absent").status()),
            "MODEL_MISSING");
}

TEST_F(OnnxEmbedder, ReportsTheRuntimesWordsForWhatIsNoNetwork) {
  const std::string folder = CopyOfModel();
  Write(folder + "/model.onnx", "no network at all");
  nlohmann::json manifest = ReadManifestOf(folder);
  manifest["sha256"]["model.onnx"] = Sha256Hex("no network at all");
  Write(folder + "/manifest.json", manifest.dump());
  const Status status = OpenOnnxEmbedder(folder).status();
  EXPECT_EQ(status.code(), StatusCode::kInternal);
  EXPECT_NE(MessageOf(status).find("ONNX Runtime"), std::string::npos);
}

TEST_F(OnnxEmbedder, RefusesAManifestThatDoesNotFitTheNetwork) {
  const std::string folder = CopyOfModel();
  nlohmann::json manifest = ReadManifestOf(folder);
  manifest["output"] = "no_such_output";
  Write(folder + "/manifest.json", manifest.dump());
  EXPECT_EQ(OpenOnnxEmbedder(folder).status().code(),
            StatusCode::kFailedPrecondition);
  manifest["output"] = "last_hidden_state";
  manifest["dimension"] = 383;
  Write(folder + "/manifest.json", manifest.dump());
  const auto opened = OpenOnnxEmbedder(folder);
  ASSERT_TRUE(opened.ok()) << opened.status().ToString();
  EXPECT_EQ((*opened)->Embed("a", EmbedKind::kPassage).status().code(),
            StatusCode::kInternal);
}

TEST_F(OnnxEmbedder, ReportsTheRuntimesWordsWhenARunFails) {
  const std::string folder = CopyOfModel();
  nlohmann::json manifest = ReadManifestOf(folder);
  // The network has 512 positions.
  manifest["max_tokens"] = 600;
  Write(folder + "/manifest.json", manifest.dump());
  const auto opened = OpenOnnxEmbedder(folder, EncoderEngine::kOnnxRuntime);
  ASSERT_TRUE(opened.ok()) << opened.status().ToString();
  std::string text;
  for (int i = 0; i < 600; ++i) text += "path ";
  const Status status = (*opened)->Embed(text, EmbedKind::kPassage).status();
  EXPECT_EQ(status.code(), StatusCode::kInternal);
  EXPECT_NE(MessageOf(status).find("ONNX Runtime"), std::string::npos);
  // And the session goes on.
  EXPECT_TRUE((*opened)->Embed("path", EmbedKind::kPassage).ok());
}

TEST_F(OnnxEmbedder, PoolsTheMeanWhenTheManifestSaysSo) {
  const std::string folder = CopyOfModel();
  nlohmann::json manifest = ReadManifestOf(folder);
  manifest["pooling"] = "mean";
  Write(folder + "/manifest.json", manifest.dump());
  const auto opened = OpenOnnxEmbedder(folder);
  ASSERT_TRUE(opened.ok());
  const auto mean = (*opened)->Embed("stones", EmbedKind::kPassage);
  const auto first = SharedOnnx()->Embed("stones", EmbedKind::kPassage);
  ASSERT_TRUE(mean.ok() && first.ok());
  double squares = 0;
  for (const float value : *mean) squares += value * value;
  EXPECT_NEAR(squares, 1.0, 1e-5);
  EXPECT_NE(*mean, *first);
}

}  // namespace
}  // namespace cairn
