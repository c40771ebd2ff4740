// The contract of DenseIndex, run by every implementation: flat, graph, and
// the one that changes from the first to the second.
#include "index/dense/dense_index.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

#include "index/dense/dense_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 48;
// Narrow, so that graphs of a few hundred rows are walked and not scanned.
constexpr std::size_t kEf = 24;

struct Kind {
  std::string name;
  std::unique_ptr<DenseIndex> (*make)(const DenseIndexOptions&);
  double recall_min;  // On average, at kEf.
};

// Small enough that a few hundred rows make a graph.
DenseIndexOptions SmallOptions(std::size_t dimension = kDimension) {
  return {.dimension = dimension,
          .exact_vectors_max = 400,
          .hnsw_links = 8,
          .hnsw_tail_max = 100,
          .hnsw_in_background = false};
}

class DenseIndexContract : public ::testing::TestWithParam<Kind> {
 protected:
  void SetUp() override { index_ = GetParam().make(SmallOptions()); }

  void Add(const ChunkId& id, const Vector& v) {
    ASSERT_TRUE(index_->Add(id, v).ok());
    naive_.Add(id, v);
  }
  void Remove(const ChunkId& id) {
    ASSERT_TRUE(index_->Remove(id).ok());
    naive_.Remove(id);
  }
  void Fill(Clusters& clusters, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      Add(IdForTest(i / 3, static_cast<std::uint32_t>(i % 3)), clusters.Next());
    }
  }
  std::shared_ptr<const DenseSnapshot> Snapshot() {
    auto snapshot = index_->Snapshot();
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return *snapshot;
  }

  // Scores are true, the order is right, nothing comes that may not, and the
  // best come: all of them from an exact snapshot.
  void Check(const DenseSnapshot& snapshot, const NaiveDense& naive,
             const Vector& query, std::size_t limit,
             const ChunkFilter& filter = nullptr) {
    const auto ranked = naive.Rank(query, filter);
    const auto hits =
        snapshot.Search(query, {.limit = limit, .filter = filter, .ef = kEf});
    ASSERT_TRUE(hits.ok()) << hits.status();
    ASSERT_EQ(hits->size(), std::min(limit, ranked.size()));
    for (std::size_t i = 0; i < hits->size(); ++i) {
      const ScoredChunk& hit = (*hits)[i];
      ASSERT_TRUE(naive.Has(hit.chunk));
      ASSERT_TRUE(!filter || filter(hit.chunk));
      EXPECT_NEAR(hit.score, naive.Score(hit.chunk, query), 1e-6);
      if (i > 0) {
        EXPECT_TRUE(RanksBefore((*hits)[i - 1], hit));
      }
    }
    const double recall = Recall(*hits, ranked, limit);
    EXPECT_GE(recall, snapshot.exact() ? 1.0 : 0.5);
    recall_sum_ += recall;
    ++recall_count_;
  }

  std::unique_ptr<DenseIndex> index_;
  NaiveDense naive_;
  double recall_sum_ = 0;
  int recall_count_ = 0;
};

TEST_P(DenseIndexContract, FindsTheNearestThroughAddsReplacementsAndRemovals) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    index_ = GetParam().make(SmallOptions());
    naive_ = {};
    Clusters clusters(seed, kDimension, 12);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 12; ++round) {
      for (int i = 0; i < 250; ++i) {
        const ChunkId id = IdForTest(random() % 700, random() % 2);
        if (random() % 4 == 0) {
          Remove(id);
        } else {
          Add(id, clusters.Next());
        }
      }
      const auto snapshot = Snapshot();
      EXPECT_EQ(snapshot->size(), naive_.size());
      for (const std::size_t limit : {1U, 7U, 50U}) {
        Check(*snapshot, naive_, clusters.Next(), limit);
        const std::uint64_t rest = random() % 3;
        Check(*snapshot, naive_, clusters.Next(), limit,
              [rest](const ChunkId& id) {
                return id.document.value() % 3 == rest;
              });
      }
    }
  }
  EXPECT_GE(recall_sum_ / recall_count_, GetParam().recall_min);
}

TEST_P(DenseIndexContract, FindsAllThatPassAFilterHoweverFew) {
  Clusters clusters(4, kDimension, 12);
  Fill(clusters, 3000);
  const auto snapshot = Snapshot();
  for (const std::uint64_t every : {2U, 10U, 100U, 500U, 5000U}) {
    SCOPED_TRACE(every);
    const ChunkFilter filter = [every](const ChunkId& id) {
      return id.document.value() % every == 7 % every;
    };
    for (int i = 0; i < 5; ++i) {
      Check(*snapshot, naive_, clusters.Next(), 10, filter);
      Check(*snapshot, naive_, clusters.Next(), 2000, filter);
    }
  }
}

TEST_P(DenseIndexContract, FiltersInsideTheSearchNotAfterIt) {
  Clusters clusters(5, kDimension, 3);
  Fill(clusters, 2000);
  const Vector query = clusters.Next();
  // Only the farthest qualify.
  const auto ranked = naive_.Rank(query, nullptr);
  std::set<ChunkId> far;
  for (std::size_t i = 1900; i < 2000; ++i) far.insert(ranked[i].second);
  const ChunkFilter filter = [&](const ChunkId& id) {
    return far.contains(id);
  };
  const auto snapshot = Snapshot();
  const auto hits = snapshot->Search(query, {.limit = 10, .filter = filter});
  ASSERT_TRUE(hits.ok());
  ASSERT_EQ(hits->size(), 10U);
  EXPECT_GE(Recall(*hits, naive_.Rank(query, filter), 10),
            snapshot->exact() ? 1.0 : 0.8);
}

TEST_P(DenseIndexContract, BreaksTiesById) {
  Clusters clusters(6, kDimension, 3);
  const Vector same = clusters.Next();
  // Arrival in another order than ids; some equals removed again.
  for (std::uint64_t i = 0; i < 200; ++i) Add(IdForTest(i * 77 % 200), same);
  for (std::uint64_t i = 0; i < 10; ++i) Remove(IdForTest(i));
  const auto snapshot = Snapshot();
  const auto hits = snapshot->Search(same, {.limit = 20});
  ASSERT_TRUE(hits.ok());
  ASSERT_EQ(hits->size(), 20U);
  for (std::uint64_t i = 0; i < 20; ++i) {
    EXPECT_EQ((*hits)[i].chunk, IdForTest(10 + i));
  }
}

TEST_P(DenseIndexContract, FindsOthersBesideManyEqualVectors) {
  Clusters clusters(7, kDimension, 4);
  const Vector same = clusters.Next();
  for (std::uint64_t i = 0; i < 1500; ++i) Add(IdForTest(i), same);
  for (std::uint64_t i = 0; i < 500; ++i) {
    Add(IdForTest(10'000 + i), clusters.Next());
  }
  const auto snapshot = Snapshot();
  for (int i = 0; i < 30; ++i) {
    Check(*snapshot, naive_, clusters.Next(), 10);
  }
  EXPECT_GE(recall_sum_ / recall_count_, GetParam().recall_min);
}

TEST_P(DenseIndexContract, SnapshotsDoNotChange) {
  Clusters clusters(8, kDimension, 8);
  Fill(clusters, 1500);
  const Vector query = clusters.Next();
  const auto before = Snapshot();
  const NaiveDense then = naive_;
  const auto hits = before->Search(query, {.limit = 30});
  for (std::uint64_t i = 0; i < 500; ++i) {
    Remove(IdForTest(i / 2, i % 2));
    Add(IdForTest(i, 2), clusters.Next());
    Add(IdForTest(5000 + i), clusters.Next());
  }
  const auto after = Snapshot();
  EXPECT_EQ(before->size(), then.size());
  EXPECT_EQ(*before->Search(query, {.limit = 30}), *hits);
  Check(*before, then, query, 30);
  Check(*after, naive_, query, 30);
}

TEST_P(DenseIndexContract, GivesAllWhenTheLimitIsGreater) {
  Clusters clusters(9, kDimension, 4);
  Fill(clusters, 700);
  const auto snapshot = Snapshot();
  Check(*snapshot, naive_, clusters.Next(), 10'000);
  Check(*snapshot, naive_, clusters.Next(), 0);
  // Above the greatest allowed limit is not an error.
  EXPECT_EQ(snapshot->Search(clusters.Next(), {.limit = 1'000'000})->size(),
            700U);
}

TEST_P(DenseIndexContract, ScoresTheChunksAskedForInTheirOrder) {
  Clusters clusters(10, kDimension, 4);
  Fill(clusters, 900);
  Remove(IdForTest(5, 1));
  const auto snapshot = Snapshot();
  const Vector query = clusters.Next();
  const std::vector<ChunkId> asked = {IdForTest(9, 2), IdForTest(5, 1),
                                      IdForTest(0, 0), IdForTest(77'777),
                                      IdForTest(9, 2)};
  const auto scores = snapshot->Score(query, asked);
  ASSERT_TRUE(scores.ok());
  ASSERT_EQ(scores->size(), 3U);
  EXPECT_EQ((*scores)[0].chunk, IdForTest(9, 2));
  EXPECT_EQ((*scores)[1].chunk, IdForTest(0, 0));
  EXPECT_EQ((*scores)[2], (*scores)[0]);
  for (const ScoredChunk& s : *scores) {
    EXPECT_NEAR(s.score, naive_.Score(s.chunk, query), 1e-6);
  }
  // The same scores as a search gives, bit for bit.
  const auto hits = snapshot->Search(query, {.limit = 20});
  std::vector<ChunkId> found;
  for (const ScoredChunk& hit : *hits) found.push_back(hit.chunk);
  EXPECT_EQ(*snapshot->Score(query, found), *hits);
}

TEST_P(DenseIndexContract, QueriesAskedTogetherGetWhatTheyGetAlone) {
  Clusters clusters(14, kDimension, 6);
  Fill(clusters, 2900);
  for (std::uint64_t i = 0; i < 300; ++i) Remove(IdForTest(i * 3, 1));
  const auto snapshot = Snapshot();
  std::vector<Vector> queries;
  for (int i = 0; i < 5; ++i) queries.push_back(clusters.Next());
  const std::vector<std::span<const float>> together(queries.begin(),
                                                     queries.end());
  const std::vector<ChunkId> asked = {IdForTest(9, 2), IdForTest(3, 1),
                                      IdForTest(700, 0)};
  for (const ChunkFilter& filter :
       {ChunkFilter(), ChunkFilter([](const ChunkId& id) {
          return id.document.value() % 40 == 1;
        })}) {
    const DenseSearchOptions options{.limit = 30, .filter = filter, .ef = kEf};
    const auto hits = snapshot->SearchMany(together, options);
    ASSERT_TRUE(hits.ok()) << hits.status();
    ASSERT_EQ(hits->size(), queries.size());
    const auto scores = snapshot->ScoreMany(together, asked);
    ASSERT_TRUE(scores.ok()) << scores.status();
    ASSERT_EQ(scores->size(), queries.size());
    for (std::size_t i = 0; i < queries.size(); ++i) {
      EXPECT_EQ((*hits)[i], *snapshot->Search(queries[i], options));
      EXPECT_EQ((*scores)[i], *snapshot->Score(queries[i], asked));
      EXPECT_EQ((*scores)[i].size(), 2U);
    }
  }
  EXPECT_TRUE(snapshot->SearchMany({}, {})->empty());
  const Vector wrong(kDimension + 1);
  const std::span<const float> mixed[] = {queries[0], wrong};
  EXPECT_FALSE(snapshot->SearchMany(mixed, {}).ok());
  EXPECT_FALSE(snapshot->ScoreMany(mixed, asked).ok());
}

TEST_P(DenseIndexContract, GivesAVectorAsItIsStored) {
  Clusters clusters(11, kDimension, 4);
  Fill(clusters, 200);
  Remove(IdForTest(5, 1));
  const auto snapshot = Snapshot();
  EXPECT_EQ(snapshot->Vector(IdForTest(9, 2)),
            naive_.vectors().at(IdForTest(9, 2)));
  EXPECT_TRUE(snapshot->Vector(IdForTest(5, 1)).empty());
  EXPECT_TRUE(snapshot->Vector(IdForTest(77'777)).empty());
}

TEST_P(DenseIndexContract, BackgroundIsAFixedSampleWhateverTheHistory) {
  Clusters clusters(11, kDimension, 4);
  Fill(clusters, 2000);
  const Vector query = clusters.Next();
  const auto sample = Snapshot()->BackgroundScores(query, 200);
  EXPECT_GT(sample.size(), 120U);
  EXPECT_LT(sample.size(), 300U);
  // The same vectors in another order of arrival, with detours.
  auto other = GetParam().make(SmallOptions());
  for (std::uint64_t i = 0; i < 300; ++i) {
    ASSERT_TRUE(other->Add(IdForTest(9000 + i), query).ok());
  }
  for (auto it = naive_.vectors().rbegin(); it != naive_.vectors().rend();
       ++it) {
    ASSERT_TRUE(other->Add(it->first, it->second).ok());
  }
  for (std::uint64_t i = 0; i < 300; ++i) {
    ASSERT_TRUE(other->Remove(IdForTest(9000 + i)).ok());
  }
  EXPECT_EQ((*other->Snapshot())->BackgroundScores(query, 200), sample);
  EXPECT_EQ(Snapshot()->BackgroundScores(query, 5000).size(), 2000U);
  EXPECT_TRUE(Snapshot()->BackgroundScores(Vector(3), 10).empty());
}

TEST_P(DenseIndexContract, RefusesWrongDimensionsAndNotNumbers) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  Vector bad(kDimension, 0.1F);
  EXPECT_EQ(index_->Add(IdForTest(1), Vector(kDimension - 1)).code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(index_->Add(IdForTest(1), Vector()).code(),
            StatusCode::kInvalidArgument);
  for (const float value : {nan, infinity, -infinity, 70'000.0F}) {
    bad[3] = value;
    EXPECT_EQ(index_->Add(IdForTest(1), bad).code(),
              StatusCode::kInvalidArgument);
  }
  Add(IdForTest(2),
      RandomUnit(*std::make_unique<std::mt19937_64>(1), kDimension));
  // A refused vector leaves the older one in place.
  EXPECT_FALSE(index_->Add(IdForTest(2), bad).ok());
  const auto snapshot = Snapshot();
  EXPECT_EQ(snapshot->size(), 1U);
  bad[3] = nan;
  for (const Vector& query : {bad, Vector(), Vector(kDimension + 1)}) {
    EXPECT_EQ(snapshot->Search(query, {}).status().code(),
              StatusCode::kInvalidArgument);
    EXPECT_EQ(snapshot->Score(query, {}).status().code(),
              StatusCode::kInvalidArgument);
  }
}

TEST_P(DenseIndexContract, AnEmptyIndexAnswersWithNothing) {
  const Vector query(kDimension, 0.1F);
  for (int i = 0; i < 2; ++i) {
    const auto snapshot = Snapshot();
    EXPECT_EQ(snapshot->size(), 0U);
    EXPECT_TRUE(snapshot->exact());
    EXPECT_TRUE(snapshot->Search(query, {})->empty());
    EXPECT_TRUE(snapshot->Score(query, {{IdForTest(1)}})->empty());
    EXPECT_TRUE(snapshot->BackgroundScores(query, 10).empty());
    Add(IdForTest(1), query);
    Remove(IdForTest(1));
    Remove(IdForTest(1));
  }
}

TEST_P(DenseIndexContract, ComesBackFromRemovingEverything) {
  Clusters clusters(12, kDimension, 4);
  Fill(clusters, 1500);
  ASSERT_EQ(Snapshot()->size(), 1500U);
  for (std::uint32_t i = 0; i < 1500; ++i) Remove(IdForTest(i / 3, i % 3));
  EXPECT_TRUE(Snapshot()->Search(clusters.Next(), {})->empty());
  Fill(clusters, 900);
  Check(*Snapshot(), naive_, clusters.Next(), 20);
}

TEST_P(DenseIndexContract, TakesVectorsThatAreZeroOrLarge) {
  Vector zero(kDimension, 0);
  Vector large(kDimension, 60'000);
  Add(IdForTest(1), zero);
  Add(IdForTest(2), large);
  Vector tiny(kDimension, 1e-7F);  // Subnormal halves.
  Add(IdForTest(3), tiny);
  const auto snapshot = Snapshot();
  const auto hits = snapshot->Search(tiny, {});
  ASSERT_TRUE(hits.ok());
  ASSERT_EQ(hits->size(), 3U);
  EXPECT_EQ((*hits)[0].chunk, IdForTest(2));
  EXPECT_EQ((*hits)[1].chunk, IdForTest(3));
  EXPECT_EQ(snapshot->Search(zero, {})->size(), 3U);
}

TEST_P(DenseIndexContract, QuantisationErrorsThatAllPointOneWayDoNotMislead) {
  // Codes end in .45 towards or against the query's signs, so that an int8
  // score is as wrong as the bound says it can be.
  constexpr std::size_t kWide = 64;
  std::mt19937_64 random(13);
  for (int trial = 0; trial < 200; ++trial) {
    SCOPED_TRACE(trial);
    DenseIndexOptions options = SmallOptions(kWide);
    options.exact_vectors_max = 100'000;
    index_ = GetParam().make(options);
    naive_ = {};
    Vector query(kWide);
    for (float& q : query) q = random() % 2 == 0 ? 0.125F : -0.125F;
    query[0] = 0;  // Where every vector has its greatest value.
    for (std::uint64_t i = 0; i < 30; ++i) {
      const float error = random() % 2 == 0 ? 0.45F : -0.45F;
      Vector v(kWide);
      for (std::size_t j = 1; j < kWide; ++j) {
        const auto code = static_cast<float>(random() % 7);
        v[j] = (code + error) / 256 * (query[j] > 0 ? 1.0F : -1.0F);
      }
      v[0] = 127.0F / 256;
      Add(IdForTest(i), v);
    }
    Check(*Snapshot(), naive_, query, 1 + random() % 4);
  }
}

TEST_P(DenseIndexContract, HoldsForEveryDimension) {
  for (const std::size_t dimension : {1U, 3U, 63U, 64U, 65U, 384U, 1536U}) {
    SCOPED_TRACE(dimension);
    index_ = GetParam().make(SmallOptions(dimension));
    naive_ = {};
    Clusters clusters(dimension, dimension, 8);
    for (std::uint64_t i = 0; i < 150; ++i) Add(IdForTest(i), clusters.Next());
    const auto snapshot = Snapshot();
    for (int i = 0; i < 5; ++i) {
      Check(*snapshot, naive_, clusters.Next(), 10);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllKinds, DenseIndexContract,
                         ::testing::Values(Kind{"Flat", &MakeFlatIndex, 1.0},
                                           Kind{"Hnsw", &MakeHnswIndex, 0.9},
                                           Kind{"BySize", &MakeDenseIndex,
                                                0.9}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace cairn
