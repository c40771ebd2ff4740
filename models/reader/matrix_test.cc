#include "models/reader/matrix.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace cairn::reader {
namespace {

Matrix RandomMatrix(std::size_t rows, std::size_t columns, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  Matrix matrix(rows, columns);
  for (float& value : matrix.values) value = normal(random);
  return matrix;
}

TEST(Matrix, ProductEqualsTheNaiveOne) {
  // Sizes on both sides of the tiles' borders.
  for (const std::size_t rows : {1u, 3u, 4u, 9u}) {
    for (const std::size_t columns : {1u, 15u, 16u, 24u, 96u}) {
      const Matrix a = RandomMatrix(rows, 37, 1);
      const Matrix b = RandomMatrix(37, columns, 2);
      Matrix out = RandomMatrix(rows, columns, 3);
      const Matrix before = out;
      AddProduct(a, b, out);
      for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
          double sum = before.Row(row)[column];
          for (std::size_t inner = 0; inner < 37; ++inner) {
            sum +=
                static_cast<double>(a.Row(row)[inner]) * b.Row(inner)[column];
          }
          EXPECT_NEAR(out.Row(row)[column], sum, 1e-4)
              << rows << " x " << columns;
        }
      }
    }
  }
}

TEST(Matrix, RowsGetMeanZeroAndVarianceOne) {
  const Matrix matrix = RandomMatrix(2, 50, 4);
  const std::vector<float> gain(50, 2);
  const std::vector<float> bias(50, 3);
  const Matrix out = NormalizeRows(matrix, gain, bias);
  for (std::size_t row = 0; row < 2; ++row) {
    double mean = 0;
    double squares = 0;
    for (std::size_t at = 0; at < 50; ++at) {
      mean += out.Row(row)[at] / 50.0;
      squares += out.Row(row)[at] * out.Row(row)[at] / 50.0;
    }
    EXPECT_NEAR(mean, 3, 1e-4);
    EXPECT_NEAR(squares - mean * mean, 4, 1e-3);
  }
}

TEST(Matrix, ConvolutionSeesZerosBeyondTheEnds) {
  Matrix matrix(3, 2);
  matrix.values = {1, 10, 2, 20, 3, 30};
  Matrix kernel(3, 2);
  kernel.values = {1, 1, 10, 10, 100, 0};
  const Matrix out = ConvolveColumns(matrix, kernel);
  EXPECT_EQ(out.values, (std::vector<float>{210, 100, 321, 210, 32, 320}));
}

TEST(Matrix, ConvolutionTakesTextsShorterThanTheKernel) {
  Matrix matrix(1, 1);
  matrix.values = {2};
  Matrix kernel(7, 1);
  kernel.values = {1, 2, 3, 4, 5, 6, 7};
  EXPECT_EQ(ConvolveColumns(matrix, kernel).values, std::vector<float>{8});
}

TEST(Matrix, SoftmaxIsStable) {
  std::vector<float> values = {1000, 1000, -1000};
  Softmax(values);
  EXPECT_FLOAT_EQ(values[0], 0.5F);
  EXPECT_FLOAT_EQ(values[2], 0);
}

}  // namespace
}  // namespace cairn::reader
