#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "graph/edit_distance.h"
#include "graph/name_dictionary.h"
#include "graph/name_rules.h"
#include "graph/part_name.h"
#include "text/words.h"

namespace cairn {
namespace {

NameShape Shape(std::string_view name) { return ShapeOf(SplitName(name)); }

TEST(NameRules, TellsWhatStandsOut) {
  for (const char* surface :
       {"Ada", "eBay", "1984", "a4", "\u00c9mile", "\u0160koda", "\u0391\u03b8",
        "\u041c\u0438\u0440", "\u6771\u4eac", "\u05e9\u05dc"}) {
    EXPECT_TRUE(StandsOut(surface)) << surface;
  }
  for (const char* surface :
       {"ada", "\u00e9t\u00e9", "\u0161koda", "stra\u00dfe", "\u03b1\u03b8",
        "\u043c\u0438\u0440", "", "na\u00efve", "\xff\xc3"}) {
    EXPECT_FALSE(StandsOut(surface)) << surface;
  }
}

TEST(NameRules, PutsNamesIntoTheirShapes) {
  EXPECT_EQ(Shape("ada byron"), NameShape::kLinkable);
  EXPECT_EQ(Shape("apollo 11"), NameShape::kLinkable);
  EXPECT_EQ(Shape("io"), NameShape::kShort);
  EXPECT_EQ(Shape("of the"), NameShape::kStopWords);
  EXPECT_EQ(Shape("1984"), NameShape::kNumeric);
  EXPECT_EQ(Shape("12 march 1984"), NameShape::kNumeric);
  EXPECT_EQ(Shape("2nd"), NameShape::kNumeric);
  EXPECT_EQ(Shape(std::string(65, 'x')), NameShape::kTooLong);
}

TEST(NameRules, AnchorsAtTheLongestTokenThatIsNoStopWord) {
  EXPECT_EQ(AnchorOf(SplitName("university of rome")), 0U);
  EXPECT_EQ(AnchorOf(SplitName("ada eve")), 0U);
  EXPECT_EQ(AnchorOf(SplitName("between us")),
            SplitName("between us").size() - 2);
  EXPECT_EQ(AnchorOf(SplitName("the ufo")), 1U);
}

TEST(NameRules, CutsTokensThatNoNameCanHave) {
  const auto tokens = TokensOf(std::string(300, 'X') + " Ada", 7);
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].term.size(), kTokenBytesMax + 1);
  EXPECT_EQ(tokens[0].span, (ByteSpan{7, 307}));
  EXPECT_FALSE(IsAnchorToken(tokens[0]));
  EXPECT_TRUE(IsAnchorToken(tokens[1]));
}

TEST(NameDictionary, ForgetsWhatWasUnset) {
  NameDictionary names;
  names.Set("ada byron", {.entity = EntityId(1), .strength = 5});
  names.Set("ada", {.entity = EntityId(2), .strength = 5});
  names.Set("ada", {.entity = EntityId(3), .strength = 9});
  const auto tokens = TokensOf("Ada Byron and Ada", 0);
  const auto all = [](const NameDictionary::Name&, std::size_t) {
    return true;
  };
  ASSERT_EQ(names.MatchAll(tokens, all).size(), 2U);
  EXPECT_EQ(names.name(names.Find("ada")).Best().entity, EntityId(3));
  names.Unset("ada byron", EntityId(1));
  EXPECT_EQ(names.Find("ada byron"), NameDictionary::kNone);
  EXPECT_EQ(names.MatchAll(tokens, all)[0].count, 1U);
  names.Unset("ada", EntityId(3));
  EXPECT_EQ(names.name(names.Find("ada")).Best().entity, EntityId(2));
  names.Unset("ada", EntityId(2));
  EXPECT_TRUE(names.MatchAll(tokens, all).empty());
  EXPECT_EQ(names.size(), 0U);
}

// By the definition, in exponential time.
std::size_t NaiveDistance(std::string_view a, std::string_view b) {
  if (a.empty()) return b.size();
  if (b.empty()) return a.size();
  std::size_t best = std::min(
      {NaiveDistance(a.substr(1), b) + 1, NaiveDistance(a, b.substr(1)) + 1,
       NaiveDistance(a.substr(1), b.substr(1)) + (a[0] != b[0])});
  if (a.size() > 1 && b.size() > 1 && a[0] == b[1] && a[1] == b[0]) {
    best = std::min(best, NaiveDistance(a.substr(2), b.substr(2)) + 1);
  }
  return best;
}

TEST(EditDistance, EqualsTheDefinition) {
  std::mt19937 random(5);
  const auto word = [&] {
    std::string text;
    for (std::size_t n = random() % 7; n > 0; --n) {
      text.push_back(static_cast<char>('a' + random() % 3));
    }
    return text;
  };
  for (int i = 0; i < 3000; ++i) {
    const std::string a = word(), b = word();
    for (const std::size_t bound : {1U, 2U, 9U}) {
      EXPECT_EQ(EditDistance(a, b, bound),
                std::min(NaiveDistance(a, b), std::size_t{bound} + 1))
          << a << " " << b;
    }
  }
}

TEST(PartName, IsOneOfItsDocumentAndOfNoText) {
  const std::string one = PartName(DocumentKey(1), "section 4.2");
  EXPECT_EQ(one, PartName(DocumentKey(1), "section 4.2"));
  EXPECT_NE(one, PartName(DocumentKey(2), "section 4.2"));
  EXPECT_NE(one, PartName(DocumentKey(1), "section 4.3"));
  EXPECT_NE(one, PartName("handbook~", "section 4.2"));
  EXPECT_NE(one, NormalizeName(one));
}

TEST(PartName, FilesOfAFolderAreABook) {
  EXPECT_EQ(BookOf("handbook~chapter-4.html"), "handbook~");
  EXPECT_EQ(BookOf("a~b~c.md"), "a~b~");
  EXPECT_EQ(BookOf("a/b.md"), "a/");
  EXPECT_EQ(BookOf("b.md"), "");
}

}  // namespace
}  // namespace cairn
