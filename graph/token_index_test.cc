#include "graph/token_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Chunk = TokenIndex::Chunk;

std::vector<Chunk> Ask(const TokenIndex& index,
                       const std::vector<std::string_view>& tokens,
                       std::size_t limit = 100) {
  return index.Holders(tokens, limit);
}

TEST(TokenIndex, FindsChunksThatHoldEveryToken) {
  TokenIndex index;
  index.Add("grey", std::vector<Chunk>{1, 4, 9});
  index.Add("river", std::vector<Chunk>{0, 4, 8, 9});
  index.Finish();
  EXPECT_THAT(Ask(index, {"grey", "river"}), ElementsAre(4, 9));
  EXPECT_THAT(Ask(index, {"grey"}), ElementsAre(1, 4, 9));
  EXPECT_THAT(Ask(index, {"grey", "lake"}), IsEmpty());
  EXPECT_THAT(Ask(index, {"river"}, 3), IsEmpty()) << "more than the limit";
}

TEST(TokenIndex, TakesCommonTokensAsHeldEverywhere) {
  std::vector<Chunk> many(TokenIndex::kCommonChunks + 1);
  for (Chunk i = 0; i < many.size(); ++i) many[i] = i;
  TokenIndex index;
  index.Add("new", many);
  index.Add("lanark", std::vector<Chunk>{7});
  index.Finish();
  EXPECT_THAT(Ask(index, {"new", "lanark"}), ElementsAre(7));
  EXPECT_THAT(Ask(index, {"new"}), IsEmpty());
}

TEST(TokenIndex, EqualsANaiveIntersection) {
  std::mt19937 random(20261125);
  std::map<std::string, std::vector<Chunk>> lists;
  TokenIndex index;
  for (int t = 0; t < 40; ++t) {
    std::vector<Chunk>& list = lists["t" + std::to_string(t)];
    for (Chunk c = 0; c < 300; ++c) {
      if (random() % 4 == 0) list.push_back(c);
    }
    index.Add("t" + std::to_string(t), list);
  }
  index.Finish();
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i <= random() % 3; ++i) {
      names.push_back("t" + std::to_string(random() % 40));
    }
    std::vector<Chunk> expected;
    for (Chunk c = 0; c < 300; ++c) {
      if (std::all_of(names.begin(), names.end(), [&](const auto& name) {
            return std::binary_search(lists[name].begin(), lists[name].end(),
                                      c);
          })) {
        expected.push_back(c);
      }
    }
    const std::vector<std::string_view> tokens(names.begin(), names.end());
    EXPECT_EQ(index.Holders(tokens, 300), expected) << "seed 20261125";
  }
}

}  // namespace
}  // namespace cairn
