// The arithmetic of an encoder between its products of bytes, in float, for the
// CPU at hand (Highway).
//
// Threads: safe. Shapes: matrices by rows; `count` and widths are multiples of
// 16 where not said otherwise.
// Sources: Devlin et al. 2019 for the layers; Hendrycks and Gimpel 2016 for
// GELU; Abramowitz and Stegun 7.1.26 for erf, error below 2e-7; ONNX's
// DynamicQuantizeLinear for the quantisation.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn {

// value = (code - zero) * scale.
struct Quantization {
  float scale = 1;
  std::int32_t zero = 0;
};

// Of each row its own range, 0 included, on 0 to 255: a token's numbers do not
// depend on those of another, and lose less than with one range for all.
void QuantizeRows(const float* values, std::size_t rows, std::size_t width,
                  std::uint8_t* codes, Quantization* made);

// One panel of sums to float: out[r][c] = (sums[r][c] - zero[r] *
// column_sums[c]) * scale[r] * scales[c] + bias[c]; kPanelColumns columns; rows
// of `out` are `stride` apart.
struct PanelScaling {
  const Quantization* rows = nullptr;
  const std::int32_t* column_sums = nullptr;
  const float* scales = nullptr;
  const float* bias = nullptr;
};
void ScalePanel(const std::int32_t* sums, std::size_t rows,
                const PanelScaling& scaling, float* out, std::size_t stride);

// x * (1 + erf(x / sqrt 2)) / 2, in place; rows are `stride` apart.
void Gelu(float* values, std::size_t rows, std::size_t width,
          std::size_t stride);

// Of each row: values + residual, brought to mean 0 and variance 1, times
// `weight` plus `bias`. `residual` may be null; `out` may be `values`.
struct LayerNormOf {
  const float* weight = nullptr;
  const float* bias = nullptr;
  float epsilon = 0;
};
void AddAndNormalize(const float* values, const float* residual,
                     std::size_t rows, std::size_t width,
                     const LayerNormOf& norm, float* out);

// Attention over `tokens` rows of queries, keys and values side by side (3 *
// width numbers), of the head that is `number` among those of `head` columns, a
// multiple of 16; any count of tokens. The first `asking` of them, at least
// one, get their columns of a row of `out`. `scratch` holds AttentionScratch()
// floats.
struct AttentionShape {
  std::size_t tokens = 0;
  std::size_t asking = 0;
  std::size_t width = 0;
  std::size_t head = 0;
};
std::size_t AttentionScratch(std::size_t tokens, std::size_t head);
void AttendHead(const float* rows, const AttentionShape& shape,
                std::size_t number, float* scratch, float* out);

}  // namespace cairn
