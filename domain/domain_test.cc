#include <gtest/gtest.h>

#include <cmath>

#include "domain/document.h"
#include "domain/search.h"
#include "domain/sentence.h"

namespace cairn {
namespace {

ParsedDocument TwoSections() {
  ParsedDocument document;
  document.text = "Top\nSub\nWords.";
  document.blocks = {
      {.type = BlockType::kHeading, .level = 1, .span = {0, 3}, .boxes = {}},
      {.type = BlockType::kHeading,
       .level = 2,
       .span = {4, 7},
       .heading = 0,
       .boxes = {}},
      {.type = BlockType::kParagraph,
       .span = {8, 14},
       .heading = 1,
       .boxes = {}},
  };
  return document;
}

TEST(Document, TellsTheSectionPathOutermostFirst) {
  EXPECT_EQ(SectionPath(TwoSections(), 2),
            (std::vector<std::string>{"Top", "Sub"}));
  EXPECT_TRUE(SectionPath(TwoSections(), 0).empty());
}

TEST(Document, FindsBreachesOfItsPromises) {
  EXPECT_EQ(FindBreach(TwoSections()), "");
  ParsedDocument overlapping = TwoSections();
  overlapping.blocks[1].span = {2, 7};
  EXPECT_NE(FindBreach(overlapping), "");
  ParsedDocument inside_character = TwoSections();
  inside_character.text = "T\xc3\xb6p\nSub\nWords.";
  inside_character.blocks[0].span = {0, 2};
  EXPECT_NE(FindBreach(inside_character), "");
}

TEST(Sentence, CodesKeepTheDirectionAndNothingElse) {
  const std::vector<float> vector = {0.25F, -0.5F, 0.1F, 0};
  const auto codes = DirectionCodes(vector);
  EXPECT_EQ(codes, (std::vector<std::int8_t>{64, -127, 25, 0}));
  std::vector<float> decoded;
  for (const std::int8_t code : codes) decoded.push_back(0.037F * code);
  EXPECT_EQ(DirectionCodes(decoded), codes);
  EXPECT_EQ(DirectionCodes(std::vector<float>{0, 0}),
            (std::vector<std::int8_t>{0, 0}));
  const std::vector<float> unsound = {std::nanf(""), 2, -INFINITY};
  EXPECT_EQ(DirectionCodes(unsound), (std::vector<std::int8_t>{0, 127, 0}));
}

TEST(Sentence, FindsSentencesThatAreOutOfPlace) {
  const std::vector<SentenceVector> sound = {{{2, 5}, {1}}, {{5, 9}, {1}}};
  EXPECT_EQ(FindBreach(sound, {2, 9}, 1), "");
  EXPECT_NE(FindBreach(sound, {3, 9}, 1), "");
  EXPECT_NE(FindBreach(sound, {2, 8}, 1), "");
  EXPECT_NE(FindBreach(sound, {2, 9}, 2), "");
  const std::vector<SentenceVector> crossed = {{{5, 9}, {1}}, {{2, 5}, {1}}};
  EXPECT_NE(FindBreach(crossed, {2, 9}, 1), "");
  const std::vector<SentenceVector> empty = {{{5, 5}, {1}}};
  EXPECT_NE(FindBreach(empty, {2, 9}, 1), "");
  const std::vector<SentenceVector> many(kChunkSentencesMax + 1);
  EXPECT_NE(FindBreach(many, {0, 99}, 0), "");
}

TEST(SearchMode, NamesRoundTrip) {
  for (const auto mode : {SearchMode::kAuto, SearchMode::kTable}) {
    EXPECT_EQ(SearchModeFromName(NameOf(mode)), mode);
  }
  EXPECT_FALSE(SearchModeFromName("best").has_value());
}

}  // namespace
}  // namespace cairn
