#include "documents/formats/seen/descriptions.h"

#include <gtest/gtest.h>

#include "documents/parse_for_test.h"

namespace cairn {
namespace {

constexpr Describer kModel{.id = "llava at https://host/", .name = "llava"};

TEST(Descriptions, StandUnderTheNameOfTheirModel) {
  ParsedDocument document = ParseOk("# Head\n\nText.\n", "text/markdown");
  const auto added = AppendDescriptions(
      {{.text = "A red\nlighthouse.\xff", .page = 0},
       {.text = " \n", .page = 0},
       {.text = "Waves.", .page = 0, .time = TimeRange{61'000, 70'000}}},
      kModel, Limits(), document);
  ASSERT_TRUE(added.ok()) << added.status();
  EXPECT_TRUE(*added);
  EXPECT_EQ(FindBreach(document), "");
  EXPECT_EQ(Outline(document),
            "heading1 Head|paragraph Text.|heading1 Description by llava|"
            "paragraph A red lighthouse.\xef\xbf\xbd|"
            "paragraph [0:01:01 - 0:01:10] Waves.");
  EXPECT_EQ(SectionPath(document, 3),
            (std::vector<std::string>{"Description by llava"}));
  EXPECT_EQ(document.blocks[4].time, (TimeRange{61'000, 70'000}));
  EXPECT_EQ(document.properties.at("described_by"), "llava at https://host/");
  ASSERT_EQ(document.warnings.size(), 1U);
  EXPECT_NE(document.warnings[0].find("described by llava"), std::string::npos);
}

TEST(Descriptions, NothingSaidAddsNothing) {
  ParsedDocument document = ParseOk("Text.", "text/plain");
  const auto added = AppendDescriptions({{.text = "\n", .page = 0}}, kModel,
                                        Limits(), document);
  ASSERT_TRUE(added.ok());
  EXPECT_FALSE(*added);
  EXPECT_EQ(document.blocks.size(), 1U);
  EXPECT_TRUE(document.properties.empty());
  EXPECT_TRUE(document.warnings.empty());
}

TEST(Descriptions, LimitsAreKept) {
  ParsedDocument document = ParseOk("Text.", "text/plain");
  Limits limits;
  limits.blocks_max = 2;
  EXPECT_EQ(ReasonOf(AppendDescriptions({{.text = "A.", .page = 0}}, kModel,
                                        limits, document)
                         .status()),
            "TOO_MANY_BLOCKS");
  limits = Limits();
  limits.text_bytes_max = 10;
  EXPECT_EQ(ReasonOf(AppendDescriptions({{.text = "A.", .page = 0}}, kModel,
                                        limits, document)
                         .status()),
            "TEXT_TOO_LARGE");
  EXPECT_EQ(document.blocks.size(), 1U);
}

}  // namespace
}  // namespace cairn
