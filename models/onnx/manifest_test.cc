#include "models/onnx/manifest.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/hash.h"

namespace cairn {
namespace {

using Json = nlohmann::json;

class Manifest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::string(CAIRN_BINARY_DIR) + "/manifest_test/" + test->name();
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    Write("m.onnx", "network");
    Write("t.json", "tokens");
    json_ = {
        {"name", "small"},
        {"model", "m.onnx"},
        {"tokenizer", "t.json"},
        {"sha256",
         {{"m.onnx", Sha256Hex("network")}, {"t.json", Sha256Hex("tokens")}}},
        {"pooling", "mean"},
        {"dimension", 8},
        {"max_tokens", 16},
        {"query_prefix", "q: "},
        {"output", "out"}};
  }

  void Write(const std::string& file, std::string_view bytes) const {
    std::ofstream(folder_ + "/" + file, std::ios::binary) << bytes;
  }
  StatusOr<ModelManifest> Read() const {
    Write("manifest.json", json_.dump());
    return ReadManifest(folder_);
  }

  std::string folder_;
  Json json_;
};

TEST_F(Manifest, IsReadAndNamesItsModel) {
  const auto manifest = Read();
  ASSERT_TRUE(manifest.ok()) << manifest.status().ToString();
  EXPECT_EQ(manifest->model_id(), "small@" + Sha256Hex("network").substr(0, 8));
  EXPECT_EQ(manifest->pooling, Pooling::kMean);
  EXPECT_EQ(manifest->dimension, 8u);
  EXPECT_EQ(manifest->max_tokens, 16u);
  EXPECT_EQ(manifest->query_prefix, "q: ");
  EXPECT_EQ(manifest->passage_prefix, "");
  EXPECT_EQ(manifest->output, "out");
}

TEST_F(Manifest, OfTheRepositoryHasTheIdCollectionsKeep) {
  const auto text = ReadFile(
      CAIRN_SOURCE_DIR "/models/manifests/bge-small-en-v1.5-int8.json", 65'536);
  ASSERT_TRUE(text.ok());
  Write("manifest.json", *text);
  const auto manifest = ReadManifest(folder_);
  ASSERT_TRUE(manifest.ok()) << manifest.status().ToString();
  EXPECT_EQ(manifest->model_id(), "bge-small-en-v1.5-int8@6c9c6101");
  EXPECT_EQ(manifest->dimension, 384u);
  EXPECT_EQ(manifest->pooling, Pooling::kFirst);
}

TEST_F(Manifest, TellsTheRemedyWhenTheFolderIsMissing) {
  const auto manifest = ReadManifest(folder_ + "/absent");
  EXPECT_EQ(manifest.status().code(), StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(manifest.status()), "MODEL_MISSING");
  EXPECT_NE(MessageOf(manifest.status()).find("./run setup"),
            std::string::npos);
}

TEST_F(Manifest, RefusesWhatItCannotUse) {
  const std::vector<std::pair<std::string, Json>> changes = {
      {"/name", ""},
      {"/name", 3},
      {"/model", "../m.onnx"},
      {"/model", ".."},
      {"/model", ""},
      {"/tokenizer", "/etc/passwd"},
      {"/tokenizer", "other.json"},
      {"/sha256/m.onnx", "abc"},
      {"/sha256/m.onnx", std::string(64, 'G')},
      {"/sha256", Json::array()},
      {"/pooling", "max"},
      {"/pooling", nullptr},
      {"/dimension", 0},
      {"/dimension", -1},
      {"/dimension", 1e9},
      {"/dimension", 70'000},
      {"/max_tokens", 0},
      {"/max_tokens", "510"},
      {"/output", nullptr},
  };
  const Json good = json_;
  for (const auto& [path, value] : changes) {
    json_ = good;
    json_[Json::json_pointer(path)] = value;
    const auto manifest = Read();
    EXPECT_EQ(manifest.status().code(), StatusCode::kInvalidArgument)
        << path << " " << value;
    EXPECT_EQ(ReasonOf(manifest.status()), "BAD_MANIFEST");
  }
  for (const std::string_view text : {"", "{", "[]", "null", "{}"}) {
    Write("manifest.json", text);
    EXPECT_EQ(ReadManifest(folder_).status().code(),
              StatusCode::kInvalidArgument)
        << text;
  }
}

TEST_F(Manifest, GivesTheBytesOfAVerifiedFile) {
  const auto manifest = Read();
  ASSERT_TRUE(manifest.ok());
  const auto bytes = ReadModelFile(folder_, *manifest, "m.onnx");
  ASSERT_TRUE(bytes.ok()) << bytes.status().ToString();
  EXPECT_EQ(*bytes, "network");
}

TEST_F(Manifest, NamesTheFileWhoseBytesAreOthers) {
  const auto manifest = Read();
  ASSERT_TRUE(manifest.ok());
  for (const std::string_view bytes : {"", "Network", "network "}) {
    Write("m.onnx", bytes);
    const Status status = ReadModelFile(folder_, *manifest, "m.onnx").status();
    EXPECT_EQ(status.code(), StatusCode::kDataLoss);
    EXPECT_EQ(ReasonOf(status), "MODEL_MISMATCH");
    EXPECT_NE(MessageOf(status).find("m.onnx"), std::string::npos);
    EXPECT_NE(MessageOf(status).find("./run setup"), std::string::npos);
  }
  std::filesystem::remove(folder_ + "/m.onnx");
  const Status status = ReadModelFile(folder_, *manifest, "m.onnx").status();
  EXPECT_EQ(status.code(), StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "MODEL_MISSING");
}

}  // namespace
}  // namespace cairn
