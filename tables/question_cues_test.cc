#include "tables/question_cues.h"

#include <gtest/gtest.h>

#include <string>

namespace cairn {
namespace {

// "asked: cue cue".
std::string Read(std::string_view question) {
  const QuestionText text = ReadQuestion(question);
  const QuestionCues cues = FindCues(text);
  std::string out = std::string(cues.asked) + ":";
  for (const QuestionCue& cue : cues.cues) {
    out += " " + std::string(cue.speaks_of);
  }
  return out;
}

TEST(FindCues, TellsWhatIsAskedFor) {
  EXPECT_EQ(Read("How many lakes are there?"), "count:");
  EXPECT_EQ(Read("What is the total number of lakes?"), "count: sum");
  EXPECT_EQ(Read("What is the phone number of Lee?"), "what:");
  EXPECT_EQ(Read("What lake is in Bern?"), "what:");
  EXPECT_EQ(Read("In what year was it built?"), "time:");
  EXPECT_EQ(Read("How long did Lee serve?"), "duration:");
  EXPECT_EQ(Read("How tall is the tower?"), "amount:");
  EXPECT_EQ(Read("Who was it?"), "person:");
  EXPECT_EQ(Read("Is Lee taller than Kim?"), "yes or no: higher than");
  EXPECT_EQ(Read("Name a lake."), "name:");
  EXPECT_EQ(Read("The difference in gold between Italy and Spain"),
            "difference: difference");
  EXPECT_EQ(Read(""), "none:");
}

TEST(FindCues, GroupsWordsByWhatTheySpeakOf) {
  EXPECT_EQ(Read("Which is the widest?"), "which: highest");
  EXPECT_EQ(Read("Which is the hairiest in the west?"), "which: extreme");
  EXPECT_EQ(Read("Who won at least 3?"), "person: bound");
  EXPECT_EQ(Read("Who won the least?"), "person: lowest");
  EXPECT_EQ(Read("What came next after it, A or B?"),
            "what: next later choice");
}

TEST(FindCues, SaysWhereTheAskingEnds) {
  const QuestionText question =
      ReadQuestion("What was the number of red cars?");
  EXPECT_EQ(question.tokens[FindCues(question).asked_end].folded, "red");
}

}  // namespace
}  // namespace cairn
