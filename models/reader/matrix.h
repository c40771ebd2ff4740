// Matrices of floats, by rows, and the few operations of the reader's head.
//
// Multiply has one inner loop, compiled twice: for any processor and for those
// with AVX2 and FMA, chosen at run time. Sums differ in their last digits
// between the two. Pure; threads: safe.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace cairn::reader {

struct Matrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::vector<float> values;

  Matrix() = default;
  Matrix(std::size_t row_count, std::size_t column_count)
      : rows(row_count),
        columns(column_count),
        values(row_count * column_count) {}
  float* Row(std::size_t row) { return values.data() + row * columns; }
  const float* Row(std::size_t row) const {
    return values.data() + row * columns;
  }
};

// out += a x b. a.columns == b.rows; out is a.rows x b.columns.
void AddProduct(const Matrix& a, const Matrix& b, Matrix& out);

// Adds `vector` to every row.
void AddToRows(std::span<const float> vector, Matrix& matrix);

void Rectify(Matrix& matrix);  // max(0, x)

// Each row to mean 0 and variance 1, then times `gain` plus `bias`.
Matrix NormalizeRows(const Matrix& matrix, std::span<const float> gain,
                     std::span<const float> bias);

// Convolution of each column with its own kernel along the rows; zeros beyond
// the ends. `kernel`: an odd number of rows, matrix.columns columns.
Matrix ConvolveColumns(const Matrix& matrix, const Matrix& kernel);

// exp, scaled to sum 1; stable.
void Softmax(std::span<float> values);

}  // namespace cairn::reader
