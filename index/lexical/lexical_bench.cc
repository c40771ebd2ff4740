// BM25 search, one thread, one run: block-max MaxScore against scoring every
// posting, over 100,000 chunks of about 100 words by Zipf's law
// (CAIRN_BENCH_CHUNKS=N: over N).
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "index/lexical/lexical_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kQueries = 200;

std::uint64_t ChunkCount() {
  const char* const count = std::getenv("CAIRN_BENCH_CHUNKS");
  return count != nullptr ? std::strtoull(count, nullptr, 10) : 100'000;
}

struct Data {
  std::unique_ptr<LexicalIndex> index = MakeLexicalIndex({});
  std::shared_ptr<const LexicalSnapshot> snapshot;
  std::vector<std::vector<std::string>> queries;
  std::vector<std::vector<std::string>> second_queries;
};

// Words as in a question: some of the most frequent, some rare.
std::vector<std::string> Question(ZipfWords& words, std::size_t count) {
  std::vector<std::string> terms;
  for (std::size_t t = 0; t < count; ++t) terms.push_back(words.Word());
  return terms;
}

const Data& SharedData() {
  static const Data* data = [] {
    auto* d = new Data();
    ZipfWords words(1, 200'000, 1.0);
    for (std::uint64_t i = 0; i < ChunkCount(); ++i) {
      (void)d->index->Add(IdForTest(i * 0x9e3779b97f4a7c15ULL),
                          words.Chunk(200));
    }
    d->snapshot = *d->index->Snapshot();
    for (std::size_t i = 0; i < kQueries; ++i) {
      d->queries.push_back(Question(words, 8));
      d->second_queries.push_back(Question(words, 40));
    }
    return d;
  }();
  return *data;
}

void BM_Search(benchmark::State& state) {
  const Data& data = SharedData();
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(data.snapshot->Search(
        data.queries[q++ % kQueries],
        {.limit = static_cast<std::size_t>(state.range(0))}));
  }
}
BENCHMARK(BM_Search)->Arg(10)->Arg(100)->Arg(1000)->Unit(
    benchmark::kMicrosecond);

// As many terms as a question with the names of a passage has.
void BM_SearchManyTerms(benchmark::State& state) {
  const Data& data = SharedData();
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(data.snapshot->Search(
        data.second_queries[q++ % kQueries], {.limit = 20}));
  }
}
BENCHMARK(BM_SearchManyTerms)->Unit(benchmark::kMicrosecond);

// A limit that no heap fills scores every posting; 10,000 is the greatest.
void BM_SearchExhaustive(benchmark::State& state) {
  const Data& data = SharedData();
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(data.snapshot->Search(
        data.queries[q++ % kQueries],
        {.limit = 10, .filter = [](const ChunkId&) { return false; }}));
  }
}
BENCHMARK(BM_SearchExhaustive)->Unit(benchmark::kMicrosecond);

void BM_Score(benchmark::State& state) {
  const Data& data = SharedData();
  std::vector<ChunkId> ids;
  const auto hits = data.snapshot->Search(data.queries[0], {.limit = 100});
  for (const ScoredChunk& hit : *hits) {
    ids.push_back(hit.chunk);
  }
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        data.snapshot->Score(data.queries[q++ % kQueries], ids));
  }
}
BENCHMARK(BM_Score)->Unit(benchmark::kMicrosecond);

void BM_Build(benchmark::State& state) {
  ZipfWords words(2, 200'000, 1.0);
  std::vector<TermCounts> chunks;
  for (int i = 0; i < 20'000; ++i) chunks.push_back(words.Chunk(200));
  for (auto _ : state) {
    auto index = MakeLexicalIndex({});
    std::uint64_t id = 0;
    for (const TermCounts& counts : chunks) {
      (void)index->Add(IdForTest(++id * 0x9e3779b97f4a7c15ULL), counts);
    }
    benchmark::DoNotOptimize(index->Snapshot());
  }
  state.SetItemsProcessed(
      static_cast<std::int64_t>(state.iterations() * chunks.size()));
}
BENCHMARK(BM_Build)->Unit(benchmark::kMillisecond);

// What a query waits for after a small commit: one document changed, then a
// snapshot, over a full tail.
void BM_SnapshotAfterACommit(benchmark::State& state) {
  ZipfWords words(3, 200'000, 1.0);
  auto index = MakeLexicalIndex({});
  for (std::uint64_t i = 0; i < 24'000; ++i) {
    (void)index->Add(IdForTest(i), words.Chunk(200));
  }
  std::uint64_t id = 0;
  for (auto _ : state) {
    (void)index->Add(IdForTest(id++ % 24'000), words.Chunk(200));
    benchmark::DoNotOptimize(index->Snapshot());
  }
}
BENCHMARK(BM_SnapshotAfterACommit)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn
