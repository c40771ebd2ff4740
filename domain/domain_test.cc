#include <gtest/gtest.h>

#include "domain/document.h"
#include "domain/search.h"

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

TEST(SearchMode, NamesRoundTrip) {
  for (const auto mode : {SearchMode::kAuto, SearchMode::kTable}) {
    EXPECT_EQ(SearchModeFromName(NameOf(mode)), mode);
  }
  EXPECT_FALSE(SearchModeFromName("best").has_value());
}

}  // namespace
}  // namespace cairn
