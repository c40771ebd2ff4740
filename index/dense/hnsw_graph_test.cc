#include "index/dense/hnsw_graph.h"

#include <gtest/gtest.h>

#include <string>

#include "index/dense/dense_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 96;

class HnswGraphTest : public ::testing::Test {
 protected:
  void Fill(Clusters& clusters, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const ChunkId id = IdForTest(next_++);
      const Vector v = clusters.Next();
      ASSERT_TRUE(table_->Add(id, v).ok());
      naive_.Add(id, v);
    }
  }
  std::shared_ptr<const HnswGraph> Build(const HnswGraph* base = nullptr) {
    auto graph = GraphForTest(*table_, options_, base);
    EXPECT_NE(graph, nullptr);
    return graph;
  }
  // The rows of a walk, scored exactly; empty when it gave up.
  std::vector<ScoredChunk> Walk(const HnswGraph& graph, const Vector& query,
                                const HnswGraph::WalkOptions& options) {
    const auto view = table_->View();
    const RowQuery prepared = *view->Prepare(query);
    const auto found = graph.Walk(*view, prepared, options);
    std::vector<ScoredChunk> hits;
    if (!found) return hits;
    for (const std::size_t row : *found) {
      EXPECT_FALSE(view->dead(row));
      hits.push_back(
          {.chunk = view->chunk(row), .score = view->Exact(prepared, row)});
    }
    std::sort(hits.begin(), hits.end(), RanksBefore);
    return hits;
  }
  double MeanRecall(const HnswGraph& graph, Clusters& clusters,
                    const HnswGraph::WalkOptions& options,
                    const ChunkFilter& filter = nullptr) {
    double sum = 0;
    constexpr int kQueries = 100;
    for (int i = 0; i < kQueries; ++i) {
      const Vector query = clusters.Next();
      auto hits = Walk(graph, query, options);
      hits.resize(std::min<std::size_t>(hits.size(), 10));
      sum += Recall(hits, naive_.Rank(query, filter), 10);
    }
    return sum / kQueries;
  }

  DenseIndexOptions options_{.dimension = kDimension};
  std::unique_ptr<RowTable> table_ = std::make_unique<RowTable>(kDimension);
  NaiveDense naive_;
  std::uint64_t next_ = 0;
};

TEST_F(HnswGraphTest, RecallsNineteenOfTwenty) {
  for (const std::uint64_t seed : {1U, 2U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    table_ = std::make_unique<RowTable>(kDimension);
    naive_ = {};
    Clusters clusters(seed, kDimension, 50);
    Fill(clusters, 5000);
    const auto graph = Build();
    const double recall =
        MeanRecall(*graph, clusters, {.ef = 64, .work_max = 1});
    RecordProperty("recall_seed_" + std::to_string(seed),
                   std::to_string(recall));
    EXPECT_GE(recall, 0.95);
  }
}

TEST_F(HnswGraphTest, GrowsToTheSameQualityAsBuiltAtOnce) {
  Clusters clusters(3, kDimension, 30);
  Fill(clusters, 1000);
  auto graph = Build();
  for (int i = 0; i < 6; ++i) {
    Fill(clusters, 500);
    graph = Build(graph.get());
    EXPECT_EQ(graph->rows(), table_->rows());
  }
  EXPECT_GE(MeanRecall(*graph, clusters, {.ef = 64, .work_max = 1}), 0.95);
}

TEST_F(HnswGraphTest, TwoBuildsAreTheSame) {
  Clusters clusters(4, kDimension, 30);
  Fill(clusters, 2000);
  const auto a = Build(), b = Build();
  const auto view = table_->View();
  for (int i = 0; i < 50; ++i) {
    const RowQuery query = *view->Prepare(clusters.Next());
    EXPECT_EQ(a->Walk(*view, query, {.ef = 20, .work_max = 1}),
              b->Walk(*view, query, {.ef = 20, .work_max = 1}));
  }
}

TEST_F(HnswGraphTest, WalksAroundTheDeadAndTheUnwanted) {
  Clusters clusters(5, kDimension, 30);
  Fill(clusters, 4000);
  const auto graph = Build();
  for (std::uint64_t i = 0; i < 4000; ++i) {
    if (i % 3 == 0) {
      table_->Remove(IdForTest(i));
      naive_.Remove(IdForTest(i));
    }
  }
  EXPECT_GE(MeanRecall(*graph, clusters, {.ef = 64, .work_max = 1}), 0.95);
  const ChunkFilter filter = [](const ChunkId& id) {
    return id.document.value() % 4 == 1;
  };
  EXPECT_GE(MeanRecall(*graph, clusters,
                       {.ef = 64, .filter = &filter, .work_max = 1}, filter),
            0.95);
}

TEST_F(HnswGraphTest, GivesUpRatherThanWanderOrComeBackWithTooFew) {
  Clusters clusters(6, kDimension, 30);
  Fill(clusters, 3000);
  const auto graph = Build();
  const ChunkFilter few = [](const ChunkId& id) {
    return id.document.value() < 20;
  };
  const Vector query = clusters.Next();
  EXPECT_TRUE(Walk(*graph, query, {.ef = 64, .filter = &few}).empty());
  EXPECT_TRUE(
      Walk(*graph, query, {.ef = 64, .filter = &few, .work_max = 9}).empty());
  EXPECT_TRUE(Walk(*graph, query, {.ef = 5000, .work_max = 9}).empty());
  EXPECT_EQ(Walk(*graph, query, {.ef = 64}).size(), 64U);
}

TEST_F(HnswGraphTest, ABuildCanBeCancelled) {
  Clusters clusters(7, kDimension, 5);
  Fill(clusters, 100);
  const std::atomic<bool> cancelled = true;
  EXPECT_EQ(HnswGraph::Build(table_->View(), nullptr, options_, cancelled)
                .status()
                .code(),
            StatusCode::kCancelled);
}

}  // namespace
}  // namespace cairn
