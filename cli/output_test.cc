#include "cli/output.h"

#include <gtest/gtest.h>

#include <cmath>

namespace cairn::cli {
namespace {

TEST(Excerpt, StandsAroundEachNameWithWholeWords) {
  const std::string text =
      "A long beginning that nobody needs to read here. Ada Lovelace wrote "
      "the notes. Then comes a great deal about something else altogether, "
      "and in the end Charles Babbage paid the printer and went home again.";
  EXPECT_EQ(
      ExcerptAround(text, {"Ada Lovelace", "Charles Babbage"}, 12),
      "... read here. Ada Lovelace wrote the ... in the end Charles Babbage "
      "paid the ...");
}

TEST(Excerpt, JoinsNamesThatStandTogether) {
  EXPECT_EQ(ExcerptAround("Ada Lovelace met\nCharles Babbage.",
                          {"charles babbage", "ada lovelace"}, 40),
            "Ada Lovelace met Charles Babbage.");
}

TEST(Excerpt, IsTheBeginningWhenNoNameIsThere) {
  EXPECT_EQ(ExcerptAround("one two three four", {"Ada", ""}, 5),
            "one two th ...");
}

TEST(Excerpt, KeepsCharactersWhole) {
  const std::string text = "ééééééééééééééé Ada ééééééééééééééé";
  EXPECT_EQ(ExcerptAround(text, {"Ada"}, 3), "... Ada ...");
}

TEST(Cleaned, TakesControlSequencesFromTheTerminal) {
  EXPECT_EQ(Cleaned("a\x1b[31mb\xff\tc\n"), "a?[31mb?\tc\n");
}

TEST(Output, TellsTimesOfARecording) {
  EXPECT_EQ(TimeRangeText(4, 3723.9), "0:00:04-1:02:03");
  EXPECT_EQ(TimeRangeText(-1, std::nan("")), "0:00:00-0:00:00");
}

}  // namespace
}  // namespace cairn::cli
