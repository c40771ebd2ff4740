#include "services/query/nearest_word.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/token_speller.h"
#include "text/words.h"

namespace cairn {
namespace {

using Dictionary = std::map<std::string, std::size_t>;  // Word to chunks.

WordsOfChunks Chunks(const Dictionary& words) {
  std::map<std::string, std::size_t> stems;
  std::map<std::string, std::vector<std::string>> texts;
  for (const auto& [word, chunks] : words) {
    const std::string stem = AnalyzeWords(word, "en").front().term;
    stems[stem] += chunks;
    texts[stem].push_back("One " + word + ".");
  }
  return {.language = "en",
          .chunks_with = [stems](std::string_view term) -> std::size_t {
            const auto found = stems.find(std::string(term));
            return found == stems.end() ? 0 : found->second;
          },
          .texts_with =
              [texts](std::string_view term, std::size_t) {
                return texts.at(std::string(term));
              }};
}

std::string Nearest(std::string_view word, const Dictionary& words) {
  return NearestWord(word, Chunks(words)).word;
}

TEST(NearestWord, FindsEveryKindOfSlip) {
  const Dictionary words = {{"harbour", 3}};
  for (const std::string_view slip :
       {"hrbour", "harbbour", "haubour", "hrabour", "harbou", "harbourt"}) {
    EXPECT_EQ(Nearest(slip, words), "harbour") << slip;
  }
}

TEST(NearestWord, KeepsTheFirstLetter) {
  EXPECT_EQ(Nearest("karbour", {{"harbour", 3}}), "");
  EXPECT_EQ(Nearest("arbour", {{"harbour", 3}}), "");
}

TEST(NearestWord, TakesTheCommonest) {
  EXPECT_EQ(Nearest("staple", {{"stable", 2}, {"stale", 1}}), "stable");
  EXPECT_EQ(Nearest("staple", {{"stable", 1}, {"stale", 2}}), "stale");
  EXPECT_EQ(Nearest("staple", {{"stable", 1}, {"stale", 1}}), "stable");
}

TEST(NearestWord, FindsOnlyWordsThatStandThere) {
  const WordInChunks found =
      NearestWord("paintres", Chunks({{"painter", 7}, {"painters", 1}}));
  EXPECT_EQ(found.word, "painters");
  EXPECT_EQ(found.chunks, 8U);
  EXPECT_EQ(Nearest("paintres", {{"painter", 7}}), "")
      << "paintres is two edits from it, though one from painters";
}

TEST(NearestWord, LeavesShortAndForeignWords) {
  EXPECT_EQ(Nearest("bred", {{"bread", 9}}), "");
  EXPECT_EQ(Nearest("br3ads", {{"breads", 9}}), "");
  EXPECT_EQ(Nearest("hárbour", {{"harbour", 3}}), "");
  EXPECT_EQ(Nearest("", {{"harbour", 3}}), "");
  EXPECT_EQ(Nearest(std::string(5000, 'a'), {{"harbour", 3}}), "");
}

// One edit as graph/token_speller.h tells it, over a random dictionary.
TEST(NearestWord, AgreesWithALookAtEveryWord) {
  constexpr unsigned kSeed = 7;
  std::mt19937 random(kSeed);
  const auto word = [&random] {
    std::string made = "q";  // No English stem is cut off such words.
    const std::size_t size = 4 + random() % 2;
    while (made.size() < size) made += static_cast<char>('j' + random() % 3);
    return made;
  };
  Dictionary words;
  for (int i = 0; i < 12; ++i) words[word()] = 1 + random() % 5;
  int found = 0;
  for (int i = 0; i < 200; ++i) {
    const std::string asked = word();
    if (asked.size() < 5) continue;
    WordInChunks best;
    for (const auto& [one, chunks] : words) {
      if (OneEditApart(one, asked) && chunks > best.chunks) {
        best = {one, chunks};
      }
    }
    EXPECT_EQ(Nearest(asked, words), best.word) << asked << ", seed " << kSeed;
    found += best.chunks > 0 ? 1 : 0;
  }
  EXPECT_GT(found, 30);
}

}  // namespace
}  // namespace cairn
