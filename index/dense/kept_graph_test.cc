#include "index/dense/kept_graph.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "base/file.h"
#include "base/half.h"
#include "base/hash.h"
#include "index/dense/dense_for_test.h"
#include "index/dense/hnsw_graph.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 48;

using Vectors = std::vector<std::pair<ChunkId, Vector>>;

Vectors Some(std::uint64_t seed, std::size_t count, std::uint64_t from = 0) {
  Clusters clusters(seed, kDimension, 20);
  Vectors vectors;
  for (std::size_t i = 0; i < count; ++i) {
    vectors.emplace_back(IdForTest(from + i), clusters.Next());
  }
  return vectors;
}

// Questions near the vectors of Some(1, ..).
Vectors Queries(std::size_t count) {
  constexpr std::size_t kOthers = 5000;
  const Vectors all = Some(1, kOthers + count);
  return {all.begin() + kOthers, all.end()};
}

std::uint64_t PrintOfVector(const Vector& vector) {
  std::vector<std::uint16_t> halves;
  for (const float value : vector) halves.push_back(ToHalf(value));
  return PrintOf(halves);
}

// A graph over rows, and what its walks find.
class KeptGraphTest : public ::testing::Test {
 protected:
  void SetRows(const Vectors& vectors) {
    table_ = std::make_unique<RowTable>(kDimension);
    naive_ = {};
    for (const auto& [id, v] : vectors) {
      ASSERT_TRUE(table_->Add(id, v).ok());
      naive_.Add(id, v);
    }
  }
  std::shared_ptr<const HnswGraph> Build(const HnswGraph* base = nullptr) {
    auto graph = GraphForTest(*table_, options_, base);
    EXPECT_NE(graph, nullptr);
    return graph;
  }
  std::string Pack(const HnswGraph& graph) {
    return graph.Pack(*table_->View(), options_);
  }
  std::shared_ptr<const HnswGraph> Restore(const std::string& bytes) {
    const auto kept = KeptGraph::Parse(bytes);
    EXPECT_TRUE(kept.ok()) << kept.status();
    return kept.ok() ? HnswGraph::Restore(*kept, *table_->View(), options_)
                     : nullptr;
  }
  std::vector<std::size_t> Walk(const HnswGraph& graph, const Vector& query) {
    const auto view = table_->View();
    return graph.Walk(*view, *view->Prepare(query), {.ef = 32, .work_max = 1})
        .value_or(std::vector<std::size_t>());
  }
  double MeanRecall(const HnswGraph& graph) {
    constexpr int kQueries = 200;
    const auto view = table_->View();
    double sum = 0;
    for (const auto& [id, query] : Queries(kQueries)) {
      std::vector<ScoredChunk> hits;
      const RowQuery prepared = *view->Prepare(query);
      for (const std::size_t row : Walk(graph, query)) {
        hits.push_back(
            {.chunk = view->chunk(row), .score = view->Exact(prepared, row)});
      }
      KeepBest(10, hits);
      sum += Recall(hits, naive_.Rank(query, nullptr), 10);
    }
    return sum / kQueries;
  }

  DenseIndexOptions options_{.dimension = kDimension, .hnsw_links = 8};
  std::unique_ptr<RowTable> table_;
  NaiveDense naive_;
};

TEST_F(KeptGraphTest, ComesBackAsItWas) {
  SetRows(Some(1, 3000));
  const auto graph = Build();
  const std::string bytes = Pack(*graph);
  const auto restored = Restore(bytes);
  ASSERT_NE(restored, nullptr);
  EXPECT_EQ(restored->rows(), 3000U);
  EXPECT_EQ(restored->missing(), 0U);
  EXPECT_EQ(Pack(*restored), bytes);
  for (const auto& [id, query] : Queries(50)) {
    EXPECT_EQ(Walk(*restored, query), Walk(*graph, query));
  }
  // Growth goes on as if nothing had been.
  for (const auto& [id, v] : Some(3, 500, 5000)) {
    ASSERT_TRUE(table_->Add(id, v).ok());
  }
  EXPECT_EQ(Pack(*Build(restored.get())), Pack(*Build(graph.get())));
}

TEST_F(KeptGraphTest, FitsTheRowsInAnyOrderAndUnderAnyId) {
  Vectors vectors = Some(1, 3000);
  for (std::size_t i = 0; i < 300; ++i) {
    vectors.emplace_back(IdForTest(9000 + i), vectors[i % 7].second);
  }
  SetRows(vectors);
  const auto graph = Build();
  const std::string bytes = Pack(*graph);
  const double recall = MeanRecall(*graph);
  std::shuffle(vectors.begin(), vectors.end(), std::mt19937_64(5));
  for (auto& [id, v] : vectors) id.ordinal += 3;
  SetRows(vectors);
  const auto restored = Restore(bytes);
  ASSERT_NE(restored, nullptr);
  EXPECT_EQ(restored->rows(), vectors.size());
  EXPECT_NEAR(MeanRecall(*restored), recall, 0.01);
  EXPECT_EQ(Pack(*restored), bytes);
}

TEST_F(KeptGraphTest, VectorsThatAreGoneCostLittleRecallUntilTheyAreMany) {
  const Vectors all = Some(1, 4000);
  SetRows(all);
  std::string bytes = Pack(*Build());
  for (const std::size_t left : {3900U, 3700U, 3620U}) {
    SetRows(Vectors(all.begin(), all.begin() + left));
    const auto restored = Restore(bytes);
    ASSERT_NE(restored, nullptr);
    EXPECT_EQ(restored->missing(), 4000 - left);
    EXPECT_GE(MeanRecall(*restored), MeanRecall(*Build()) - 0.02) << left;
    bytes = Pack(*restored);
  }
  // Little by little too.
  SetRows(Vectors(all.begin(), all.begin() + 3580));
  EXPECT_EQ(Restore(bytes), nullptr);
}

TEST_F(KeptGraphTest, DeadRowsAreNotNamed) {
  SetRows(Some(1, 2000));
  const auto graph = Build();
  std::set<std::uint64_t> gone;
  for (const auto& [id, v] : Some(1, 150)) {
    table_->Remove(id);
    gone.insert(PrintOfVector(v));
  }
  const auto kept = KeptGraph::Parse(Pack(*graph));
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->header().nodes, 2000U) << "ways for those that stay";
  for (const std::uint64_t print : gone) EXPECT_FALSE(kept->Find(print));
  for (const auto& [id, v] : Some(1, 600)) table_->Remove(id);
  EXPECT_EQ(Pack(*graph), "") << "too many are missing";
}

TEST_F(KeptGraphTest, RefusesRowsAndShapesThatDoNotFit) {
  const Vectors vectors = Some(1, 500);
  SetRows(vectors);
  const std::string bytes = Pack(*Build());
  ASSERT_TRUE(table_->Add(IdForTest(7000), Some(2, 1).front().second).ok());
  EXPECT_EQ(Restore(bytes), nullptr) << "a row that it does not know";
  SetRows(vectors);
  options_.hnsw_links = 9;
  EXPECT_EQ(Restore(bytes), nullptr);
  options_.hnsw_links = 200;
  EXPECT_EQ(Pack(*Build()), "");
}

// Bytes with the checksum that they should have.
std::string Sealed(std::string bytes) {
  std::uint32_t nodes = 0;
  std::memcpy(&nodes, bytes.data() + 20, sizeof nodes);
  const std::size_t columns = std::size_t{56} + std::size_t{nodes} * 8;
  if (columns > bytes.size()) return bytes;
  std::uint64_t sum = Fingerprint64(std::string_view(bytes).substr(columns));
  std::string both = bytes.substr(0, 48);
  both.append(reinterpret_cast<const char*>(&sum), sizeof sum);
  sum = Fingerprint64(both);
  std::memcpy(bytes.data() + 48, &sum, sizeof sum);
  return bytes;
}

TEST_F(KeptGraphTest, EveryDamageIsFoundOrHarmless) {
  SetRows(Some(1, 300));
  const std::string bytes = Pack(*Build());
  ASSERT_EQ(Sealed(bytes), bytes);
  for (std::size_t size = 0; size < bytes.size(); size += 7) {
    EXPECT_FALSE(KeptGraph::Parse(bytes.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(KeptGraph::Parse(bytes + '\0').ok());
  const std::size_t prints_end = 56 + 300 * 8;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string bad = bytes;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    const auto kept = KeptGraph::Parse(bad);
    const bool print = at >= 56 && at < prints_end;
    EXPECT_TRUE(print || !kept.ok()) << at;
    // A print that is none costs its node.
    EXPECT_TRUE(!kept.ok() || Restore(bad) == nullptr) << at;
  }
}

TEST_F(KeptGraphTest, AFileThatWasMadeToHarmDoesNot) {
  SetRows(Some(1, 300));
  const std::string bytes = Pack(*Build());
  std::mt19937_64 random(8);
  int accepted = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bad = bytes;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) {
      // The header and the small columns behind the links as often as these.
      const std::size_t at = random() % 3 == 0 ? random() % 56
                             : random() % 2 == 0
                                 ? bad.size() - 1 - random() % 600
                                 : random() % bad.size();
      bad[at] = static_cast<char>(random());
    }
    const auto kept = KeptGraph::Parse(Sealed(bad));
    if (!kept.ok()) continue;
    const auto graph = HnswGraph::Restore(*kept, *table_->View(), options_);
    if (graph == nullptr) continue;
    ++accepted;
    (void)Walk(*graph, Some(3, 1).front().second);
    (void)Pack(*graph);
  }
  EXPECT_GT(accepted, 100);
}

// An index with a file, and one that reads it.
class GraphFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder_.path());
    options_.graph_file = folder_.path() + "/dense.graph";
  }
  std::unique_ptr<DenseIndex> Start(const Vectors& vectors) {
    auto index = MakeDenseIndex(options_);
    const Status filled = index->Fill([&](const VectorVisit& visit) {
      ++scans_;
      for (const auto& [id, v] : vectors) visit(id, v);
      return OkStatus();
    });
    EXPECT_TRUE(filled.ok()) << filled;
    return index;
  }
  std::shared_ptr<const DenseSnapshot> Snapshot(DenseIndex& index) {
    auto snapshot = index.Snapshot();
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return *snapshot;
  }
  // Of an index that only the file can give a graph.
  std::shared_ptr<const DenseSnapshot> Restarted(const Vectors& vectors) {
    const DenseIndexOptions before = options_;
    options_.hnsw_tail_max = 1'000'000;
    const auto index = Start(vectors);
    options_ = before;
    return Snapshot(*index);
  }
  bool Exists() const { return std::filesystem::exists(options_.graph_file); }
  std::string Bytes() const {
    return ReadFile(options_.graph_file, 1 << 24).value_or("");
  }
  static bool Holds(const std::string& bytes, const Vector& vector) {
    const std::uint64_t print = PrintOfVector(vector);
    return bytes.find(std::string(reinterpret_cast<const char*>(&print),
                                  sizeof print)) != std::string::npos;
  }
  // Finds all there is and nothing else, and nearly always the best.
  static void Check(const DenseSnapshot& snapshot, const Vectors& vectors) {
    NaiveDense naive;
    for (const auto& [id, v] : vectors) naive.Add(id, v);
    EXPECT_EQ(snapshot.size(), naive.size());
    double recall = 0;
    constexpr int kQueries = 100;
    for (const auto& [id, query] : Queries(kQueries)) {
      const auto hits = snapshot.Search(query, {.limit = 10, .ef = 40});
      ASSERT_TRUE(hits.ok()) << hits.status();
      for (const ScoredChunk& hit : *hits) {
        ASSERT_TRUE(naive.Has(hit.chunk));
        EXPECT_NEAR(hit.score, naive.Score(hit.chunk, query), 1e-6);
      }
      recall += Recall(*hits, naive.Rank(query, nullptr), 10) / kQueries;
    }
    EXPECT_GE(recall, 0.95);
  }

  TemporaryFolder folder_;
  DenseIndexOptions options_{.dimension = kDimension,
                             .exact_vectors_max = 400,
                             .hnsw_links = 8,
                             .hnsw_tail_max = 100,
                             .hnsw_in_background = false};
  int scans_ = 0;
};

TEST_F(GraphFileTest, ASecondStartNeedsNoBuildAndOneScan) {
  const Vectors vectors = Some(1, 2500);
  const auto first = Start(vectors);
  const auto built = Snapshot(*first);
  ASSERT_FALSE(built->exact());
  ASSERT_TRUE(Exists());
  const std::string bytes = Bytes();
  scans_ = 0;
  const auto restored = Restarted(vectors);
  EXPECT_FALSE(restored->exact());
  EXPECT_EQ(scans_, 1);
  EXPECT_EQ(Bytes(), bytes) << "nothing to write";
  for (const auto& [id, query] : Queries(50)) {
    EXPECT_EQ(*restored->Search(query, {.ef = 20}),
              *built->Search(query, {.ef = 20}));
  }
  std::filesystem::remove(options_.graph_file);
  EXPECT_TRUE(Restarted(vectors)->exact());
}

TEST_F(GraphFileTest, WhatCameIsScannedAndWhatWentIsForgotten) {
  Vectors vectors = Some(1, 2500);
  Snapshot(*Start(vectors));
  const Vectors gone(vectors.begin(), vectors.begin() + 200);
  vectors.erase(vectors.begin(), vectors.begin() + 200);
  const Vectors more = Some(2, 300, 9000);
  vectors.insert(vectors.begin() + 700, more.begin(), more.end());
  ASSERT_TRUE(Holds(Bytes(), gone[5].second));
  const auto restored = Restarted(vectors);
  EXPECT_FALSE(restored->exact());
  EXPECT_EQ(scans_, 3);
  Check(*restored, vectors);
  const auto kept = KeptGraph::Parse(Bytes());
  ASSERT_TRUE(kept.ok()) << kept.status();
  EXPECT_EQ(kept->header().nodes, 2300U) << "the file was written anew";
  for (const auto& [id, v] : gone) EXPECT_FALSE(Holds(Bytes(), v));
  // The usual growth takes the rest in.
  Check(*Snapshot(*Start(vectors)), vectors);
}

TEST_F(GraphFileTest, ADeletedVectorLeavesTheFileAtTheNextSnapshot) {
  Vectors vectors = Some(1, 1200);
  const auto index = Start(vectors);
  Snapshot(*index);
  ASSERT_TRUE(Holds(Bytes(), vectors[0].second));
  const Vector other = Some(2, 1).front().second;
  ASSERT_TRUE(index->Remove(vectors[0].first).ok());
  ASSERT_TRUE(index->Add(vectors[1].first, other).ok());
  // A document that comes again brings its vectors with it.
  ASSERT_TRUE(index->Remove(vectors[2].first).ok());
  ASSERT_TRUE(index->Add(vectors[2].first, vectors[2].second).ok());
  ASSERT_TRUE(index->Add(vectors[3].first, vectors[3].second).ok());
  Snapshot(*index);
  const std::string bytes = Bytes();
  EXPECT_FALSE(Holds(bytes, vectors[0].second));
  EXPECT_FALSE(Holds(bytes, vectors[1].second));
  EXPECT_TRUE(Holds(bytes, vectors[2].second));
  EXPECT_TRUE(Holds(bytes, vectors[3].second));
  vectors[1].second = other;
  vectors.erase(vectors.begin());
  const auto restored = Restarted(vectors);
  EXPECT_FALSE(restored->exact());
  Check(*restored, vectors);
}

TEST_F(GraphFileTest, WhatIsForgottenDuringAWriteIsForgottenInIt) {
  const Vectors vectors = Some(1, 1200);
  Snapshot(*Start(vectors));
  const std::string bytes = Bytes();
  GraphFile file(options_.graph_file, nullptr);
  file.Begin();
  file.Forget({PrintOfVector(vectors[4].second)});
  EXPECT_FALSE(Holds(Bytes(), vectors[4].second));
  ASSERT_TRUE(file.Write(bytes).ok());
  EXPECT_FALSE(Holds(Bytes(), vectors[4].second));
  EXPECT_TRUE(Holds(Bytes(), vectors[5].second));
  // Each of them can be found among those that are not there any more.
  std::unordered_set<std::uint64_t> all;
  for (const auto& [id, v] : vectors) all.insert(PrintOfVector(v));
  file.Forget(all);
  for (const auto& [id, v] : vectors) EXPECT_FALSE(Holds(Bytes(), v));
  EXPECT_TRUE(Restarted(vectors)->exact());
  EXPECT_FALSE(Exists());
}

TEST_F(GraphFileTest, AFileOfNoUseIsRemovedAndTheGraphBuilt) {
  const Vectors vectors = Some(1, 1500);
  Snapshot(*Start(vectors));
  const std::string good = Bytes();
  const Vectors others = Some(5, 1500);
  const Vectors few(vectors.begin(), vectors.begin() + 300);
  std::string damaged = good;
  damaged[damaged.size() / 2] ^= 1;
  for (const std::string& bytes : {std::string(), std::string("short"), damaged,
                                   good + "x", std::string(5000, '\xff')}) {
    ASSERT_TRUE(WriteFileAtomically(options_.graph_file, bytes).ok());
    EXPECT_TRUE(Restarted(vectors)->exact());
    EXPECT_FALSE(Exists());
  }
  for (const Vectors* wrong : {&others, &few}) {
    ASSERT_TRUE(WriteFileAtomically(options_.graph_file, good).ok());
    const auto snapshot = Restarted(*wrong);
    EXPECT_TRUE(snapshot->exact());
    Check(*snapshot, *wrong);
    EXPECT_FALSE(Exists());
  }
  ASSERT_TRUE(WriteFileAtomically(options_.graph_file, good).ok());
  options_.hnsw_build_width = 60;
  EXPECT_TRUE(Restarted(vectors)->exact());
  EXPECT_FALSE(Snapshot(*Start(vectors))->exact());
  EXPECT_TRUE(Exists());
}

TEST_F(GraphFileTest, CompactionRemovesTheFile) {
  const Vectors vectors = Some(1, 2500);
  const auto index = Start(vectors);
  Snapshot(*index);
  for (std::size_t i = 0; i < 2200; ++i) {
    ASSERT_TRUE(index->Remove(vectors[i].first).ok());
  }
  EXPECT_EQ(Snapshot(*index)->size(), 300U);
  EXPECT_FALSE(Exists());
}

TEST_F(GraphFileTest, AFileThatCannotBeWrittenOrReadBreaksNothing) {
  const Vectors vectors = Some(1, 1200);
  options_.make_graph_folder = [] { return false; };
  Check(*Snapshot(*Start(vectors)), vectors);
  EXPECT_FALSE(Exists());
  options_.make_graph_folder = nullptr;
  options_.graph_file = folder_.path() + "/none/dense.graph";
  Check(*Snapshot(*Start(vectors)), vectors);
  options_.graph_file = folder_.path();  // A folder stands there.
  Check(*Snapshot(*Start(vectors)), vectors);
  EXPECT_TRUE(Exists());
}

TEST_F(GraphFileTest, IsWrittenAndReadInTheBackgroundToo) {
  Vectors vectors = Some(1, 1500);
  options_.hnsw_in_background = true;
  const auto index = Start(vectors);
  const auto snapshot = Snapshot(*index);
  ASSERT_TRUE(index->Remove(vectors.back().first).ok());
  const Vector gone = vectors.back().second;
  Snapshot(*index);
  while (snapshot->exact()) std::this_thread::yield();
  while (!Exists()) std::this_thread::yield();
  vectors.pop_back();
  const auto restored = Restarted(vectors);
  EXPECT_FALSE(restored->exact());
  Check(*restored, vectors);
  EXPECT_FALSE(Holds(Bytes(), gone));
}

}  // namespace
}  // namespace cairn
