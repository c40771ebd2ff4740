// LexicalFollower against the real store: changes, rebuilds and repeats of
// either lead to one state.
#include <gtest/gtest.h>

#include "index/lexical/lexical_for_test.h"
#include "index/lexical/lexical_index.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

class LexicalFollowerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), Clock::System());
    ASSERT_NE(store_, nullptr);
    collection_ = MakeCollectionForTest(*store_, "one");
  }
  void Put(const std::string& id, std::size_t chunks, std::uint64_t seed) {
    std::string text;
    for (std::size_t i = 0; i < chunks; ++i) {
      text += "line " + std::to_string(seed) + " " + std::to_string(i) + "\n";
    }
    PreparedDocument prepared = PrepareForTest(id, text);
    ZipfWords words(seed, 30);
    for (TermCounts& terms : prepared.terms) {
      terms = words.Chunk(20);
      terms.terms["always"].body = 1;
    }
    const auto put = PutForTest(*store_, collection_, prepared);
    ASSERT_TRUE(put.ok()) << put.status();
  }
  void CatchUpHere(LexicalFollower& follower) {
    const auto pinned = store_->Pin();
    const Status status = CatchUp(follower, collection_.key, *pinned);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(follower.applied(), pinned->sequence());
  }
  static std::vector<ScoredChunk> All(const LexicalFollower& follower) {
    return *follower.snapshot()->Search(
        std::vector<std::string>{"always", "w1", "w3"}, {.limit = 10'000});
  }
  std::vector<ScoredChunk> Fresh() {
    LexicalFollower fresh(collection_.key, {});
    CatchUpHere(fresh);
    return All(fresh);
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  CollectionRecord collection_;
};

TEST_F(LexicalFollowerTest, ChangesAndRebuildsLeadToOneState) {
  LexicalFollower follower(collection_.key, {.segment_chunks = 4});
  Put("a", 3, 1);
  CatchUpHere(follower);
  EXPECT_EQ(All(follower).size(), 3U);
  std::mt19937_64 random(5);
  for (int step = 0; step < 40; ++step) {
    const std::string id = "d" + std::to_string(random() % 6);
    if (random() % 4 == 0) {
      (void)RemoveForTest(*store_, collection_, id);
    } else {
      Put(id, random() % 5, random());
    }
    if (random() % 3 == 0) {
      CatchUpHere(follower);
      EXPECT_EQ(All(follower), Fresh()) << "step " << step;
    }
  }
}

TEST_F(LexicalFollowerTest, ApplyAndRebuildMayBeRepeated) {
  Put("a", 5, 1);
  Put("b", 2, 2);
  Put("a", 2, 3);
  ASSERT_TRUE(RemoveForTest(*store_, collection_, "b").ok());
  const auto pinned = store_->Pin();
  const auto want = Fresh();
  ASSERT_EQ(want.size(), 2U);
  LexicalFollower follower(collection_.key, {});
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

TEST_F(LexicalFollowerTest, ADeletedCollectionIsEmpty) {
  LexicalFollower follower(collection_.key, {});
  Put("a", 3, 1);
  CatchUpHere(follower);
  ASSERT_TRUE(DeleteCollection(*store_, collection_).ok());
  CatchUpHere(follower);
  EXPECT_TRUE(All(follower).empty());
}

}  // namespace
}  // namespace cairn
