#include "models/extractive/definition.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cairn::extractive {
namespace {

bool Answers(std::string_view question, std::string_view sentence) {
  return Defines(sentence, ReadQuestion(question));
}

TEST(Definition, QuotedTermAndItsVerb) {
  EXPECT_TRUE(Answers("What is a Package?",
                      "\"Package\" refers to the collection of files."));
  EXPECT_TRUE(Answers("What does \"Package\" mean?",
                      "The term “Package” shall mean the files."));
  EXPECT_TRUE(Answers("Define derivative works.",
                      "“Derivative Works”, as used here, means any work."));
  EXPECT_TRUE(Answers("Who is the Licensor?",
                      "1.2 \"Licensor\" means the owner of the copyright."));
  EXPECT_TRUE(Answers("What is meant by control?",
                      "\"control\" means the power to direct."));
}

TEST(Definition, TheSecondOfTwoTerms) {
  EXPECT_TRUE(Answers("Who is the Borrower?",
                      "\"Debtor\" or \"Borrower\" means the company."));
}

TEST(Definition, WordsBesideTheTermMustBeThere) {
  constexpr std::string_view kQuestion =
      "What is the Standard Version of the Package?";
  EXPECT_TRUE(Answers(kQuestion,
                      "\"Standard Version\" refers to such a Package if it "
                      "has not been modified."));
  EXPECT_FALSE(Answers(kQuestion, "\"Standard Version\" means a draft."));
  EXPECT_FALSE(Answers(kQuestion, "\"Package\" refers to the files."));
}

TEST(Definition, InBrackets) {
  EXPECT_TRUE(Answers("Who is the Seller?",
                      "This is made between Acme Corp. (the \"Seller\") and "
                      "Bolt Ltd. (hereinafter called the \"Buyer\")."));
  EXPECT_FALSE(Answers("Who is the Seller?",
                       "Acme Corp. (see the notes) is \"Seller\" of cars."));
}

TEST(Definition, ByTheNameThatIsGiven) {
  EXPECT_TRUE(Answers("What does opaque mean?",
                      "A copy that is not \"Transparent\" is called "
                      "\"Opaque\"."));
  EXPECT_TRUE(Answers("What is the Cover?",
                      "Both pages are referred to as \"Cover\"."));
  EXPECT_FALSE(Answers("What does transparent mean?",
                       "A copy that is not \"Transparent\" is called "
                       "\"Opaque\"."));
}

TEST(Definition, AtTheStart) {
  EXPECT_TRUE(
      Answers("What is the yield?", "Yield: the ratio of income to price."));
  EXPECT_TRUE(Answers("What does latency mean?",
                      "Latency means the time until the first byte."));
  EXPECT_FALSE(Answers("What is the yield?", "Yield: 5"));
  EXPECT_FALSE(Answers("What is the yield?",
                       "The yield of a bond falls when its price rises."));
}

TEST(Definition, OtherQuestionsWantNone) {
  EXPECT_FALSE(Answers("How large is the Package?",
                       "\"Package\" refers to the collection of files."));
  EXPECT_FALSE(Answers("What does the Package contain?",
                       "\"Package\" refers to the collection of files."));
  EXPECT_FALSE(Answers("", "\"Package\" means files."));
}

TEST(Definition, MarksThatDoNotCloseAreNoTerms) {
  EXPECT_FALSE(Answers("What is a Package?", "\"Package is a set of files."));
  EXPECT_FALSE(Answers("What is a Package?", "\"\" means nothing."));
}

}  // namespace
}  // namespace cairn::extractive
