#include "models/fake/fake_embedder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "tests/contract/embedder_contract.h"

namespace cairn {
namespace {

const Embedder* SharedFake() {
  static const FakeEmbedder embedder;
  return &embedder;
}

INSTANTIATE_TEST_SUITE_P(Fake, EmbedderContract, testing::Values(&SharedFake));

TEST(FakeEmbedder, NamesItsDimension) {
  EXPECT_EQ(FakeEmbedder().model_id(), "fake-64");
  EXPECT_EQ(FakeEmbedder(384).model_id(), "fake-384");
  EXPECT_EQ(FakeEmbedder(384).dimension(), 384u);
  EXPECT_EQ(FakeEmbedder(0).dimension(), 1u);
}

TEST(FakeEmbedder, FoldsCaseAndMarksAndForgetsOrder) {
  const FakeEmbedder embedder;
  const auto first = embedder.Embed("Café au LAIT", EmbedKind::kPassage);
  const auto second = embedder.Embed("lait, au cafe!", EmbedKind::kQuery);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(*first, *second);
}

// Vectors are promised to be stable: a change here breaks recorded answers.
TEST(FakeEmbedder, KeepsItsVectorsForEver) {
  const FakeEmbedder embedder(8);
  const auto vector = embedder.Embed("a pile of stones", EmbedKind::kPassage);
  ASSERT_TRUE(vector.ok());
  // The sum of four directions, scaled to length 1.
  const std::vector<float> expected = {2, -2, 0, -2, 0, -2, 0, 2};
  for (std::size_t axis = 0; axis < expected.size(); ++axis) {
    EXPECT_NEAR((*vector)[axis], expected[axis] / std::sqrt(20.0), 1e-6);
  }
}

TEST(FakeTokenizer, GivesOnePositiveIdAFoldedWord) {
  const FakeTokenizer tokenizer;
  const auto ids = tokenizer.Encode("Stone, stone and path");
  ASSERT_EQ(ids.size(), 4u);
  EXPECT_EQ(ids[0], ids[1]);
  EXPECT_NE(ids[0], ids[3]);
  for (const auto id : ids) EXPECT_GT(id, 0);
}

}  // namespace
}  // namespace cairn
