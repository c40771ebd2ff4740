// Labels and references in cases that a person can read, what is none of them,
// and what holds for any text.
#include "text/labels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

namespace cairn {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "key|words"; a line without a label has no key.
std::string Heading(std::string_view line) {
  const LabeledLine read = ReadHeading(line);
  return read.label.key + "|" + std::string(read.words.Of(line));
}

std::string Caption(std::string_view line) {
  const LabeledLine read = ReadCaption(line);
  return read.label.key + "|" + std::string(read.words.Of(line));
}

std::vector<std::string> References(std::string_view text) {
  std::vector<std::string> keys;
  for (const Label& label : FindReferences(text)) keys.push_back(label.key);
  return keys;
}

TEST(Labels, NumberedHeadingIsLabelAndWords) {
  EXPECT_EQ(Heading("4.2.6. Limits of quotas"),
            "section 4.2.6|Limits of quotas");
  EXPECT_EQ(Heading("4.2 Limits"), "section 4.2|Limits");
  EXPECT_EQ(Heading("3. Methods"), "section 3|Methods");
  EXPECT_EQ(Heading("B.3.4 The User Space"), "section b.3.4|The User Space");
  EXPECT_EQ(Heading("\xc2\xa7 4.2 \xe2\x80\x93 Limits"), "section 4.2|Limits");
}

TEST(Labels, ChaptersAndAppendicesAreSections) {
  EXPECT_EQ(Heading("Chapter 4. Installation"), "section 4|Installation");
  EXPECT_EQ(Heading("Chapter\xc2\xa0"
                    "4: Installation"),
            "section 4|Installation");
  EXPECT_EQ(Heading("Appendix B"), "section b|");
  EXPECT_EQ(Heading("Article 12 \xe2\x80\x94 Notices"), "section 12|Notices");
}

TEST(Labels, NumbersOfTitlesAreWords) {
  for (const std::string line :
       {"1984", "3 Idiots", "12 Angry Men", "2001: A Space Odyssey",
        "3D prints", "A Brief History", "J. Smith", "Sectional sofas", "4.2",
        "", "Chapter"}) {
    EXPECT_EQ(Heading(line), "|" + line);
  }
}

TEST(Labels, CaptionNeedsWordAndNumber) {
  EXPECT_EQ(Caption("Table 3. Limits"), "table 3|Limits");
  EXPECT_EQ(Caption("Fig. 7-26: A nut"), "figure 7.26|A nut");
  EXPECT_EQ(Caption("Table A1 | Losses"), "table a1|Losses");
  EXPECT_EQ(Caption("Example 9.3. master.conf"), "example 9.3|master.conf");
  EXPECT_EQ(Caption("Tables of limits"), "|Tables of limits");
  EXPECT_EQ(Caption("Table of contents"), "|Table of contents");
  EXPECT_EQ(Caption("3. Limits"), "|3. Limits");
}

TEST(Labels, SentenceIsNoCaption) {
  EXPECT_TRUE(FindCaption("Table 3. Limits").has_value());
  EXPECT_TRUE(FindCaption("Table 3 \xe2\x80\x93 Limits").has_value());
  EXPECT_TRUE(FindCaption("Tabelle 3: Grenzen").has_value());
  EXPECT_FALSE(FindCaption("Table 3 shows the limits.").has_value());
  EXPECT_FALSE(FindCaption("Limits: see Table 3.").has_value());
  EXPECT_FALSE(FindCaption("Table 3. " + std::string(500, 'x')).has_value());
}

TEST(Labels, ListsGoOnWhereTheWordIsOfSeveral) {
  EXPECT_THAT(References("see section 4.2, 3 boxes were full"),
              ElementsAre("section 4.2"));
  EXPECT_THAT(References("sections 4 and 5"),
              ElementsAre("section 4", "section 5"));
  EXPECT_THAT(References("Appendices A and B"),
              ElementsAre("section a", "section b"));
}

TEST(Labels, FindsReferencesInText) {
  EXPECT_THAT(References("as told in Section 4.2.6, \"Limits\" (see Table 3)."),
              ElementsAre("section 4.2.6", "table 3"));
  EXPECT_THAT(References("see section\n4.2; \xc2\xa7 9 and Appendix B."),
              ElementsAre("section 4.2", "section 9", "section b"));
  EXPECT_THAT(References("(Fig. 7-26, chapter\xc2\xa0"
                         "5)"),
              ElementsAre("figure 7.26", "section 5"));
}

TEST(Labels, FindsListsOfReferences) {
  EXPECT_THAT(References("Sections 4.2, 4.3 and 5 say so, and 7 people."),
              ElementsAre("section 4.2", "section 4.3", "section 5"));
  EXPECT_THAT(References("Tables 3 and 4"), ElementsAre("table 3", "table 4"));
}

TEST(Labels, TellsPartsOfOtherWorks) {
  for (const auto& [text, of_other] :
       {std::pair("under section 3 of the Act", true),
        std::pair("Sections 3 and 4 of the Companies Act", true),
        std::pair("section 3 of this manual", false),
        std::pair("section 3 offers more", false)}) {
    const std::vector<Label> found = FindReferences(text);
    EXPECT_FALSE(found.empty()) << text;
    for (const Label& label : found) EXPECT_EQ(label.of_other, of_other);
  }
}

TEST(Labels, OtherWordsAndNumbersAreNoReferences) {
  EXPECT_THAT(References("a cross-section of 4.2 and the table has 3 rows"),
              IsEmpty());
  EXPECT_THAT(References("in chapter 1984, figure 3D, subfigure 3, Section a"),
              IsEmpty());
  EXPECT_THAT(References("version 4.2 of the table, 3 figures"), IsEmpty());
}

TEST(Labels, SpanIsWhatIsWritten) {
  const std::string text = "See the Chapter 4, please.";
  const std::vector<Label> found = FindReferences(text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].span.Of(text), "Chapter 4");
}

TEST(Labels, AnyTextGivesSpansInOrderInside) {
  const std::vector<std::string> pieces = {
      "Section",  "table", " ",    "4",        ".",  "2",
      "and ",     ",",     "B",    "\xc2\xa7", "\n", "\xe2\x80\x94",
      "\xc2\xa0", "-",     "Fig.", "of "};
  const std::uint32_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % pieces.size()];
    std::uint32_t at = 0;
    for (const Label& label : FindReferences(text)) {
      EXPECT_FALSE(label.key.empty());
      EXPECT_LT(label.span.begin, label.span.end) << text;
      EXPECT_GE(label.span.begin, at) << text;
      at = label.span.end;
      EXPECT_LE(at, text.size()) << text;
    }
    for (const LabeledLine& line : {ReadHeading(text), ReadCaption(text)}) {
      EXPECT_LE(line.words.begin, line.words.end) << text;
      EXPECT_LE(line.words.end, text.size()) << text;
    }
  }
}

}  // namespace
}  // namespace cairn
