#include "models/reader/head.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace cairn::reader {
namespace {

constexpr std::size_t kStateWidth = 384;
constexpr std::size_t kKernelRows = 7;
constexpr std::size_t kNullWidth = 64;

struct Shape {
  std::string name;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

std::vector<Shape> ShapesOf(const Weights& weights, std::size_t width,
                            std::size_t pair) {
  std::vector<Shape> shapes = {
      {"project.w", weights.layers.size() * kStateWidth, width},
      {"project.b", 1, width},
      {"features.w", kFeatures, width},
      {"question_features.w", kFeatures, width},
      {"question.b", 1, width},
      {"pool.w", width, 1},
      {"query.w", width, width},
      {"key.w", width, width},
      {"mix.w", 4 * width, width},
      {"mix.b", 1, width},
      {"norm.g", 1, width},
      {"norm.b", 1, width},
      {"start.w", width, 1},
      {"end.w", width, 1},
      {"start_asked.w", width, width},
      {"end_asked.w", width, width},
      {"left.w", width, pair},
      {"right.w", width, pair},
      {"length.b", 1, kSpanWordsMax},
      {"null_hidden.w", 4 * width, kNullWidth},
      {"null_hidden.b", 1, kNullWidth},
      {"null.w", kNullWidth, 1},
      {"null.b", 1, 1}};
  for (std::size_t block = 0; block < weights.blocks; ++block) {
    const std::string name = "block" + std::to_string(block);
    shapes.push_back({name + ".norm.g", 1, width});
    shapes.push_back({name + ".norm.b", 1, width});
    shapes.push_back({name + ".depth.w", kKernelRows, width});
    shapes.push_back({name + ".point.w", width, width});
    shapes.push_back({name + ".point.b", 1, width});
  }
  return shapes;
}

Matrix Product(const Matrix& a, const Matrix& b) {
  Matrix out(a.rows, b.columns);
  AddProduct(a, b, out);
  return out;
}

Matrix Transposed(const Matrix& matrix) {
  Matrix out(matrix.columns, matrix.rows);
  for (std::size_t row = 0; row < matrix.rows; ++row) {
    for (std::size_t column = 0; column < matrix.columns; ++column) {
      out.Row(column)[row] = matrix.Row(row)[column];
    }
  }
  return out;
}

}  // namespace

float HeadScores::SpanScore(std::size_t first, std::size_t words) const {
  const std::size_t last = first + words;
  float both = 0;
  for (std::size_t at = 0; at < left.columns; ++at) {
    both += left.Row(first)[at] * right.Row(last)[at];
  }
  return start.values[first] + end.values[last] +
         both / std::sqrt(static_cast<float>(left.columns)) + length[words] -
         no_answer;
}

Head::Head(Weights weights) : weights_(std::move(weights)) {}

StatusOr<Head> Head::Make(Weights weights) {
  const auto project = weights.matrices.find("project.w");
  const auto left = weights.matrices.find("left.w");
  if (project != weights.matrices.end() && left != weights.matrices.end()) {
    const std::vector<Shape> shapes =
        ShapesOf(weights, project->second.columns, left->second.columns);
    const bool fits = std::all_of(
        shapes.begin(), shapes.end(), [&weights](const Shape& shape) {
          const auto found = weights.matrices.find(shape.name);
          return found != weights.matrices.end() &&
                 found->second.rows == shape.rows &&
                 found->second.columns == shape.columns;
        });
    if (fits) return Head(std::move(weights));
  }
  return DataLossError(
      "the reader's weights are damaged: a matrix is missing or has another "
      "size; restore models/reader/weights and build again",
      "READER_DAMAGED");
}

std::span<const float> Head::Vector(std::string_view name) const {
  return weights_.Get(name).values;
}

// States and features to the head's own width. `states` may have a first row,
// [CLS], that has no features.
Matrix Head::Enter(const Matrix& states,
                   const std::vector<FeatureRow>& features,
                   std::string_view feature_weights,
                   std::string_view bias) const {
  Matrix out = Product(states, weights_.Get("project.w"));
  AddToRows(Vector(bias), out);
  const std::size_t skipped = states.rows - features.size();
  const Matrix& weights = weights_.Get(feature_weights);
  for (std::size_t row = 0; row < features.size(); ++row) {
    float* to = out.Row(row + skipped);
    for (std::size_t feature = 0; feature < kFeatures; ++feature) {
      const float scale = features[row][feature];
      if (scale == 0) continue;
      for (std::size_t at = 0; at < out.columns; ++at) {
        to[at] += scale * weights.Row(feature)[at];
      }
    }
  }
  Rectify(out);
  return out;
}

// The question in one row.
Matrix Head::Pool(const Matrix& question) const {
  Matrix weight = Product(question, weights_.Get("pool.w"));
  Softmax(weight.values);
  return Product(Transposed(weight), question);
}

// For each word of the text, what of the question it is about.
Matrix Head::Look(const Matrix& text, const Matrix& question) const {
  const Matrix keys = Transposed(Product(question, weights_.Get("key.w")));
  Matrix look = Product(Product(text, weights_.Get("query.w")), keys);
  const float scale = 1 / std::sqrt(static_cast<float>(text.columns));
  for (float& value : look.values) value *= scale;
  for (std::size_t row = 0; row < look.rows; ++row) {
    Softmax({look.Row(row), look.columns});
  }
  return Product(look, question);
}

Matrix Head::Mix(const Matrix& text, const Matrix& question,
                 const Matrix& asked) const {
  const std::size_t width = text.columns;
  const Matrix seen = Look(text, question);
  Matrix wide(text.rows, 4 * width);
  for (std::size_t row = 0; row < text.rows; ++row) {
    float* to = wide.Row(row);
    for (std::size_t at = 0; at < width; ++at) {
      const float value = text.Row(row)[at];
      to[at] = value;
      to[width + at] = seen.Row(row)[at];
      to[2 * width + at] = value * seen.Row(row)[at];
      to[3 * width + at] = value * asked.values[at];
    }
  }
  Matrix out = Product(wide, weights_.Get("mix.w"));
  AddToRows(Vector("mix.b"), out);
  Rectify(out);
  return out;
}

Matrix Head::Border(const Matrix& text, const Matrix& asked,
                    std::string_view alone,
                    std::string_view with_question) const {
  Matrix direction = Transposed(Product(asked, weights_.Get(with_question)));
  const Matrix& fixed = weights_.Get(alone);
  for (std::size_t at = 0; at < direction.values.size(); ++at) {
    direction.values[at] += fixed.values[at];
  }
  return Product(text, direction);
}

float Head::NoAnswer(const Matrix& text, const Matrix& question,
                     const Matrix& asked) const {
  const std::size_t width = text.columns;
  Matrix whole(1, 4 * width);
  for (std::size_t at = 0; at < width; ++at) {
    float highest = text.Row(0)[at];
    float sum = 0;
    for (std::size_t row = 0; row < text.rows; ++row) {
      highest = std::max(highest, text.Row(row)[at]);
      sum += text.Row(row)[at];
    }
    whole.values[at] = asked.values[at];
    whole.values[width + at] = question.Row(0)[at];
    whole.values[2 * width + at] = highest;
    whole.values[3 * width + at] = sum / static_cast<float>(text.rows);
  }
  Matrix hidden = Product(whole, weights_.Get("null_hidden.w"));
  AddToRows(Vector("null_hidden.b"), hidden);
  Rectify(hidden);
  return Product(hidden, weights_.Get("null.w")).values[0] +
         Vector("null.b")[0];
}

HeadScores Head::Score(const HeadInput& input) const {
  const Matrix question = Enter(input.question, input.question_features,
                                "question_features.w", "question.b");
  const Matrix asked = Pool(question);
  Matrix x =
      Mix(Enter(input.text, input.text_features, "features.w", "project.b"),
          question, asked);
  for (std::size_t block = 0; block < weights_.blocks; ++block) {
    const std::string name = "block" + std::to_string(block);
    const Matrix y = ConvolveColumns(
        NormalizeRows(x, Vector(name + ".norm.g"), Vector(name + ".norm.b")),
        weights_.Get(name + ".depth.w"));
    Matrix change = Product(y, weights_.Get(name + ".point.w"));
    AddToRows(Vector(name + ".point.b"), change);
    Rectify(change);
    for (std::size_t at = 0; at < x.values.size(); ++at) {
      x.values[at] += change.values[at];
    }
  }
  x = NormalizeRows(x, Vector("norm.g"), Vector("norm.b"));
  const std::span<const float> length = Vector("length.b");
  return {.start = Border(x, asked, "start.w", "start_asked.w"),
          .end = Border(x, asked, "end.w", "end_asked.w"),
          .left = Product(x, weights_.Get("left.w")),
          .right = Product(x, weights_.Get("right.w")),
          .length = {length.begin(), length.end()},
          .no_answer = NoAnswer(x, question, asked)};
}

}  // namespace cairn::reader
