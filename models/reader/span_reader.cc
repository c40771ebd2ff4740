#include "models/reader/span_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/reader/features.h"
#include "models/reader/head.h"
#include "models/reader/matrix.h"
#include "models/reader/words.h"

namespace cairn {
namespace {

using reader::CutText;
using reader::Head;
using reader::HeadInput;
using reader::HeadScores;
using reader::Matrix;

// As in training (tools/reader/pairs.py).
constexpr std::size_t kQuestionPiecesMax = 64;
constexpr std::size_t kTitlePiecesMax = 24;
constexpr std::size_t kPiecesMax = 384;
constexpr std::size_t kSpecialTokens = 4;

// The means over the pieces of each of the first `words` words; `token`: where
// the first word begins. `to`: the row of the first word.
void CopyWords(const TokenStates& states, const CutText& cut, std::size_t words,
               std::size_t token, std::size_t to, Matrix& out) {
  for (std::size_t word = 0; word < words; ++word) {
    const std::size_t pieces = cut.pieces[word];
    for (std::size_t layer = 0; layer < states.layers.size(); ++layer) {
      const float* from = states.layers[layer].data() + token * states.width;
      float* row = out.Row(to + word) + layer * states.width;
      for (std::size_t piece = 0; piece < pieces; ++piece) {
        for (std::size_t at = 0; at < states.width; ++at) {
          row[at] +=
              from[piece * states.width + at] / static_cast<float>(pieces);
        }
      }
    }
    token += pieces;
  }
}

std::vector<std::string_view> WordsOf(std::string_view text,
                                      const CutText& cut) {
  std::vector<std::string_view> words;
  for (const ByteSpan& word : cut.words) words.push_back(word.Of(text));
  return words;
}

HeadInput InputOf(const TokenStates& states, const CutText& question,
                  const CutText& title, const CutText& text) {
  const std::size_t width = states.width * states.layers.size();
  const std::size_t asked =
      std::min(question.words.size(), reader::kQuestionWordsMax);
  HeadInput input{.question = Matrix(asked + 1, width),
                  .text = Matrix(text.words.size(), width),
                  .question_features = {},
                  .text_features = {}};
  for (std::size_t layer = 0; layer < states.layers.size(); ++layer) {
    std::copy_n(states.layers[layer].begin(), states.width,
                input.question.Row(0) + layer * states.width);
  }
  // [CLS] question [SEP] title [SEP] text [SEP]
  const std::size_t first = question.ids.size() + title.ids.size() + 3;
  CopyWords(states, question, asked, 1, 1, input.question);
  CopyWords(states, text, text.words.size(), first, 0, input.text);
  return input;
}

// The best span of words inside `unit`.
ReadSpan BestIn(const ByteSpan& unit, const std::vector<ByteSpan>& words,
                const HeadScores& scores) {
  ReadSpan best;
  for (std::size_t first = 0; first < words.size(); ++first) {
    for (std::size_t length = 0; length < reader::kSpanWordsMax; ++length) {
      if (first + length >= words.size()) break;
      const ByteSpan span{words[first].begin, words[first + length].end};
      if (!unit.Contains(span)) break;
      const double score = scores.SpanScore(first, length);
      if (best.span.empty() || score > best.score) {
        best = {.span = span, .score = score};
      }
    }
  }
  return best;
}

class SpanReader final : public AnswerReader {
 public:
  SpanReader(const Embedder& embedder, Head head)
      : embedder_(embedder), head_(std::move(head)) {}

  const std::string& id() const override { return head_.weights().id; }

  StatusOr<Reading> Read(std::string_view question, std::string_view title,
                         std::string_view text,
                         std::span<const ByteSpan> units) const override {
    const Tokenizer& tokenizer = embedder_.tokenizer();
    const CutText asked = reader::Cut(question, tokenizer, kQuestionPiecesMax);
    const CutText named = reader::Cut(title, tokenizer, kTitlePiecesMax);
    const std::size_t used =
        asked.ids.size() + named.ids.size() + kSpecialTokens;
    const CutText read = reader::Cut(text, tokenizer, kPiecesMax - used);
    Reading reading{.units = std::vector<ReadSpan>(units.size())};
    if (read.words.empty()) return reading;
    const std::array<std::vector<std::int32_t>, 3> parts = {
        asked.ids, named.ids, read.ids};
    CAIRN_ASSIGN_OR_RETURN(
        const TokenStates states,
        embedder_.EncodeTokens(parts, head_.weights().layers));
    HeadInput input = InputOf(states, asked, named, read);
    reader::Features features =
        reader::FeaturesOf(WordsOf(question, asked), WordsOf(text, read));
    features.question.resize(input.question.rows - 1);
    input.question_features = std::move(features.question);
    input.text_features = std::move(features.text);
    const HeadScores scores = head_.Score(input);
    for (std::size_t at = 0; at < units.size(); ++at) {
      reading.units[at] = BestIn(units[at], read.words, scores);
    }
    return reading;
  }

 private:
  const Embedder& embedder_;
  const Head head_;
};

}  // namespace

StatusOr<std::unique_ptr<AnswerReader>> MakeSpanReader(
    const Embedder& embedder) {
  CAIRN_ASSIGN_OR_RETURN(reader::Weights weights,
                         reader::ParseWeights(reader::EmbeddedManifest(),
                                              reader::EmbeddedHalves()));
  if (weights.encoder != embedder.model_id()) {
    return FailedPreconditionError(
        "the reader " + weights.id + " was trained on " + weights.encoder +
            ", the embedder is " + embedder.model_id(),
        "READER_MISMATCH");
  }
  CAIRN_ASSIGN_OR_RETURN(Head head, Head::Make(std::move(weights)));
  return std::make_unique<SpanReader>(embedder, std::move(head));
}

}  // namespace cairn
