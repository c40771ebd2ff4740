// Speed of the graph: a walk over a million edges, and the work of one commit.
#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "graph/contribution.h"
#include "graph/csr_graph.h"
#include "graph/random_documents_for_test.h"
#include "graph/stored_graph_view.h"
#include "storage/store.h"

namespace cairn {
namespace {

constexpr CollectionKey kCollection{TenantId(0), CollectionId(1)};

// Zipf-like ranks below `bound`: the k-th comes about 1 / k as often.
class PowerLaw {
 public:
  PowerLaw(std::uint64_t seed, double bound)
      : random_(seed), log_bound_(std::log(bound)) {}
  std::uint32_t Next() {
    return static_cast<std::uint32_t>(std::exp(unit_(random_) * log_bound_)) -
           1;
  }

 private:
  std::mt19937_64 random_;
  std::uniform_real_distribution<double> unit_{0, 1};
  double log_bound_;
};

CsrGraph MakePowerLawGraph(std::uint32_t chunks, std::uint32_t entities,
                           std::uint32_t per_chunk) {
  PowerLaw law(7, entities);
  std::vector<CsrGraph::Edge> edges;
  std::vector<std::uint32_t> degree(entities);
  for (NodeIndex chunk = 0; chunk < chunks; ++chunk) {
    for (std::uint32_t i = 0; i < per_chunk; ++i) {
      const std::uint32_t entity = law.Next();
      ++degree[entity];
      edges.push_back({chunk, chunks + entity, 0});
    }
  }
  for (CsrGraph::Edge& edge : edges) {
    edge.weight = std::log1p(static_cast<float>(chunks) /
                             static_cast<float>(degree[edge.b - chunks]));
  }
  return CsrGraph(chunks + entities, edges);
}

void BM_PageRank(benchmark::State& state) {
  const auto chunks = static_cast<std::uint32_t>(state.range(0));
  static std::uint32_t made_for = 0;
  static CsrGraph graph;
  if (made_for != chunks) graph = MakePowerLawGraph(chunks, 2 * chunks, 20);
  made_for = chunks;
  std::mt19937_64 random(3);
  std::size_t ranked = 0;
  for (auto _ : state) {
    std::vector<Seed> seeds;
    for (int i = 0; i < 10; ++i) {
      seeds.push_back(
          {static_cast<NodeIndex>(random() % chunks), 1.0 / (i + 1)});
    }
    ranked += ForwardPush(graph, seeds, {}).size();
  }
  state.counters["edges"] = static_cast<double>(graph.edge_count());
  state.counters["ranked"] = benchmark::Counter(
      static_cast<double>(ranked), benchmark::Counter::kAvgIterations);
}
BENCHMARK(BM_PageRank)
    ->Arg(50'000)
    ->Arg(500'000)
    ->Unit(benchmark::kMillisecond);

// Short articles: a title of two words (given name, surname), 160 words of
// text, of which every sixth is capitalised, one in three of those a name.
class Articles {
 public:
  explicit Articles(std::uint64_t seed)
      : random_(seed), words_(seed + 1, 60'000), surnames_(seed + 2, 8'000) {}

  TestDocument Next() {
    TestDocument article;
    article.id = "article" + std::to_string(count_++);
    article.title = Name();
    std::string text;
    std::vector<std::string> named;
    for (int i = 0; i < 160; ++i) {
      if (i % 18 == 0) {
        named.push_back(Name());
        text += named.back() + " ";
      } else {
        std::string word = Spell("w", words_.Next());
        if (i % 6 == 0) word[0] = 'W';
        text += word + " ";
      }
    }
    article.AddChunk(text);
    article.Define(article.title, article.title, MentionKind::kTitle, 1);
    for (const std::string& name : named) article.Mention(name, 0);
    return article;
  }

 private:
  std::string Name() {
    return Spell("G", random_() % 500) + " " + Spell("Sur", surnames_.Next());
  }
  static std::string Spell(std::string word, std::uint64_t number) {
    do {
      word.push_back(static_cast<char>('a' + number % 26));
      number /= 26;
    } while (number > 0);
    return word;
  }

  std::mt19937_64 random_;
  PowerLaw words_, surnames_;
  std::uint64_t count_ = 0;
};

// A real store in a folder of its own, filled with articles.
class FilledStore {
 public:
  explicit FilledStore(std::int64_t count) : articles_(5) {
    folder_ = std::filesystem::temp_directory_path() /
              ("cairn_graph_bench_" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(folder_);
    store_ = Store::Open(folder_.string(), {}).value();
    while (count > 0) count -= Add(std::min<std::int64_t>(count, 64));
  }
  ~FilledStore() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  // One group commit; returns `count`.
  std::int64_t Add(std::int64_t count) {
    std::vector<TestDocument> added;
    for (std::int64_t i = 0; i < count; ++i) added.push_back(articles_.Next());
    std::vector<Store::Builder> builders;
    for (const TestDocument& article : added) {
      builders.push_back([&](Transaction& transaction) {
        const Stopwatch watch;
        const Status added_one =
            writer_.Add(transaction, article.Contribution(kCollection));
        graph_ms_ += watch.ElapsedMs();
        return added_one;
      });
    }
    for (const auto& result : store_->CommitAll(builders)) {
      if (!result.ok()) std::abort();
    }
    return count;
  }
  // Of GraphWriter alone, since the last call.
  double TakeGraphMs() { return std::exchange(graph_ms_, 0); }
  const Store& store() const { return *store_; }

 private:
  Articles articles_;
  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  GraphWriter writer_;
  double graph_ms_ = 0;
};

// GraphWriter's part of a commit, at so many articles.
void BM_AddArticleAt(benchmark::State& state) {
  FilledStore filled(state.range(0));
  filled.TakeGraphMs();
  for (auto _ : state) {
    filled.Add(64);
    state.SetIterationTime(filled.TakeGraphMs() / 64 / 1000);
  }
}
BENCHMARK(BM_AddArticleAt)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMicrosecond)
    ->UseManualTime()
    ->Iterations(10);

void BM_LoadView(benchmark::State& state) {
  const FilledStore filled(state.range(0));
  for (auto _ : state) {
    benchmark::DoNotOptimize(LoadGraphView(*filled.store().Pin(), kCollection));
  }
}
BENCHMARK(BM_LoadView)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cairn
