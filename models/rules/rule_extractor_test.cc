// What the rules find, in cases a person can read, and what always holds.
#include "models/rules/rule_extractor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace cairn {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

struct Page {
  ParsedDocument document;
  std::vector<Chunk> chunks;
};

ByteSpan Append(Page& page, std::string_view text) {
  std::string& all = page.document.text;
  const auto begin = static_cast<std::uint32_t>(all.size());
  all += text;
  return {begin, static_cast<std::uint32_t>(all.size())};
}

void AddBlock(Page& page, BlockType type, std::string_view text) {
  Block block;
  block.type = type;
  block.span = Append(page, text);
  Chunk chunk;
  chunk.ordinal = static_cast<std::uint32_t>(page.chunks.size());
  chunk.span = block.span;
  page.document.blocks.push_back(block);
  page.chunks.push_back(chunk);
  page.document.text += "\n\n";
}

Page OneParagraph(std::string_view text) {
  Page page;
  AddBlock(page, BlockType::kParagraph, text);
  return page;
}

Extraction Extract(const Page& page, std::string_view title = {}) {
  const auto result = MakeRuleExtractor()->Extract(
      {.title = title, .document = &page.document, .chunks = &page.chunks});
  EXPECT_TRUE(result.ok());
  return result.ok() ? *result : Extraction();
}

std::vector<std::string> Surfaces(const Extraction& extraction,
                                  MentionKind kind) {
  std::vector<std::string> surfaces;
  for (const ExtractedMention& mention : extraction.mentions) {
    if (mention.kind == kind) surfaces.push_back(mention.surface);
  }
  return surfaces;
}

std::vector<std::string> Runs(std::string_view text) {
  return Surfaces(Extract(OneParagraph(text)), MentionKind::kCapitalized);
}

std::vector<std::string> Of(MentionKind kind, std::string_view text) {
  return Surfaces(Extract(OneParagraph(text)), kind);
}

std::vector<std::string> Names(const Extraction& extraction) {
  std::vector<std::string> names;
  for (const DefinedName& name : extraction.names) {
    names.push_back(name.name + " = " + name.canonical);
  }
  return names;
}

EntityType TitleType(std::string_view title, std::string_view text) {
  return Extract(OneParagraph(text), title).names.at(0).type;
}

TEST(RuleExtractor, ConnectorsJoinOnlyInsideARun) {
  EXPECT_THAT(Runs("He left the University of Alberta for the sea of Japan."),
              ElementsAre("University of Alberta", "Japan"));
  EXPECT_THAT(Runs("We met Ludwig van Beethoven and Simone de Beauvoir."),
              ElementsAre("Ludwig van Beethoven", "Simone de Beauvoir"));
  EXPECT_THAT(Runs("The head of the Ministry of Trade and Industry quit."),
              ElementsAre("Ministry of Trade and Industry"));
}

TEST(RuleExtractor, FunctionWordsAtASentenceStartAreCut) {
  EXPECT_THAT(Runs("The Thames floods. However, Oxford stays dry. In Paris "
                   "it rains."),
              ElementsAre("Thames", "Oxford", "Paris"));
}

TEST(RuleExtractor, ALoneFirstWordMustNotOccurInLowerCase) {
  EXPECT_THAT(Runs("Rivers flow. All rivers flow. Danube water is cold."),
              Not(Contains("Rivers")));
  EXPECT_THAT(Runs("Rome grew. They love Rome."), ElementsAre("Rome", "Rome"));
}

TEST(RuleExtractor, MonthsWeekdaysAndHonorificsAreNoNames) {
  EXPECT_THAT(Runs("On Monday Dr. Smith met Sir John Falstaff in March."),
              ElementsAre("Smith", "John Falstaff"));
}

TEST(RuleExtractor, InitialsHyphensAndPossessives) {
  EXPECT_THAT(Runs("They read J. K. Rowling and Jean-Luc Picard's U.S. "
                   "diary."),
              ElementsAre("J. K. Rowling", "Jean-Luc Picard", "U.S."));
  EXPECT_THAT(Runs("He admired Francis.The King saw Élise O'Brien."),
              ElementsAre("Francis", "King", "Élise O'Brien"));
}

TEST(RuleExtractor, NumbersJoinNamesThatCarryThem) {
  EXPECT_THAT(Runs("They flew Apollo 11 before the 2002 Winter Olympics."),
              ElementsAre("Apollo 11", "2002 Winter Olympics"));
}

TEST(RuleExtractor, AndPartsTwoNames) {
  EXPECT_THAT(Runs("We saw the Labour Party and Sinn Fein."),
              ElementsAre("Labour Party", "Sinn Fein"));
  EXPECT_THAT(Runs("We saw Joe Hendron of the Labour Party."),
              ElementsAre("Joe Hendron", "Labour Party"));
  EXPECT_THAT(Runs("It lost the 2005 New Zealand general election."),
              ElementsAre("2005 New Zealand general election"));
  EXPECT_THAT(Runs("Founded in 1903, it grew."), IsEmpty());
}

TEST(RuleExtractor, FindsDates) {
  EXPECT_THAT(
      Of(MentionKind::kDate,
         "From 12 March 1999 to March 13, 2001, on 2004-05-06, in May 2003, "
         "in the 1990s and in 1850, but not 3456."),
      ElementsAre("12 March 1999", "March 13, 2001", "2004-05-06", "May 2003",
                  "1990s", "1850"));
}

TEST(RuleExtractor, FindsQuantities) {
  EXPECT_THAT(Of(MentionKind::kQuantity,
                 "It is 5 km long, 1,200 kg, 40% steep, cost $3.5 million or "
                 "EUR 20 for 3 million people and 64MB in 7 parts."),
              ElementsAre("5 km", "1,200 kg", "40%", "$3.5 million", "EUR 20",
                          "3 million people", "64MB"));
}

TEST(RuleExtractor, FindsQuotedTitles) {
  const Extraction found = Extract(
      OneParagraph("They sang the song \"Mess of Blues,\" then “Hey Jude”. He "
                   "said \"Please leave immediately\"."));
  EXPECT_THAT(Surfaces(found, MentionKind::kQuoted),
              ElementsAre("Mess of Blues", "Hey Jude"));
  EXPECT_EQ(found.mentions.at(0).type, EntityType::kWork);
}

TEST(RuleExtractor, TheTitleIsAMentionOutsideTheText) {
  const Extraction found =
      Extract(OneParagraph("Mercury is a planet."), "Mercury (planet)");
  ASSERT_FALSE(found.mentions.empty());
  EXPECT_EQ(found.mentions[0].kind, MentionKind::kTitle);
  EXPECT_TRUE(found.mentions[0].span.empty());
  EXPECT_EQ(found.mentions[0].surface, "Mercury (planet)");
  EXPECT_THAT(Names(found), Contains("Mercury = Mercury (planet)"));
}

TEST(RuleExtractor, FindsAliases) {
  const Extraction found = Extract(
      OneParagraph("Robert Allen Zimmerman, also known as Bob Dylan, is a "
                   "singer. He left the World Health Organization (WHO)."),
      "Robert Zimmerman");
  EXPECT_THAT(Names(found),
              ElementsAre("Robert Zimmerman = Robert Zimmerman",
                          "Robert Allen Zimmerman = Robert Zimmerman",
                          "Bob Dylan = Robert Zimmerman",
                          "WHO = World Health Organization"));
}

std::string Guessed(std::string_view text) {
  return MakeRuleExtractor()->GuessTitle(OneParagraph(text).document);
}

TEST(RuleExtractor, GuessesWhatAnUntitledTextSpeaksOf) {
  EXPECT_EQ(Guessed("Mina Vance (born 1950) is an actress."), "Mina Vance");
  EXPECT_EQ(Guessed("The Bridge of Orel is a film."), "Bridge of Orel");
  EXPECT_EQ(Guessed("Lake Orel, near Brightmoor, is deep."), "Lake Orel");
}

TEST(RuleExtractor, GuessesNothingWhereTheTextDoesNotSay) {
  EXPECT_EQ(Guessed("However, it rains."), "");
  EXPECT_EQ(Guessed("He was an actor."), "");
  EXPECT_EQ(Guessed("In Paris, it rains."), "");
  EXPECT_EQ(Guessed("Most people are kind."), "");
  EXPECT_EQ(Guessed("Run. Mina Vance is an actress."), "");
  EXPECT_EQ(Guessed(""), "");
}

TEST(RuleExtractor, AnUntitledDocumentIsNamedByItsHead) {
  const Page page = OneParagraph("Mina Vance is an actress.");
  const auto with_title = [&page](std::string_view title) {
    return Names(*MakeRuleExtractor()->Extract({.title = title,
                                                .titled = false,
                                                .document = &page.document,
                                                .chunks = &page.chunks}));
  };
  EXPECT_THAT(with_title("vance.txt"),
              ElementsAre("vance.txt = vance.txt", "Mina Vance = Mina Vance"));
  // A number would be found in every text that counts.
  EXPECT_THAT(with_title("17"), ElementsAre("Mina Vance = Mina Vance"));
}

TEST(RuleExtractor, TypesTheTitle) {
  EXPECT_EQ(TitleType("Ann Lee", "Ann Lee is an American film director."),
            EntityType::kPerson);
  EXPECT_EQ(TitleType("Ann Lee", "Ann Lee (born 1950) won twice."),
            EntityType::kPerson);
  EXPECT_EQ(TitleType("Jaws", "Jaws is a 1975 film directed by a man."),
            EntityType::kWork);
  EXPECT_EQ(TitleType("Acme", "Acme was a large company in Utah."),
            EntityType::kOrganization);
  EXPECT_EQ(TitleType("Ohio River", "It is long."), EntityType::kPlace);
  EXPECT_EQ(TitleType("Battle of Hastings", ""), EntityType::kEvent);
  EXPECT_EQ(TitleType("University of Oslo", ""), EntityType::kOrganization);
  EXPECT_EQ(TitleType("Alien (film)", ""), EntityType::kWork);
  EXPECT_EQ(TitleType("Zorb", "Zorb is blue."), EntityType::kUnknown);
}

TEST(RuleExtractor, HeadingsAreTerms) {
  Page page;
  AddBlock(page, BlockType::kHeading, "Thermal Limits");
  AddBlock(page, BlockType::kHeading, "References");
  const Extraction found = Extract(page);
  EXPECT_THAT(Names(found), ElementsAre("Thermal Limits = Thermal Limits"));
  EXPECT_EQ(found.names[0].type, EntityType::kTerm);
  EXPECT_THAT(Surfaces(found, MentionKind::kHeading),
              ElementsAre("Thermal Limits", "References"));
}

TEST(RuleExtractor, KeysOfATableAreNames) {
  Page page;
  Table table;
  table.rows = table.columns = 2;
  table.header_rows = 1;
  const auto cell = [&](std::uint32_t row, std::uint32_t column,
                        std::string_view text) {
    Cell one;
    one.row = row;
    one.column = column;
    one.header = row == 0;
    one.span = Append(page, text);
    table.cells.push_back(one);
    page.document.text += " ";
  };
  cell(0, 0, "City"), cell(0, 1, "Area"), cell(1, 0, "Oslo");
  cell(1, 1, "454 km with Alna"), cell(2, 0, "1999"), cell(2, 1, "7");
  Block block;
  block.type = BlockType::kTable;
  block.table = 0;
  block.span = {0, static_cast<std::uint32_t>(page.document.text.size())};
  Chunk chunk;
  chunk.span = block.span;
  page.document.blocks = {block};
  page.document.tables = {table};
  page.chunks = {chunk};
  const Extraction found = Extract(page);
  EXPECT_THAT(Names(found),
              ElementsAre("City = City", "Area = Area", "Oslo = Oslo"));
  EXPECT_THAT(Surfaces(found, MentionKind::kTableKey),
              ElementsAre("City", "Area", "Oslo"));
  EXPECT_THAT(Surfaces(found, MentionKind::kQuantity), ElementsAre("454 km"));
  EXPECT_THAT(Surfaces(found, MentionKind::kCapitalized), ElementsAre("Alna"));
  EXPECT_THAT(Surfaces(found, MentionKind::kDate), ElementsAre("1999"));
}

TEST(RuleExtractor, ReadsQuestions) {
  std::vector<std::string> surfaces;
  for (const ExtractedMention& mention :
       MakeRuleExtractor()->ExtractFromQuestion(
           "Which director of \"The Big Sleep\" met Lauren Bacall in 1944, "
           "and did Who's Who list Humphrey Bogart?")) {
    surfaces.push_back(mention.surface);
  }
  EXPECT_THAT(surfaces, Contains("The Big Sleep"));
  EXPECT_THAT(surfaces, Contains("Lauren Bacall"));
  EXPECT_THAT(surfaces, Contains("1944"));
  EXPECT_THAT(surfaces, Contains("Humphrey Bogart"));
  EXPECT_THAT(surfaces, Not(Contains("Which")));
}

TEST(RuleExtractor, NothingGivesNothing) {
  const Page page;
  EXPECT_THAT(Extract(page).mentions, IsEmpty());
  EXPECT_FALSE(MakeRuleExtractor()->Extract({}).ok());
  EXPECT_THAT(MakeRuleExtractor()->ExtractFromQuestion(""), IsEmpty());
}

// Pieces that exercise every rule, and raw bytes.
std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "The ",        "Dr. ",    "of ",
      "University ", "\"",      "“",
      "”",           "(WHO) ",  "J. ",
      "’s ",         "'",       "-",
      "1999",        ", ",      ". ",
      "March",       " 12 ",    "$",
      "km ",         "%",       "\n\n",
      "also ",       "known",   " as ",
      "Élan ",       "中文",    "is ",
      "a ",          "film ",   "&",
      "U.S.",        "Alpha ",  "Beta",
      "(",           ")",       "-upon-",
      "World ",      "Health ", "Organization ",
      "million ",    "€",
  };
  std::string text;
  for (std::size_t i = random() % 60; i > 0; --i) {
    if (random() % 12 == 0) {
      text.push_back(static_cast<char>(random() % 256));
    } else {
      text += pieces[random() % pieces.size()];
    }
  }
  return text;
}

void CheckPromises(const Page& page, const Extraction& found) {
  const ExtractedMention* last = nullptr;
  for (const ExtractedMention& mention : found.mentions) {
    EXPECT_FALSE(mention.surface.empty());
    ASSERT_LT(mention.chunk, page.chunks.size());
    EXPECT_GT(mention.confidence, 0);
    EXPECT_LE(mention.confidence, 1);
    if (mention.kind != MentionKind::kTitle) {
      EXPECT_EQ(mention.span.Of(page.document.text), mention.surface);
      EXPECT_TRUE(page.chunks[mention.chunk].span.Contains(mention.span));
    }
    if (last != nullptr) {
      EXPECT_LE(std::tie(last->chunk, last->span),
                std::tie(mention.chunk, mention.span));
      EXPECT_FALSE(last->chunk == mention.chunk &&
                   last->span.Overlaps(mention.span));
    }
    last = &mention;
  }
  for (const DefinedName& name : found.names) {
    EXPECT_FALSE(name.name.empty());
    EXPECT_FALSE(name.canonical.empty());
    EXPECT_LT(name.chunk, std::max<std::size_t>(page.chunks.size(), 1));
  }
}

TEST(RuleExtractor, RandomTextsKeepEveryPromise) {
  constexpr unsigned kSeed = 20261124;
  RecordProperty("seed", static_cast<int>(kSeed));
  std::mt19937 random(kSeed);
  for (int round = 0; round < 5000; ++round) {
    SCOPED_TRACE(round);
    Page page;
    for (std::size_t i = random() % 4; i > 0; --i) {
      const BlockType type =
          random() % 4 == 0 ? BlockType::kHeading : BlockType::kParagraph;
      AddBlock(page, type, RandomText(random));
    }
    const std::string title = RandomText(random);
    CheckPromises(page, Extract(page, title));
    MakeRuleExtractor()->ExtractFromQuestion(title);
  }
}

}  // namespace
}  // namespace cairn
