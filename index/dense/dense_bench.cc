// Dense search, one thread, one run: our exact scan, our graph,
// faiss::IndexFlatIP, a start with and without a kept graph, and the tier of
// sentences, over 100,000 clustered vectors of 384 dimensions
// (CAIRN_BENCH_VECTORS changes the number).
#include <benchmark/benchmark.h>
#include <faiss/IndexFlat.h>
#include <omp.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include "base/file.h"
#include "index/dense/dense_for_test.h"
#include "index/dense/hnsw_graph.h"
#include "index/dense/kernels.h"
#include "index/dense/sentence_index.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 384;
constexpr std::size_t kQueries = 200;

std::size_t VectorCount() {
  const char* count = std::getenv("CAIRN_BENCH_VECTORS");
  return count != nullptr ? std::strtoul(count, nullptr, 10) : 100'000;
}

struct Data {
  RowTable table{kDimension};
  std::shared_ptr<const RowView> view;
  std::vector<float> floats;
  std::vector<Vector> queries;
  std::vector<std::set<ChunkId>> truth;  // The best 10 of each query.
  DenseIndexOptions options;
  std::unique_ptr<DenseIndex> flat, hnsw;
  std::shared_ptr<const DenseSnapshot> flat_snapshot, hnsw_snapshot;
  std::shared_ptr<const HnswGraph> graph;
};

Data& SharedData() {
  static Data* data = [] {
    omp_set_num_threads(1);
    auto* d = new Data();
    Clusters clusters(1, kDimension, 500);
    d->options.hnsw_in_background = false;
    d->flat = MakeFlatIndex(d->options);
    d->hnsw = MakeHnswIndex(d->options);
    for (std::uint64_t i = 0; i < VectorCount(); ++i) {
      const Vector v = clusters.Next();
      d->floats.insert(d->floats.end(), v.begin(), v.end());
      (void)d->table.Add(IdForTest(i), v);
      (void)d->flat->Add(IdForTest(i), v);
      (void)d->hnsw->Add(IdForTest(i), v);
    }
    d->view = d->table.View();
    d->flat_snapshot = *d->flat->Snapshot();
    for (std::size_t i = 0; i < kQueries; ++i) {
      d->queries.push_back(clusters.Next());
      d->truth.emplace_back();
      const auto hits =
          d->flat_snapshot->Search(d->queries.back(), {.limit = 10});
      for (const ScoredChunk& hit : *hits) {
        d->truth.back().insert(hit.chunk);
      }
    }
    return d;
  }();
  return *data;
}

double RecallOfTen(const Data& data, std::size_t query,
                   const std::vector<ScoredChunk>& hits) {
  std::size_t found = 0;
  for (std::size_t i = 0; i < hits.size() && i < 10; ++i) {
    found += data.truth[query].contains(hits[i].chunk) ? 1 : 0;
  }
  return static_cast<double>(found) / 10;
}

void SearchAll(benchmark::State& state, const DenseSnapshot& snapshot,
               const DenseSearchOptions& options) {
  const Data& data = SharedData();
  double recall = 0;
  std::size_t searches = 0;
  for (auto _ : state) {
    const std::size_t q = searches++ % kQueries;
    const auto hits = snapshot.Search(data.queries[q], options);
    recall += RecallOfTen(data, q, *hits);
  }
  state.counters["recall10"] = recall / static_cast<double>(searches);
}

void BM_Scan(benchmark::State& state) {
  const Data& data = SharedData();
  SearchAll(state, *data.flat_snapshot,
            {.limit = static_cast<std::size_t>(state.range(0))});
}
BENCHMARK(BM_Scan)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond);

void BM_ScanFiltered(benchmark::State& state) {
  const Data& data = SharedData();
  const auto every = static_cast<std::uint64_t>(state.range(0));
  SearchAll(state, *data.flat_snapshot,
            {.limit = 100, .filter = [every](const ChunkId& id) {
               return id.document.value() % every == 0;
             }});
}
BENCHMARK(BM_ScanFiltered)->Arg(10)->Arg(1000)->Unit(benchmark::kMicrosecond);

// The kernel alone: every row's int8 score.
void BM_Kernel(benchmark::State& state) {
  const Data& data = SharedData();
  const RowView* view = data.view.get();
  const RowQuery query = *view->Prepare(data.queries[0]);
  std::vector<std::int32_t> dots(kBlockRows);
  for (auto _ : state) {
    for (std::size_t row = 0; row < view->rows(); row += kBlockRows) {
      DotRows(query.codes.data(), view->codes(row), view->stride(),
              std::min(kBlockRows, view->rows() - row), dots.data());
      benchmark::DoNotOptimize(dots.data());
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(
      state.iterations() * view->rows() * view->stride()));
}
BENCHMARK(BM_Kernel)->Unit(benchmark::kMicrosecond);

void BM_Add(benchmark::State& state) {
  const Data& data = SharedData();
  RowTable table(kDimension);
  std::uint64_t i = 0;
  for (auto _ : state) {
    ++i;
    (void)table.Add(IdForTest(i % 50'000), data.queries[i % kQueries]);
  }
}
BENCHMARK(BM_Add)->Unit(benchmark::kMicrosecond);

// What a query waits for after a small commit: one vector replaced, a
// snapshot, a hundred scores by chunk.
void BM_SnapshotAfterACommit(benchmark::State& state) {
  const Data& data = SharedData();
  std::vector<ChunkId> asked;
  for (std::uint64_t i = 0; i < 100; ++i) asked.push_back(IdForTest(i * 7));
  std::uint64_t i = 0;
  for (auto _ : state) {
    (void)data.flat->Add(IdForTest(i % 1000), data.queries[i % kQueries]);
    ++i;
    benchmark::DoNotOptimize(
        (*data.flat->Snapshot())->Score(data.queries[0], asked));
  }
}
BENCHMARK(BM_SnapshotAfterACommit)->Unit(benchmark::kMicrosecond);

void BM_Background(benchmark::State& state) {
  const Data& data = SharedData();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        data.flat_snapshot->BackgroundScores(data.queries[0], 1000));
  }
}
BENCHMARK(BM_Background)->Unit(benchmark::kMicrosecond);

void BM_FaissFlatIP(benchmark::State& state) {
  const Data& data = SharedData();
  faiss::IndexFlatIP index(static_cast<int>(kDimension));
  index.add(static_cast<std::int64_t>(data.floats.size() / kDimension),
            data.floats.data());
  const std::int64_t k = state.range(0);
  std::vector<float> distances(static_cast<std::size_t>(k));
  std::vector<std::int64_t> labels(static_cast<std::size_t>(k));
  std::size_t q = 0;
  for (auto _ : state) {
    index.search(1, data.queries[q++ % kQueries].data(), k, distances.data(),
                 labels.data());
    benchmark::DoNotOptimize(labels.data());
  }
}
BENCHMARK(BM_FaissFlatIP)->Arg(10)->Arg(100)->Unit(benchmark::kMicrosecond);

void BM_HnswBuild(benchmark::State& state) {
  Data& data = SharedData();
  for (auto _ : state) data.hnsw_snapshot = *data.hnsw->Snapshot();
  state.counters["vectors/s"] =
      benchmark::Counter(static_cast<double>(data.hnsw_snapshot->size()),
                         benchmark::Counter::kIsRate);
}
BENCHMARK(BM_HnswBuild)->Iterations(1)->Unit(benchmark::kSecond);

// Goes with the process.
const std::string& GraphFileForBench() {
  struct Place {
    ~Place() { std::filesystem::remove(path); }
    const std::string path =
        std::filesystem::temp_directory_path() /
        ("cairn_dense_bench_" + std::to_string(::getpid()) + ".graph");
  };
  static const Place place;
  return place.path;
}

// A graph like that of BM_HnswBuild, packed and written.
void BM_GraphWrite(benchmark::State& state) {
  Data& data = SharedData();
  const std::atomic<bool> cancelled = false;
  if (data.graph == nullptr) {
    data.graph = *HnswGraph::Build(data.view, nullptr, data.options, cancelled);
  }
  std::string bytes;
  for (auto _ : state) {
    bytes = data.graph->Pack(*data.view, data.options);
    GraphFile file(GraphFileForBench(), nullptr);
    const Status written = file.Write(bytes);
    if (!written.ok()) state.SkipWithError(MessageOf(written).c_str());
  }
  state.counters["bytes"] = static_cast<double>(bytes.size());
}
BENCHMARK(BM_GraphWrite)->Iterations(3)->Unit(benchmark::kSecond);

// Against a scan of the same snapshot.
double MeanRecall(const Data& data, const DenseSnapshot& snapshot,
                  std::size_t ef) {
  double recall = 0;
  for (const Vector& query : data.queries) {
    // So wide that it scans.
    const auto truth =
        snapshot.Search(query, {.limit = 10, .ef = data.view->rows()});
    const auto hits = snapshot.Search(query, {.limit = 10, .ef = ef});
    for (const ScoredChunk& hit : *hits) {
      recall += std::find(truth->begin(), truth->end(), hit) != truth->end();
    }
  }
  return recall / (10.0 * kQueries);
}

// What a start does, up to its first snapshot: the vectors come in another
// order, and of 1000 some are gone, any or the oldest, which hold the links
// that lead far. Without the file it only adds them.
void BM_Start(benchmark::State& state) {
  Data& data = SharedData();
  const auto gone = static_cast<std::size_t>(state.range(0));
  DenseIndexOptions options = data.options;
  options.exact_vectors_max = 0;
  options.hnsw_tail_max = data.view->rows();  // Builds nothing.
  const bool oldest = state.range(2) != 0;
  if (state.range(1) != 0) options.graph_file = GraphFileForBench();
  const std::size_t count = data.view->rows();
  const VectorScan scan = [&](const VectorVisit& visit) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = i * 7919 % count;
      const std::size_t place =
          oldest ? at * 1000 / count : at * 0x9e3779b97f4a7c15ULL >> 32;
      if (place % 1000 < gone) continue;
      visit(IdForTest(at),
            std::span(data.floats).subspan(at * kDimension, kDimension));
    }
    return OkStatus();
  };
  const std::string bytes =
      ReadFile(GraphFileForBench(), std::size_t{1} << 32).value_or("");
  std::unique_ptr<DenseIndex> index;
  for (auto _ : state) {
    index = MakeDenseIndex(options);
    (void)index->Fill(scan);
  }
  const auto snapshot = *index->Snapshot();
  state.counters["recall10_ef16"] = MeanRecall(data, *snapshot, 16);
  state.counters["recall10_ef128"] = MeanRecall(data, *snapshot, 128);
  state.counters["exact"] = snapshot->exact() ? 1 : 0;
  if (!bytes.empty()) (void)WriteFileAtomically(GraphFileForBench(), bytes);
}
BENCHMARK(BM_Start)
    ->ArgNames({"gone_of_1000", "file", "oldest"})
    ->Args({0, 0, 0})
    ->Args({0, 1, 0})
    ->Args({50, 1, 0})
    ->Args({95, 1, 0})
    ->Args({50, 1, 1})
    ->Args({95, 1, 1})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

void BM_Hnsw(benchmark::State& state) {
  const Data& data = SharedData();
  if (data.hnsw_snapshot == nullptr) {
    return state.SkipWithError("run BM_HnswBuild too");
  }
  SearchAll(state, *data.hnsw_snapshot,
            {.limit = 10, .ef = static_cast<std::size_t>(state.range(0))});
}
BENCHMARK(BM_Hnsw)->Arg(32)->Arg(64)->Arg(128)->Arg(256)->Unit(
    benchmark::kMicrosecond);

void BM_HnswFiltered(benchmark::State& state) {
  const Data& data = SharedData();
  if (data.hnsw_snapshot == nullptr) {
    return state.SkipWithError("run BM_HnswBuild too");
  }
  const auto every = static_cast<std::uint64_t>(state.range(0));
  SearchAll(state, *data.hnsw_snapshot,
            {.limit = 10, .filter = [every](const ChunkId& id) {
               return id.document.value() % every == 0;
             }});
}
BENCHMARK(BM_HnswFiltered)
    ->Arg(2)
    ->Arg(5)
    ->Arg(10)
    ->Arg(50)
    ->Unit(benchmark::kMicrosecond);

// As many sentences as vectors, four a chunk.
struct SentenceData {
  std::shared_ptr<const SentenceSnapshot> snapshot;
  std::vector<Vector> queries;
};

const SentenceData& SharedSentences() {
  static const SentenceData* const data = [] {
    auto* d = new SentenceData();
    Clusters clusters(2, kDimension, 500);
    SentenceIndex index(
        {.dimension = kDimension, .scanned_sentences_max = VectorCount()});
    for (std::uint64_t i = 0; i < VectorCount() / 4; ++i) {
      std::vector<SentenceVector> sentences;
      for (std::uint32_t j = 0; j < 4; ++j) {
        sentences.push_back({.span = {100 * j, 100 * j + 90},
                             .codes = DirectionCodes(clusters.Next())});
      }
      (void)index.Add(IdForTest(i), sentences);
    }
    d->snapshot = index.Snapshot();
    for (std::size_t i = 0; i < kQueries; ++i) {
      d->queries.push_back(clusters.Next());
    }
    return d;
  }();
  return *data;
}

void BM_SentenceSearch(benchmark::State& state) {
  const SentenceData& data = SharedSentences();
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(data.snapshot->Search(
        data.queries[q++ % kQueries],
        {.limit = static_cast<std::size_t>(state.range(0))}));
  }
}
BENCHMARK(BM_SentenceSearch)->Arg(10)->Arg(100)->Unit(benchmark::kMicrosecond);

void BM_SentenceScoreOfChunks(benchmark::State& state) {
  const SentenceData& data = SharedSentences();
  std::vector<ChunkId> asked;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    asked.push_back(IdForTest(static_cast<std::uint64_t>(i) * 7));
  }
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        data.snapshot->Score(data.queries[q++ % kQueries], asked));
  }
}
BENCHMARK(BM_SentenceScoreOfChunks)
    ->Arg(100)
    ->Arg(500)
    ->Unit(benchmark::kMicrosecond);

void BM_SentenceBackground(benchmark::State& state) {
  const SentenceData& data = SharedSentences();
  std::size_t q = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        data.snapshot->Background(data.queries[q++ % kQueries], 1000));
  }
}
BENCHMARK(BM_SentenceBackground)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace cairn
