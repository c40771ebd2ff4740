// OnnxGraph: what stands in an ONNX file, as views into its bytes: named
// tensors, and nodes with their inputs and outputs.
//
// Place: BertWeights takes the numbers of an encoder from here.
// Threads: pure. Lifetime: the views live as long as the bytes that were read.
// Errors: INVALID_ARGUMENT, reason BAD_NETWORK, when the bytes are not the
// protobuf message they should be. Nothing outside of them is read.
// Format: onnx.proto, ModelProto; the fields that no encoder needs are skipped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/status.h"

namespace cairn {

struct OnnxTensor {
  enum class Type { kOther = 0, kFloat = 1, kUint8 = 2, kInt8 = 3 };
  Type type = Type::kOther;
  std::vector<std::size_t> shape;  // Empty: one number.
  std::size_t count() const;
  // Numbers in row order, `count()` of them; FAILED_PRECONDITION when the
  // tensor is of another type or holds fewer bytes.
  StatusOr<std::vector<float>> Floats() const;
  StatusOr<std::vector<std::int32_t>> Integers() const;

  // As the file has them; one of the three is filled.
  std::string_view raw;       // Little-endian.
  std::string_view floats;    // Packed, little-endian.
  std::string_view integers;  // Packed varints.
};

struct OnnxNode {
  std::string_view operation;
  std::vector<std::string_view> inputs;
  std::vector<std::string_view> outputs;
};

struct OnnxGraph {
  std::vector<OnnxNode> nodes;
  // Initializers by name, and constants by the name of their output.
  std::unordered_map<std::string_view, OnnxTensor> tensors;
  // The node that makes a tensor, or null.
  const OnnxNode* Maker(std::string_view output) const;
  std::size_t Count(std::string_view operation) const;

  std::unordered_map<std::string_view, std::size_t> makers;
};

StatusOr<OnnxGraph> ReadOnnxGraph(std::string_view network);

}  // namespace cairn
