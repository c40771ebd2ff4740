#include "services/query/second_query.h"

#include <gtest/gtest.h>

namespace cairn {
namespace {

QuestionLink LinkTo(std::string_view question, std::string_view name,
                    bool titled) {
  const auto at = static_cast<std::uint32_t>(question.find(name));
  QuestionLink link;
  link.entity = EntityId(at + 1);
  link.span = {at, at + static_cast<std::uint32_t>(name.size())};
  if (titled) link.titled = {DocumentKey(7)};
  return link;
}

PassageName Named(std::string surface, std::uint64_t entity,
                  std::size_t sentence) {
  return {.entity = EntityId(entity),
          .surface = std::move(surface),
          .span = {},
          .sentence = sentence};
}

TEST(SecondQuery, MasksWhatALinkedPassageExplains) {
  const std::string question = "In which country is the Grey River found?";
  const AskedQuestion asked(question, {LinkTo(question, "Grey River", true)});
  EXPECT_EQ(asked.Masked(true, "Grey River", {}),
            "In which country is the found?");
}

TEST(SecondQuery, MasksOnlyTitleWordsOfAPassageThatWasNotLinked) {
  const std::string question = "Who wrote the song that Arlo Finch sang?";
  const AskedQuestion asked(question, {});
  EXPECT_EQ(asked.Masked(false, "The songs of Finch", {}),
            "Who wrote the song that Arlo sang?");
}

TEST(SecondQuery, MasksNamesThatAnUntitledPassageHolds) {
  const std::string question = "Who wrote the song that Arlo Finch sang?";
  const AskedQuestion asked(question, {LinkTo(question, "Arlo Finch", false)});
  const std::vector<PassageName> names = {
      {.entity = EntityId(question.find("Arlo") + 1), .surface = "Arlo Finch"}};
  EXPECT_EQ(asked.Masked(false, "", names), "Who wrote the song that sang?");
}

TEST(SecondQuery, AppendsNamesOfTheTwoBestSentences) {
  const std::string question = "Where was the director of Gull Bay born?";
  const AskedQuestion asked(question, {LinkTo(question, "Gull Bay", true)});
  const std::vector<PassageName> names = {
      Named("Gull Bay", 1, 0),  Named("Mara Vane", 2, 0),
      Named("Orel", 3, 1),      Named("Elsewhere", 4, 2),
      Named("Mara Vane", 2, 1), Named("Second House", 5, 1)};
  EXPECT_EQ(MakeSecondQuery(asked, true, "Gull Bay", names, 4),
            "Where was the director of born? Mara Vane, Orel, Second House");
  EXPECT_EQ(MakeSecondQuery(asked, true, "Gull Bay", names, 1),
            "Where was the director of born? Mara Vane, Orel");
}

TEST(SecondQuery, LeavesOutNamesInsideLongerOnes) {
  const std::string question = "Who was it?";
  const AskedQuestion asked(question, {});
  PassageName inner = Named("Vane", 2, 0);
  inner.inner = true;
  EXPECT_EQ(
      MakeSecondQuery(asked, false, "", {Named("Mara Vane", 1, 0), inner}, 4),
      "Who was it? Mara Vane");
}

TEST(SecondQuery, RanksSentencesByTheWordsTheyShare) {
  const std::string text =
      "It lies in the north. The harbour was built in 1901. Its mayor is Ode.";
  const AskedQuestion asked("When was the harbour built?", {});
  const std::vector<ByteSpan> ranked = RankSentences(asked, text);
  ASSERT_EQ(ranked.size(), 3U);
  EXPECT_EQ(ranked[0].Of(text), "The harbour was built in 1901.");
  EXPECT_EQ(ranked[1].Of(text), "It lies in the north.");
}

}  // namespace
}  // namespace cairn
