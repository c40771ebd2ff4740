#include "models/reader/matrix.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace cairn::reader {
namespace {

// A tile of the product: kTileRows x kTileColumns sums stay in registers.
constexpr std::size_t kTileRows = 4;
constexpr std::size_t kLanes = 8;
constexpr std::size_t kTileColumns = 2 * kLanes;
using Lanes = float __attribute__((vector_size(kLanes * sizeof(float))));

// Rows [first, first + kRows) of out, columns [column, column + kTileColumns).
template <std::size_t kRows>
[[gnu::always_inline]] inline void AddTile(const Matrix& a, const Matrix& b,
                                           std::size_t first,
                                           std::size_t column, Matrix& out) {
  Lanes left[kRows];
  Lanes right[kRows];
  for (std::size_t row = 0; row < kRows; ++row) {
    const float* from = out.Row(first + row) + column;
    std::memcpy(&left[row], from, sizeof(Lanes));
    std::memcpy(&right[row], from + kLanes, sizeof(Lanes));
  }
  for (std::size_t inner = 0; inner < a.columns; ++inner) {
    Lanes b_left;
    Lanes b_right;
    const float* from = b.Row(inner) + column;
    std::memcpy(&b_left, from, sizeof(Lanes));
    std::memcpy(&b_right, from + kLanes, sizeof(Lanes));
    for (std::size_t row = 0; row < kRows; ++row) {
      const float scale = a.Row(first + row)[inner];
      left[row] += scale * b_left;
      right[row] += scale * b_right;
    }
  }
  for (std::size_t row = 0; row < kRows; ++row) {
    float* to = out.Row(first + row) + column;
    std::memcpy(to, &left[row], sizeof(Lanes));
    std::memcpy(to + kLanes, &right[row], sizeof(Lanes));
  }
}

[[gnu::always_inline]] inline void AddProductTiled(const Matrix& a,
                                                   const Matrix& b,
                                                   Matrix& out) {
  const std::size_t tiled = b.columns - b.columns % kTileColumns;
  for (std::size_t column = 0; column < tiled; column += kTileColumns) {
    std::size_t row = 0;
    for (; row + kTileRows <= a.rows; row += kTileRows) {
      AddTile<kTileRows>(a, b, row, column, out);
    }
    for (; row < a.rows; ++row) AddTile<1>(a, b, row, column, out);
  }
  for (std::size_t row = 0; row < a.rows; ++row) {
    for (std::size_t column = tiled; column < b.columns; ++column) {
      float sum = 0;
      for (std::size_t inner = 0; inner < a.columns; ++inner) {
        sum += a.Row(row)[inner] * b.Row(inner)[column];
      }
      out.Row(row)[column] += sum;
    }
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2,fma")]] void AddProductAvx2(const Matrix& a,
                                                const Matrix& b, Matrix& out) {
  AddProductTiled(a, b, out);
}

bool HasAvx2() {
  static const bool has =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return has;
}
#endif

}  // namespace

void AddProduct(const Matrix& a, const Matrix& b, Matrix& out) {
#if defined(__x86_64__)
  if (HasAvx2()) {
    AddProductAvx2(a, b, out);
    return;
  }
#endif
  AddProductTiled(a, b, out);
}

void AddToRows(std::span<const float> vector, Matrix& matrix) {
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    float* values = matrix.Row(row);
    for (std::size_t at = 0; at < vector.size(); ++at) values[at] += vector[at];
  }
}

void Rectify(Matrix& matrix) {
  for (float& value : matrix.values) value = std::max(value, 0.0F);
}

Matrix NormalizeRows(const Matrix& matrix, std::span<const float> gain,
                     std::span<const float> bias) {
  constexpr float kEpsilon = 1e-5F;  // As in training.
  Matrix out(matrix.rows, matrix.columns);
  const auto size = static_cast<float>(matrix.columns);
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    const float* values = matrix.Row(row);
    float mean = 0;
    for (std::size_t at = 0; at < matrix.columns; ++at) mean += values[at];
    mean /= size;
    float spread = 0;
    for (std::size_t at = 0; at < matrix.columns; ++at) {
      spread += (values[at] - mean) * (values[at] - mean);
    }
    const float scale = 1 / std::sqrt(spread / size + kEpsilon);
    for (std::size_t at = 0; at < matrix.columns; ++at) {
      out.Row(row)[at] = (values[at] - mean) * scale * gain[at] + bias[at];
    }
  }
  return out;
}

Matrix ConvolveColumns(const Matrix& matrix, const Matrix& kernel) {
  Matrix out(matrix.rows, matrix.columns);
  const std::size_t reach = kernel.rows / 2;
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    float* sums = out.Row(row);
    const std::size_t first = row < reach ? reach - row : 0;
    const std::size_t last = std::min(kernel.rows, matrix.rows + reach - row);
    for (std::size_t step = first; step < last; ++step) {
      const float* values = matrix.Row(row + step - reach);
      const float* weights = kernel.Row(step);
      for (std::size_t at = 0; at < matrix.columns; ++at) {
        sums[at] += values[at] * weights[at];
      }
    }
  }
  return out;
}

void Softmax(std::span<float> values) {
  if (values.empty()) return;
  const float highest = *std::max_element(values.begin(), values.end());
  float sum = 0;
  for (float& value : values) {
    value = std::exp(value - highest);
    sum += value;
  }
  for (float& value : values) value /= sum;
}

}  // namespace cairn::reader
