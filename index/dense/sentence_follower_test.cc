// SentenceFollower against the real store: changes and rebuilds lead to one
// state.
#include <gtest/gtest.h>

#include "index/dense/dense_for_test.h"
#include "index/dense/sentence_index.h"
#include "storage/store_for_test.h"

namespace cairn {
namespace {

class SentenceFollowerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = OpenForTest(folder_.path(), Clock::System());
    ASSERT_NE(store_, nullptr);
    collection_ = MakeCollectionForTest(*store_, "one", true);
    plain_ = MakeCollectionForTest(*store_, "plain");
  }
  // A document of `chunks` chunks with one to four sentences each.
  void Put(const std::string& id, int chunks, std::uint64_t seed) {
    std::string text;
    for (int i = 0; i < chunks; ++i) text += "some line of text\n";
    PreparedDocument prepared = PrepareForTest(id, text);
    std::mt19937_64 random(seed);
    for (const Chunk& chunk : prepared.chunks) {
      auto& sentences = prepared.sentences.emplace_back();
      const std::uint32_t count = 1 + random() % 4;
      for (std::uint32_t i = 0; i < count; ++i) {
        sentences.push_back(
            {.span = {chunk.span.begin + 4 * i, chunk.span.begin + 4 * i + 4},
             .codes = DirectionCodes(RandomUnit(random, 2))});
      }
    }
    const auto put = PutForTest(*store_, collection_, prepared);
    ASSERT_TRUE(put.ok()) << put.status();
  }
  void CatchUpHere(SentenceFollower& follower) {
    const auto pinned = store_->Pin();
    const Status status = CatchUp(follower, collection_.key, *pinned);
    ASSERT_TRUE(status.ok()) << status;
    EXPECT_EQ(follower.applied(), pinned->sequence());
  }
  static std::vector<SentenceHit> All(const SentenceFollower& follower) {
    return *follower.snapshot()->Search(Vector{0.6F, 0.8F}, {.limit = 10'000});
  }
  std::vector<SentenceHit> Fresh() {
    SentenceFollower fresh(collection_.key, {.dimension = 2});
    CatchUpHere(fresh);
    return All(fresh);
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  CollectionRecord collection_, plain_;
};

TEST_F(SentenceFollowerTest, ChangesAndRebuildsLeadToOneState) {
  SentenceFollower follower(collection_.key, {.dimension = 2});
  Put("a", 3, 1);
  CatchUpHere(follower);
  EXPECT_EQ(All(follower).size(), 3U);
  const std::uint64_t seed = 5;
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  for (int step = 0; step < 40; ++step) {
    const std::string id = "d" + std::to_string(random() % 6);
    if (random() % 4 == 0) {
      (void)RemoveForTest(*store_, collection_, id);
    } else {
      Put(id, static_cast<int>(random() % 5), random());
    }
    if (random() % 3 == 0) {
      CatchUpHere(follower);
      EXPECT_EQ(All(follower), Fresh()) << "step " << step;
    }
  }
}

TEST_F(SentenceFollowerTest, ADeletedCollectionIsEmpty) {
  SentenceFollower follower(collection_.key, {.dimension = 2});
  Put("a", 3, 1);
  CatchUpHere(follower);
  ASSERT_TRUE(DeleteCollection(*store_, collection_).ok());
  CatchUpHere(follower);
  EXPECT_EQ(follower.snapshot()->sentences(), 0U);
}

TEST_F(SentenceFollowerTest, ACollectionWithoutSentencesIsEmpty) {
  ASSERT_TRUE(PutForTest(*store_, plain_, PrepareForTest("a", "x\ny\n")).ok());
  SentenceFollower follower(plain_.key, {.dimension = 2});
  ASSERT_TRUE(CatchUp(follower, plain_.key, *store_->Pin()).ok());
  EXPECT_EQ(follower.snapshot()->sentences(), 0U);
  EXPECT_TRUE(All(follower).empty());
}

}  // namespace
}  // namespace cairn
