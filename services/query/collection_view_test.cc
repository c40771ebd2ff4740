#include "services/query/collection_view.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <random>

#include "storage/store_for_test.h"

namespace cairn {
namespace {

constexpr std::size_t kChunks = 600;

class CollectionViewTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Open();
    collection_ = MakeCollectionForTest(*store_, "one");
    std::string text;
    for (std::size_t i = 0; i < kChunks; ++i) text += "x\n";
    PreparedDocument prepared = PrepareForTest("a", text);
    std::mt19937_64 random(3);
    std::uniform_real_distribution<float> angle(0, 6.28F);
    for (auto& vector : prepared.vectors) {
      const float at = angle(random);
      vector = {std::cos(at), std::sin(at)};
    }
    ASSERT_TRUE(PutForTest(*store_, collection_, prepared).ok());
  }
  void Open() {
    store_.reset();
    store_ = OpenForTest(folder_.path(), Clock::System());
    ASSERT_NE(store_, nullptr);
  }
  // The first state of a new view, as after a start.
  std::shared_ptr<const DenseSnapshot> First(const DenseIndexOptions& options) {
    CollectionView view(*store_, collection_, options);
    const auto state =
        view.Acquire({.dense = true}, Sequence(0), Deadline::Infinite());
    EXPECT_TRUE(state.ok()) << state.status();
    return state.ok() ? state->dense : nullptr;
  }
  std::string GraphFile() const {
    return store_->DerivedFolder(collection_.key) + "/dense.graph";
  }

  TemporaryFolder folder_;
  std::unique_ptr<Store> store_;
  CollectionRecord collection_;
};

TEST_F(CollectionViewTest, AStartAfterTheFirstBuildsNoGraph) {
  const DenseIndexOptions builds{.exact_vectors_max = 100,
                                 .hnsw_tail_max = 50,
                                 .hnsw_in_background = false};
  DenseIndexOptions never = builds;
  never.hnsw_tail_max = 10 * kChunks;
  EXPECT_TRUE(First(never)->exact()) << "it cannot build";
  EXPECT_FALSE(std::filesystem::exists(GraphFile()));
  EXPECT_FALSE(First(builds)->exact());
  EXPECT_TRUE(std::filesystem::exists(GraphFile()));
  Open();
  const auto dense = First(never);
  EXPECT_FALSE(dense->exact()) << "so the graph is the file's";
  EXPECT_EQ(dense->size(), kChunks);
  const std::vector<float> query = {0.6F, 0.8F};
  EXPECT_EQ(dense->Search(query, {.limit = 5})->size(), 5U);
  ASSERT_TRUE(DeleteCollection(*store_, collection_).ok());
  EXPECT_FALSE(std::filesystem::exists(GraphFile()));
}

TEST_F(CollectionViewTest, ASmallCollectionHasNoFileAndNoFolder) {
  EXPECT_TRUE(First({})->exact());
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/derived"));
}

}  // namespace
}  // namespace cairn
