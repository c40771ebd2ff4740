// How the cost of one question grows with the collection, stage by stage.
//
// Articles of one chunk with invented titles; each names a few others (the
// famous ones often, as 1 / rank) in words that follow Zipf's law. The embedder
// is the fake one, so that what is seen is the indexes and the graph, not the
// network, whose cost does not depend on the collection. A collection grows
// from argument to argument. CAIRN_BENCH_CHUNKS=N goes up to N instead of
// 30,000.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "models/fake/fake_embedder.h"
#include "services/query/cores_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 384;
constexpr std::size_t kVocabulary = 50'000;
constexpr std::size_t kWords = 90;  // Of an article.
constexpr std::size_t kFirstSize = 1'000;
constexpr std::size_t kDefaultMax = 30'000;

// Letters of a number, so that words and names are distinct and pronounceable.
std::string Syllables(std::size_t number) {
  static constexpr char kConsonants[] = "bdfgklmnprstvz";
  static constexpr char kVowels[] = "aeiou";
  std::string word;
  do {
    word.push_back(kConsonants[number % 14]);
    word.push_back(kVowels[number / 14 % 5]);
    number /= 70;
  } while (number > 0);
  return word + "n";
}

std::string Name(std::size_t number) {
  const auto capital = [](std::string word) {
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    return word;
  };
  return capital(Syllables(number * 7 + 5000)) + " " +
         capital(Syllables(number * 13 + 9000));
}

double CpuSeconds() {
  std::timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) +
         static_cast<double>(used.tv_nsec) * 1e-9;
}

// Until nothing is built in the background any more.
void AwaitRest() {
  constexpr double kSeconds = 0.5;
  for (double before = CpuSeconds();; before = CpuSeconds()) {
    std::this_thread::sleep_for(std::chrono::duration<double>(kSeconds));
    if (CpuSeconds() - before < kSeconds / 50) return;
  }
}

// A collection that only grows.
class World {
 public:
  World() {
    const auto made = cores_.ingestion().CreateCollection(
        TenantId(0),
        {.name = "pages", .description = {}, .sentence_vectors = false});
    if (!made.ok()) std::abort();
  }

  void GrowTo(std::size_t size) {
    std::atomic<std::size_t> waiting = size - size_;
    for (; size_ < size; ++size_) {
      cores_.ingestion().IngestAsync(TenantId(0), "pages",
                                     {.id = std::to_string(size_),
                                      .title = Name(size_),
                                      .bytes = Article(size_),
                                      .media_type = "text/plain",
                                      .metadata = {}},
                                     [&](const StatusOr<IngestResult>& put) {
                                       if (!put.ok()) std::abort();
                                       if (--waiting == 0) waiting.notify_one();
                                     });
    }
    for (std::size_t left = waiting; left > 0; left = waiting) {
      waiting.wait(left);
    }
  }

  SearchResult Ask() {
    const std::string question =
        "Where was the " + Word() + " of " + Name(Below(size_)) + " " + Word() +
        " and which " + Word() + " did " + Word() + "?";
    auto result = cores_.query().Search(
        TenantId(0), "pages",
        {.query = question, .limit = 10, .mode = SearchMode::kAuto},
        Sequence(0));
    if (!result.ok()) std::abort();
    return std::move(result).value();
  }

 private:
  // The k-th of `bound` comes about 1 / k as often as the first.
  std::size_t Below(std::size_t bound) {
    const double log_bound = std::log(static_cast<double>(bound) + 1);
    const auto rank =
        static_cast<std::size_t>(std::exp(unit_(random_) * log_bound)) - 1;
    return std::min(rank, bound - 1);
  }
  std::string Word() { return Syllables(Below(kVocabulary)); }
  std::string Article(std::size_t number) {
    std::string text = Name(number) + " is a " + Word();
    for (std::size_t i = 0; i < kWords; ++i) {
      text += i % 12 == 11 ? ". The " : " ";
      text += i % 30 == 20 ? Name(Below(number + 1)) : Word();
    }
    return text + ".";
  }

  const FakeEmbedder embedder_{kDimension};
  CoresForTest cores_{embedder_};
  std::mt19937_64 random_{11};
  std::uniform_real_distribution<double> unit_{0, 1};
  std::size_t size_ = 0;
};

void Search(benchmark::State& state) {
  static World* const world = new World();
  world->GrowTo(static_cast<std::size_t>(state.range(0)));
  world->Ask();  // Takes the view in.
  AwaitRest();   // Its graph of vectors.
  std::map<std::string, double> stages;
  for (auto _ : state) {
    const SearchResult result = world->Ask();
    benchmark::DoNotOptimize(result.hits.data());
    for (const StageTiming& stage : result.timings) {
      stages[stage.stage] += stage.ms;
    }
  }
  for (const auto& [stage, ms] : stages) {
    state.counters[stage + "_ms"] =
        benchmark::Counter(ms, benchmark::Counter::kAvgIterations);
  }
}

void Sizes(benchmark::internal::Benchmark* benchmark) {
  const char* const text = std::getenv("CAIRN_BENCH_CHUNKS");
  const std::size_t max =
      text == nullptr ? kDefaultMax : std::strtoull(text, nullptr, 10);
  for (std::size_t size = kFirstSize; size < max; size *= 10) {
    benchmark->Arg(static_cast<std::int64_t>(size));
  }
  benchmark->Arg(static_cast<std::int64_t>(max));
}

BENCHMARK(Search)->Apply(Sizes)->Iterations(200)->UseRealTime()->Unit(
    benchmark::kMillisecond);

}  // namespace
}  // namespace cairn
