#include "models/bert/onnx_graph.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/status.h"

namespace cairn {
namespace {

std::string Varint(std::size_t number) {
  std::string out;
  for (; number >= 128; number >>= 7) {
    out += static_cast<char>((number & 127) | 128);
  }
  return out + static_cast<char>(number);
}

std::string Field(unsigned number, const std::string& payload) {
  return Varint(number << 3 | 2) + Varint(payload.size()) + payload;
}

std::string Number(unsigned field, std::size_t value) {
  return Varint(field << 3) + Varint(value);
}

// A graph of one product and the weights it reads.
std::string SmallNetwork() {
  const std::string weights = Number(1, 2) + Number(1, 3) + Number(2, 3) +
                              Field(8, "w") +
                              Field(9, std::string("\1\2\3\xff\0\5", 6));
  const std::string scale =
      Number(2, 1) + Field(8, "s") + Field(4, std::string("\0\0\x80\x3f", 4));
  const std::string node =
      Field(1, "x") + Field(1, "w") + Field(2, "y") + Field(4, "MatMulInteger");
  return Field(7, Field(1, node) + Field(5, weights) + Field(5, scale));
}

TEST(OnnxGraph, HoldsNodesAndTensors) {
  const std::string network = SmallNetwork();
  const auto graph = ReadOnnxGraph(network);
  ASSERT_TRUE(graph.ok()) << graph.status().ToString();
  const OnnxNode* product = graph->Maker("y");
  ASSERT_NE(product, nullptr);
  EXPECT_EQ(product->operation, "MatMulInteger");
  EXPECT_EQ(product->inputs[1], "w");
  EXPECT_EQ(graph->Count("MatMulInteger"), 1u);
  const OnnxTensor& weights = graph->tensors.at("w");
  EXPECT_EQ(weights.count(), 6u);
  EXPECT_EQ(weights.Integers().value(),
            (std::vector<std::int32_t>{1, 2, 3, -1, 0, 5}));
  EXPECT_EQ(graph->tensors.at("s").Floats().value(), std::vector<float>{1.0F});
}

TEST(OnnxGraph, ATensorOfAnotherTypeOrSizeIsSaidSo) {
  OnnxTensor tensor;
  tensor.type = OnnxTensor::Type::kFloat;
  tensor.shape = {2};
  tensor.raw = "1234";
  EXPECT_FALSE(tensor.Floats().ok());
  EXPECT_FALSE(tensor.Integers().ok());
}

TEST(OnnxGraph, CutOffBytesAreDamageNotMore) {
  const std::string network = SmallNetwork();
  for (std::size_t size = 1; size < network.size(); ++size) {
    const auto graph = ReadOnnxGraph(std::string_view(network).substr(0, size));
    if (!graph.ok()) {
      EXPECT_EQ(ReasonOf(graph.status()), "BAD_NETWORK");
    }
  }
  EXPECT_FALSE(ReadOnnxGraph(network.substr(0, network.size() - 1)).ok());
}

TEST(OnnxGraph, RandomBytesNeverReadOutside) {
  constexpr unsigned kSeed = 5;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::uniform_int_distribution<int> byte(0, 255);
  const std::string network = SmallNetwork();
  int damaged = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = network;
    for (int change = 0; change < 3; ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(byte(random));
    }
    const auto graph = ReadOnnxGraph(bytes);
    if (!graph.ok()) {
      ++damaged;
      continue;
    }
    for (const auto& [name, tensor] : graph->tensors) {
      static_cast<void>(tensor.Floats());
      static_cast<void>(tensor.Integers());
    }
  }
  EXPECT_GT(damaged, 100);
}

}  // namespace
}  // namespace cairn
