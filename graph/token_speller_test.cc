#include "graph/token_speller.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include "graph/edit_distance.h"

namespace cairn {
namespace {

std::string RandomToken(std::mt19937& random) {
  std::string token;
  const std::size_t size = 4 + random() % 5;
  for (std::size_t i = 0; i < size; ++i) {
    token += static_cast<char>('a' + random() % 3);
  }
  return token;
}

TEST(OneEditApart, IsAnEditDistanceOfOne) {
  constexpr unsigned kSeed = 3;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::size_t apart = 0;
  for (int i = 0; i < 20000; ++i) {
    const std::string a = RandomToken(random), b = RandomToken(random);
    ASSERT_EQ(OneEditApart(a, b), EditDistance(a, b, 1) == 1) << a << ' ' << b;
    apart += OneEditApart(a, b) ? 1 : 0;
  }
  EXPECT_GT(apart, 100U);
}

// The naive reading of the contract.
std::string NearestByAll(const std::map<std::string, std::size_t>& tokens,
                         const std::string& wanted) {
  std::string best;
  const auto better = [&](const std::string& a, const std::string& b) {
    const bool a_first = a[0] == wanted[0], b_first = b[0] == wanted[0];
    if (a_first != b_first) return a_first;
    return tokens.at(a) > tokens.at(b);  // Of equals the first stays.
  };
  for (const auto& [token, chunks] : tokens) {
    if (EditDistance(token, wanted, 1) != 1) continue;
    if (best.empty() || better(token, best)) best = token;
  }
  return best;
}

TEST(TokenSpeller, FindsWhatASearchThroughAllFinds) {
  constexpr unsigned kSeed = 8;
  SCOPED_TRACE("seed " + std::to_string(kSeed));
  std::mt19937 random(kSeed);
  std::map<std::string, std::size_t> tokens;
  while (tokens.size() < 400) tokens[RandomToken(random)] = 1 + random() % 4;
  TokenSpeller speller;
  for (const auto& [token, chunks] : tokens) speller.Add(token, chunks);
  speller.Finish();
  std::size_t found = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string wanted = RandomToken(random);
    if (wanted.size() < TokenSpeller::kBytesMin || tokens.contains(wanted)) {
      EXPECT_FALSE(speller.Nearest(wanted).has_value()) << wanted;
      continue;
    }
    ASSERT_EQ(speller.Nearest(wanted).value_or(""),
              NearestByAll(tokens, wanted))
        << wanted;
    ++found;
  }
  EXPECT_GT(found, 500U);
}

TEST(TokenSpeller, LeavesNumbersAndShortTokensAlone) {
  TokenSpeller speller;
  speller.Add("anna", 3);
  speller.Add("b2345", 3);
  speller.Add("nobody", 0);
  speller.Finish();
  EXPECT_FALSE(speller.Nearest("ann").has_value());
  EXPECT_FALSE(speller.Nearest("b2346").has_value());
  EXPECT_FALSE(speller.Nearest("nobodi").has_value());
  EXPECT_EQ(speller.Nearest("annna"), "anna");
}

}  // namespace
}  // namespace cairn
