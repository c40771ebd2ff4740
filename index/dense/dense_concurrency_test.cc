// Readers search snapshots while one writer goes on and graphs are built in
// the background. Meant for the thread sanitizer.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "index/dense/dense_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kDimension = 32;
constexpr int kReaders = 3;

class Published {
 public:
  void Set(std::shared_ptr<const DenseSnapshot> snapshot) {
    const std::lock_guard lock(mutex_);
    snapshot_ = std::move(snapshot);
  }
  std::shared_ptr<const DenseSnapshot> Get() const {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const DenseSnapshot> snapshot_;
};

void Read(const Published& published, const std::atomic<bool>& done,
          std::uint64_t seed) {
  Clusters clusters(seed, kDimension, 10);
  do {
    const auto snapshot = published.Get();
    const Vector query = clusters.Next();
    const auto hits = snapshot->Search(query, {.limit = 10, .ef = 16});
    ASSERT_TRUE(hits.ok());
    ASSERT_EQ(hits->size(), std::min<std::size_t>(10, snapshot->size()));
    std::vector<ChunkId> ids;
    for (const ScoredChunk& hit : *hits) ids.push_back(hit.chunk);
    // All hits belong to the snapshot, with its scores.
    ASSERT_EQ(*snapshot->Score(query, ids), *hits);
    ASSERT_LE(snapshot->BackgroundScores(query, 50).size(), snapshot->size());
  } while (!done);
}

void Write(DenseIndex& index, Published& published) {
  Clusters clusters(7, kDimension, 10);
  std::mt19937_64 random(7);
  for (int i = 0; i < 6000; ++i) {
    const ChunkId id = IdForTest(random() % 1500);
    if (random() % 5 == 0) {
      ASSERT_TRUE(index.Remove(id).ok());
    } else {
      ASSERT_TRUE(index.Add(id, clusters.Next()).ok());
    }
    if (i % 40 == 0) published.Set(*index.Snapshot());
  }
}

void ReadWhileWriting(std::unique_ptr<DenseIndex> index) {
  Published published;
  published.Set(*index->Snapshot());
  std::atomic<bool> done = false;
  std::vector<std::thread> readers;
  for (std::uint64_t i = 0; i < kReaders; ++i) {
    readers.emplace_back([&, i] { Read(published, done, i); });
  }
  Write(*index, published);
  done = true;
  for (std::thread& reader : readers) reader.join();
  // Snapshots outlive their index, a build in progress included.
  index.reset();
  EXPECT_TRUE(published.Get()->Search(Vector(kDimension, 0.1F), {}).ok());
}

DenseIndexOptions Options(bool background) {
  return {.dimension = kDimension,
          .hnsw_links = 8,
          .hnsw_build_width = 20,
          .hnsw_tail_max = 200,
          .hnsw_in_background = background};
}

TEST(DenseConcurrency, FlatIndexIsReadWhileWritten) {
  ReadWhileWriting(MakeFlatIndex(Options(false)));
}

TEST(DenseConcurrency, GraphIsReadWhileWrittenAndBuilt) {
  ReadWhileWriting(MakeHnswIndex(Options(false)));
  ReadWhileWriting(MakeHnswIndex(Options(true)));
}

TEST(DenseConcurrency, ASnapshotAtRestGetsItsGraphFromTheBackground) {
  auto index = MakeHnswIndex(Options(true));
  NaiveDense naive;
  Clusters clusters(9, kDimension, 10);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    const Vector v = clusters.Next();
    ASSERT_TRUE(index->Add(IdForTest(i), v).ok());
    naive.Add(IdForTest(i), v);
  }
  const auto snapshot = *index->Snapshot();
  while (snapshot->exact()) std::this_thread::yield();
  double recall = 0;
  for (int i = 0; i < 20; ++i) {
    const Vector query = clusters.Next();
    const auto hits = snapshot->Search(query, {.limit = 10, .ef = 30});
    ASSERT_TRUE(hits.ok());
    recall += Recall(*hits, naive.Rank(query, nullptr), 10) / 20;
  }
  EXPECT_GE(recall, 0.9);
}

}  // namespace
}  // namespace cairn
