// Head: scores of all spans of a passage as answers to a question.
//
// A small network over the encoder's states of whole words, with the shapes of
// the words and their matches beside: a projection, attention from each word
// of the text to the words of the question, convolutions, and scores for the
// first and the last word of a span and for both together. It is the forward
// pass of tools/reader/train_reader.py, which trained it.
// Cost: 30 million multiplications for a passage of 170 words.
// Threads: safe; immutable.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/reader/features.h"
#include "models/reader/matrix.h"
#include "models/reader/weights.h"

namespace cairn::reader {

inline constexpr std::size_t kSpanWordsMax = 20;
inline constexpr std::size_t kQuestionWordsMax = 40;

// One row a word, the layers' states one after the other.
struct HeadInput {
  Matrix question;  // First row: [CLS]; then at most kQuestionWordsMax words.
  Matrix text;      // At least one word.
  std::vector<FeatureRow> question_features;  // Without [CLS].
  std::vector<FeatureRow> text_features;
};

struct HeadScores {
  Matrix start;  // words x 1
  Matrix end;    // words x 1
  Matrix left;   // words x pair width
  Matrix right;  // words x pair width
  std::vector<float> length;
  float no_answer = 0;

  // Of the words [first, first + length]; length < kSpanWordsMax. Log odds
  // against "no answer".
  float SpanScore(std::size_t first, std::size_t length) const;
};

class Head {
 public:
  // DATA_LOSS, reason READER_DAMAGED: a matrix is missing or of another size.
  static StatusOr<Head> Make(Weights weights);

  HeadScores Score(const HeadInput& input) const;
  const Weights& weights() const { return weights_; }

 private:
  explicit Head(Weights weights);

  std::span<const float> Vector(std::string_view name) const;
  Matrix Enter(const Matrix& states, const std::vector<FeatureRow>& features,
               std::string_view feature_weights, std::string_view bias) const;
  Matrix Pool(const Matrix& question) const;
  Matrix Look(const Matrix& text, const Matrix& question) const;
  Matrix Mix(const Matrix& text, const Matrix& question,
             const Matrix& asked) const;
  float NoAnswer(const Matrix& text, const Matrix& question,
                 const Matrix& asked) const;
  // Scores of each word as a border of the answer.
  Matrix Border(const Matrix& text, const Matrix& asked, std::string_view alone,
                std::string_view with_question) const;

  Weights weights_;
};

}  // namespace cairn::reader
