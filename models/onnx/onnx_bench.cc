// Speed of the encoder over texts of about 230 tokens, by threads, and what
// opening it costs.
//   CAIRN_BENCH_MODEL=FOLDER onnx_bench
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/onnx/onnx_embedder.h"

namespace cairn {
namespace {

std::string ModelFolder() {
  const char* folder = std::getenv("CAIRN_BENCH_MODEL");
  return folder != nullptr ? folder
                           : "build/deps/models/bge-small-en-v1.5-int8";
}

// 16 texts of 200 to 260 tokens, all different.
const std::vector<std::string>& Texts() {
  static const std::vector<std::string> texts = [] {
    const std::vector<std::string> sentences = {
        "The cairn on the ridge marks the path between both valleys. ",
        "In 1987 the committee approved four reservoirs and a railway. ",
        "Photosynthesis converts carbon dioxide and water into glucose. ",
        "Her second novel, set in Lisbon, won the prize of the academy. ",
        "Revenue rose by twelve percent although exports to Asia fell. ",
    };
    std::vector<std::string> made(16);
    for (std::size_t i = 0; i < made.size(); ++i) {
      for (std::size_t s = 0; s < 16 + i % 4; ++s) {
        made[i] += sentences[(i + s * (i % 3 + 1)) % sentences.size()];
      }
    }
    return made;
  }();
  return texts;
}

std::unique_ptr<Embedder> Open(EncoderEngine engine = EncoderEngine::kBest) {
  return std::move(OpenOnnxEmbedder(ModelFolder(), engine)).value();
}

void EmbedAll(benchmark::State& state, const Embedder& embedder) {
  std::int64_t tokens = 0;
  auto at = static_cast<std::size_t>(state.thread_index());
  for (auto _ : state) {
    const std::string& text = Texts()[at++ % Texts().size()];
    benchmark::DoNotOptimize(embedder.Embed(text, EmbedKind::kPassage));
    tokens += static_cast<std::int64_t>(embedder.tokenizer().CountTokens(text));
  }
  state.SetItemsProcessed(tokens);
}

// Argument: 0 our kernels, 1 ONNX Runtime.
const Embedder& Opened(const benchmark::State& state) {
  static const std::unique_ptr<Embedder> own = Open();
  static const std::unique_ptr<Embedder> runtime =
      Open(EncoderEngine::kOnnxRuntime);
  return state.range(0) == 0 ? *own : *runtime;
}

void BM_Passage(benchmark::State& state) {
  state.SetLabel(Opened(state).engine());
  EmbedAll(state, Opened(state));
}
BENCHMARK(BM_Passage)
    ->Arg(0)
    ->Arg(1)
    ->Threads(1)
    ->Threads(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void BM_Query(benchmark::State& state) {
  const Embedder& embedder = Opened(state);
  state.SetLabel(embedder.engine());
  for (auto _ : state) {
    benchmark::DoNotOptimize(embedder.Embed(
        "who approved the railway in the year 1987?", EmbedKind::kQuery));
  }
}
BENCHMARK(BM_Query)->Arg(0)->Arg(1)->UseRealTime()->Unit(
    benchmark::kMillisecond);

// As inside a program that does other things: the weights are not in the caches
// any more.
void BM_ColdQueries(benchmark::State& state) {
  const std::unique_ptr<Embedder> embedder = Open();
  std::vector<std::string> texts(
      static_cast<std::size_t>(state.range(0)),
      "who approved the railway in the year 1987, and in which valley?");
  std::vector<char> other(400 << 20);
  char sign = 0;
  for (auto _ : state) {
    state.PauseTiming();
    for (char& one : other) one = ++sign;
    benchmark::DoNotOptimize(other.data());
    state.ResumeTiming();
    benchmark::DoNotOptimize(embedder->EmbedMany(
        texts, EmbedKind::kQuery, static_cast<std::size_t>(state.range(1))));
  }
}
BENCHMARK(BM_ColdQueries)
    ->ArgsProduct({{1, 2, 4}, {1, 2}})
    ->Iterations(25)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Second queries as a hop asks them: so many, on one thread or two.
void BM_Queries(benchmark::State& state) {
  const std::unique_ptr<Embedder> embedder = Open();
  std::vector<std::string> texts;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    texts.push_back(
        "who approved the railway? Lisbon, Committee of the Academy, Asia, "
        "Prize " +
        std::to_string(i));
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(embedder->EmbedMany(
        texts, EmbedKind::kQuery, static_cast<std::size_t>(state.range(1))));
  }
}
BENCHMARK(BM_Queries)
    ->DenseRange(1, 5)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

void BM_Open(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Open());
}
BENCHMARK(BM_Open)->Unit(benchmark::kMillisecond)->UseRealTime();

void BM_ReadAndVerify(benchmark::State& state) {
  const ModelManifest manifest = ReadManifest(ModelFolder()).value();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        ReadModelFile(ModelFolder(), manifest, manifest.model));
  }
}
BENCHMARK(BM_ReadAndVerify)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace cairn
