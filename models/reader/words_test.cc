#include "models/reader/words.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/fake/fake_embedder.h"

namespace cairn::reader {
namespace {

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> words;
  for (const ByteSpan& word : SplitWords(text)) {
    words.emplace_back(word.Of(text));
  }
  return words;
}

TEST(Words, AreRunsAndSingleSigns) {
  EXPECT_EQ(Split("7,000 km (2.5%)"),
            (std::vector<std::string>{"7", ",", "000", "km", "(", "2", ".", "5",
                                      "%", ")"}));
  EXPECT_EQ(Split("\xe2\x80\x9cLyc\xc3\xa9"
                  "e\xe2\x80\x9d\xc2\xa0now"),
            (std::vector<std::string>{"\xe2\x80\x9c",
                                      "Lyc\xc3\xa9"
                                      "e",
                                      "\xe2\x80\x9d", "now"}));
  EXPECT_TRUE(Split(" \t\n\xe2\x80\x89").empty());
}

TEST(Words, CoverBrokenBytesWithoutReadingBeyondTheEnd) {
  // A lead byte at the end, a stray continuation, a truncated sign.
  EXPECT_EQ(Split("ab\xe2").size(), 1u);
  EXPECT_EQ(Split("\x80 x\xe2\x80").size(), 2u);
  EXPECT_EQ(Split("\xf0\x9f\x98\x80").size(), 1u);
}

TEST(Words, EndBeforeTheFirstThatDoesNotFit) {
  const FakeEmbedder embedder(16);
  const CutText whole = Cut("one two three", embedder.tokenizer(), 100);
  ASSERT_EQ(whole.words.size(), 3u);
  EXPECT_EQ(whole.pieces.size(), 3u);
  const std::size_t first_two = whole.pieces[0] + whole.pieces[1];
  const CutText cut = Cut("one two three", embedder.tokenizer(), first_two);
  EXPECT_EQ(cut.words.size(), 2u);
  EXPECT_EQ(cut.ids.size(), first_two);
  EXPECT_TRUE(Cut("one", embedder.tokenizer(), 0).words.empty());
}

}  // namespace
}  // namespace cairn::reader
