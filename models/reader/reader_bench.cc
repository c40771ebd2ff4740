// What the head costs beside the encoder, for a passage of about 170 words.
#include <benchmark/benchmark.h>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "models/reader/head.h"

namespace cairn::reader {
namespace {

void BM_Head(benchmark::State& state) {
  auto head =
      Head::Make(ParseWeights(EmbeddedManifest(), EmbeddedHalves()).value());
  const std::size_t columns = 384 * head->weights().layers.size();
  const std::vector<std::string_view> question(14, "cairn");
  const std::vector<std::string_view> words(170, "stone");
  Features features = FeaturesOf(question, words);
  HeadInput input{.question = Matrix(question.size() + 1, columns),
                  .text = Matrix(words.size(), columns),
                  .question_features = std::move(features.question),
                  .text_features = std::move(features.text)};
  for (std::size_t at = 0; at < input.text.values.size(); ++at) {
    input.text.values[at] = static_cast<float>(at % 7) - 3;
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(head->Score(input));
  }
}
BENCHMARK(BM_Head)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn::reader
