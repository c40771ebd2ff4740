// Speed of token ids over a file of text:
//   CAIRN_BENCH_TEXT=FILE CAIRN_BENCH_TOKENIZER=tokenizer.json tokenizer_bench
// Without them: a made text, and the tokenizer of build/deps.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "base/file.h"
#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {
namespace {

constexpr std::size_t kFileMax = 64 << 20;

std::string Setting(const char* name, const char* otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : otherwise;
}

const std::string& TokenizerJson() {
  static const std::string json =
      ReadFile(Setting("CAIRN_BENCH_TOKENIZER",
                       "build/deps/models/bge-small-en-v1.5-int8/"
                       "tokenizer.json"),
               kFileMax)
          .value();
  return json;
}

const WordPieceTokenizer& SharedTokenizer() {
  static const std::unique_ptr<WordPieceTokenizer> tokenizer =
      std::move(WordPieceTokenizer::FromJson(TokenizerJson())).value();
  return *tokenizer;
}

const std::string& BenchText() {
  static const std::string text = [] {
    const std::string path = Setting("CAIRN_BENCH_TEXT", "");
    if (!path.empty()) return ReadFile(path, kFileMax).value();
    std::string made;
    while (made.size() < 1'000'000) {
      made +=
          "The committee, chaired by Dr. O'Neill, approved an investigation of "
          "photosynthetic microorganisms in alpine watersheds in 1987. ";
    }
    return made;
  }();
  return text;
}

void BM_Encode(benchmark::State& state) {
  const WordPieceTokenizer& tokenizer = SharedTokenizer();
  const std::string& text = BenchText();
  std::int64_t tokens = 0;
  for (auto _ : state) {
    tokens += static_cast<std::int64_t>(tokenizer.Encode(text).size());
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(text.size()));
  state.SetItemsProcessed(tokens);
}
BENCHMARK(BM_Encode)->Unit(benchmark::kMillisecond);

void BM_CountTokens(benchmark::State& state) {
  const WordPieceTokenizer& tokenizer = SharedTokenizer();
  const std::string& text = BenchText();
  for (auto _ : state) {
    benchmark::DoNotOptimize(tokenizer.CountTokens(text));
  }
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_CountTokens)->Unit(benchmark::kMillisecond);

void BM_FromJson(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(WordPieceTokenizer::FromJson(TokenizerJson()));
  }
}
BENCHMARK(BM_FromJson)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn
