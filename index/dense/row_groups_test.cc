#include "index/dense/row_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "index/dense/dense_for_test.h"

namespace cairn {
namespace {

using ::testing::ElementsAre;

TEST(RowGroups, RowsWithOneVectorAreOneNodeByAscendingChunk) {
  RowTable table(2);
  const Vector a = {1, 0}, b = {0, 1}, c = {0.6F, 0.8F};
  ASSERT_TRUE(table.Add(IdForTest(9), a).ok());
  ASSERT_TRUE(table.Add(IdForTest(5), b).ok());
  ASSERT_TRUE(table.Add(IdForTest(3), a).ok());
  RowGroups groups;
  groups.Extend(*table.View());
  EXPECT_EQ(groups.rows(), 3U);
  ASSERT_EQ(groups.nodes(), 2U);
  EXPECT_EQ(groups.first(0), 0U);
  EXPECT_THAT(groups.members(0), ElementsAre(2, 0));
  EXPECT_THAT(groups.members(1), ElementsAre(1));

  // Later rows join nodes of earlier ones; copies do not change.
  const RowGroups before = groups;
  ASSERT_TRUE(table.Add(IdForTest(4), b).ok());
  ASSERT_TRUE(table.Add(IdForTest(7), c).ok());
  ASSERT_TRUE(table.Add(IdForTest(6), a).ok());
  groups.Extend(*table.View());
  ASSERT_EQ(groups.nodes(), 3U);
  EXPECT_THAT(groups.members(0), ElementsAre(2, 5, 0));
  EXPECT_THAT(groups.members(1), ElementsAre(3, 1));
  EXPECT_THAT(groups.members(2), ElementsAre(4));
  EXPECT_THAT(before.members(0), ElementsAre(2, 0));
}

TEST(RowGroups, NearlyTheSameIsNotTheSame) {
  RowTable table(2);
  ASSERT_TRUE(table.Add(IdForTest(1), Vector{1, 0}).ok());
  ASSERT_TRUE(table.Add(IdForTest(2), Vector{1, 0.001F}).ok());
  RowGroups groups;
  groups.Extend(*table.View());
  EXPECT_EQ(groups.nodes(), 2U);  // Though their int8 codes are the same.
}

}  // namespace
}  // namespace cairn
