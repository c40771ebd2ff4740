// BertWeights: the numbers of a BERT encoder whose linear layers were
// quantised to bytes, as found in its ONNX file.
//
// Place: BertNetwork runs them. Threads: immutable once read.
// Errors: UNIMPLEMENTED when the file is a sound network of another form (the
// caller has ONNX Runtime for those); INVALID_ARGUMENT when it is damaged.
// Form: the usual export of Hugging Face's BertModel, linear layers by
// quantize_dynamic (a scale a column, no zero points, 7 bits), embeddings as
// bytes. Recognised by names, counts of operations and shapes together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/bert/int8_gemm.h"

namespace cairn {

struct LinearWeights {
  PackedWeights weights;
  std::vector<float> scales;  // Of each column.
  std::vector<float> bias;
};

struct NormWeights {
  std::vector<float> weight;
  std::vector<float> bias;
};

struct BertLayerWeights {
  LinearWeights attention;  // Queries, keys and values side by side.
  LinearWeights attention_output;
  NormWeights attention_norm;
  LinearWeights intermediate;
  LinearWeights output;
  NormWeights output_norm;
};

// Rows of bytes: value = (byte - zero) * scale.
struct EmbeddingTable {
  std::size_t rows = 0;
  std::vector<std::uint8_t> codes;
  float scale = 1;
  std::int32_t zero = 0;
};

struct BertWeights {
  std::size_t width = 0;
  std::size_t inner_width = 0;  // Of the intermediate layers.
  std::size_t head_width = 0;
  float epsilon = 0;  // Of all normalisations.
  EmbeddingTable words;
  EmbeddingTable positions;
  EmbeddingTable types;
  NormWeights norm;
  std::vector<BertLayerWeights> layers;
};

// `output` names the tensor that holds the states after the last layer.
StatusOr<BertWeights> ReadBertWeights(std::string_view network,
                                      std::string_view output);

}  // namespace cairn
