// DenseFollower against the real store: changes, rebuilds and repeats of
// either lead to one state.
#include <gtest/gtest.h>

#include "index/dense/dense_for_test.h"
#include "index/dense/dense_index.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

class DenseFollowerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), Clock::System());
    ASSERT_NE(store_, nullptr);
    collection_ = MakeCollectionForTest(*store_, "one");
    other_ = MakeCollectionForTest(*store_, "other");
  }
  // A document of `chunks` chunks with vectors from `seed`.
  void Put(const CollectionRecord& collection, const std::string& id,
           int chunks, std::uint64_t seed) {
    std::string text;
    for (int i = 0; i < chunks; ++i) {
      text += "line " + std::to_string(seed) + " " + std::to_string(i) + "\n";
    }
    PreparedDocument prepared = PrepareForTest(id, text);
    std::mt19937_64 random(seed);
    for (auto& v : prepared.vectors) v = RandomUnit(random, 2);
    const auto put = PutForTest(*store_, collection, prepared);
    ASSERT_TRUE(put.ok()) << put.status();
  }
  void Remove(const std::string& id) {
    ASSERT_TRUE(RemoveForTest(*store_, collection_, id).ok());
  }
  void CatchUpHere(DenseFollower& follower) {
    const auto pinned = store_->Pin();
    const Status status = CatchUp(follower, collection_.key, *pinned);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(follower.applied(), pinned->sequence());
  }
  static std::vector<ScoredChunk> All(const DenseFollower& follower) {
    return *follower.snapshot()->Search(Vector{0.6F, 0.8F}, {.limit = 10'000});
  }
  // What a new follower reads from the store.
  std::vector<ScoredChunk> Fresh() {
    DenseFollower fresh(collection_.key, {.dimension = 2});
    CatchUpHere(fresh);
    return All(fresh);
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  CollectionRecord collection_, other_;
};

TEST_F(DenseFollowerTest, ChangesAndRebuildsLeadToOneState) {
  DenseFollower follower(collection_.key, {.dimension = 2});
  EXPECT_EQ(follower.applied(), Sequence(0));
  Put(collection_, "a", 3, 1);
  CatchUpHere(follower);
  EXPECT_EQ(All(follower).size(), 3U);
  std::mt19937_64 random(5);
  for (int step = 0; step < 40; ++step) {
    const std::string id = "d" + std::to_string(random() % 6);
    if (random() % 4 == 0) {
      (void)RemoveForTest(*store_, collection_, id);
    } else {
      Put(collection_, id, static_cast<int>(random() % 5), random());
    }
    Put(other_, id, 2, random());
    if (random() % 3 == 0) {
      CatchUpHere(follower);
      EXPECT_EQ(All(follower), Fresh()) << "step " << step;
    }
  }
}

TEST_F(DenseFollowerTest, ApplyAndRebuildMayBeRepeated) {
  Put(collection_, "a", 5, 1);
  Put(collection_, "b", 2, 2);
  Put(collection_, "a", 2, 3);
  Remove("b");
  const auto pinned = store_->Pin();
  const auto want = Fresh();
  ASSERT_EQ(want.size(), 2U);
  DenseFollower follower(collection_.key, {.dimension = 2});
  const auto changes = ListChanges(*pinned, Sequence(0));
  ASSERT_TRUE(changes.ok());
  for (int repeat = 0; repeat < 3; ++repeat) {
    for (const Change& change : *changes) {
      ASSERT_TRUE(follower.Apply(change, *pinned).ok());
      ASSERT_TRUE(follower.Apply(change, *pinned).ok());
    }
    ASSERT_TRUE(follower.Finish(pinned->sequence()).ok());
    EXPECT_EQ(All(follower), want);
    ASSERT_TRUE(follower.Rebuild(*pinned).ok());
    ASSERT_TRUE(follower.Finish(pinned->sequence()).ok());
    EXPECT_EQ(All(follower), want);
  }
}

TEST_F(DenseFollowerTest, AFailedRebuildLeavesWhatWasThere) {
  DenseFollower follower(collection_.key, {.dimension = 2});
  Put(collection_, "a", 3, 1);
  CatchUpHere(follower);
  const auto before = All(follower);
  DenseFollower wrong(collection_.key, {.dimension = 7});
  const auto pinned = store_->Pin();
  EXPECT_FALSE(CatchUp(wrong, collection_.key, *pinned).ok());
  EXPECT_EQ(wrong.applied(), Sequence(0));
  EXPECT_EQ(All(follower), before);
}

TEST_F(DenseFollowerTest, WithAKeptGraphEveryStateIsFoundToo) {
  const DenseIndexOptions options{
      .dimension = 2,
      .exact_vectors_max = 20,
      .hnsw_tail_max = 10,
      .hnsw_in_background = false,
      .graph_file = store_->DerivedFolder(collection_.key) + "/dense.graph",
      .make_graph_folder = [&] {
        return store_->MakeDerivedFolder(collection_.key).ok();
      }};
  std::mt19937_64 random(6);
  int restored = 0;
  for (int step = 0; step < 60; ++step) {
    Put(collection_, "d" + std::to_string(random() % 30),
        static_cast<int>(random() % 9), random());
    if (random() % 4 != 0) continue;
    DenseFollower follower(collection_.key, options);
    restored += std::filesystem::exists(options.graph_file) ? 1 : 0;
    CatchUpHere(follower);
    EXPECT_EQ(All(follower), Fresh()) << "step " << step;
    for (int i = 0; i < 3; ++i) {
      (void)RemoveForTest(*store_, collection_,
                          "d" + std::to_string(random() % 30));
    }
    CatchUpHere(follower);
    EXPECT_EQ(All(follower), Fresh()) << "step " << step;
  }
  EXPECT_GT(restored, 5);
  ASSERT_TRUE(DeleteCollection(*store_, collection_).ok());
  EXPECT_FALSE(std::filesystem::exists(options.graph_file));
  DenseFollower follower(collection_.key, options);
  CatchUpHere(follower);
  EXPECT_TRUE(All(follower).empty());
}

TEST_F(DenseFollowerTest, ADeletedCollectionIsEmpty) {
  DenseFollower follower(collection_.key, {.dimension = 2});
  Put(collection_, "a", 3, 1);
  CatchUpHere(follower);
  ASSERT_TRUE(DeleteCollection(*store_, collection_).ok());
  CatchUpHere(follower);
  EXPECT_TRUE(All(follower).empty());
}

}  // namespace
}  // namespace cairn
