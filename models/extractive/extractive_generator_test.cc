#include "models/extractive/extractive_generator.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "models/extractive/answer_type.h"
#include "models/extractive/candidates.h"
#include "models/extractive/question.h"
#include "models/fake/fake_embedder.h"

namespace cairn {
namespace {

using extractive::AnswerType;

// Where passages begin in their documents: not at 0, so that a span relative
// to the passage would be seen.
constexpr std::uint32_t kOffset = 1000;

EvidencePassage Passage(std::string title, std::string text) {
  EvidencePassage passage;
  passage.title = std::move(title);
  passage.span = {kOffset, kOffset + static_cast<std::uint32_t>(text.size())};
  passage.text = std::move(text);
  return passage;
}

// Rows of cells, the first one the header, "a | b\n".
EvidencePassage TablePassage(
    const std::string& title,
    const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  EvidencePassage passage;
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    for (std::uint32_t column = 0; column < rows[row].size(); ++column) {
      if (column > 0) text += " | ";
      EvidenceCell cell{.cell = {}, .text = rows[row][column]};
      cell.cell.row = row;
      cell.cell.column = column;
      cell.cell.header = row == 0;
      cell.cell.span.begin = kOffset + static_cast<std::uint32_t>(text.size());
      text += rows[row][column];
      cell.cell.span.end = kOffset + static_cast<std::uint32_t>(text.size());
      (row == 0 ? passage.header_cells : passage.cells).push_back(cell);
    }
    text += '\n';
  }
  passage.title = title;
  passage.table = true;
  passage.header_rows = 1;
  passage.span = {kOffset, kOffset + static_cast<std::uint32_t>(text.size())};
  passage.text = std::move(text);
  return passage;
}

std::vector<EvidencePassage> Shelf() {
  return {
      Passage("Marie Curie",
              "Marie Curie was a physicist. She was born in Warsaw on 7 "
              "November 1867. Marie Curie won the Nobel Prize in Physics in "
              "1903 with Pierre Curie. The radium institute employed 42 "
              "people in Paris."),
      Passage("Basalt",
              "Many sea floors are made of basalt. Basalt is a dark volcanic "
              "rock. The quarry sold basalt for $5.4 million in 1998."),
      Passage("Harbour bridge",
              "The Harbour bridge was designed by John Bradfield. The bridge "
              "opened on 19 March 1932. It carries 160,000 vehicles every "
              "day.")};
}

Draft Ask(std::string question, std::vector<EvidencePassage> evidence,
          std::uint32_t sentences_max = 4) {
  static const FakeEmbedder embedder(256);
  const auto generator = MakeExtractiveGenerator(embedder);
  const auto draft = generator->Generate({.question = std::move(question),
                                          .evidence = std::move(evidence),
                                          .sentences_max = sentences_max});
  EXPECT_TRUE(draft.ok());
  return draft.ok() ? *draft : Draft();
}

void ExpectQuotesExact(const Draft& draft,
                       const std::vector<EvidencePassage>& evidence) {
  for (const DraftSentence& sentence : draft.sentences) {
    ASSERT_EQ(sentence.quotes.size(), 1u);
    const Quote& quote = sentence.quotes[0];
    ASSERT_LT(quote.passage, evidence.size());
    const EvidencePassage& passage = evidence[quote.passage];
    ASSERT_TRUE(passage.span.Contains(quote.span));
    EXPECT_EQ(passage.text.substr(quote.span.begin - passage.span.begin,
                                  quote.span.size()),
              sentence.text);
    EXPECT_GE(sentence.confidence, 0);
    EXPECT_LE(sentence.confidence, 1);
  }
}

TEST(ExtractiveGenerator, AnswersWhoWithAName) {
  const Draft draft = Ask("Who designed the Harbour bridge?", Shelf());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "John Bradfield");
  EXPECT_EQ(draft.sentences[0].text,
            "The Harbour bridge was designed by John Bradfield.");
}

TEST(ExtractiveGenerator, AnswersWhenWithAWholeDate) {
  const Draft draft = Ask("When was the Harbour bridge opened?", Shelf());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "19 March 1932");
}

TEST(ExtractiveGenerator, AnswersWhatYearWithAYear) {
  const Draft draft = Ask("In what year did the Harbour bridge open?", Shelf());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "1932");
}

TEST(ExtractiveGenerator, AnswersWhereByTheTitleOfThePassage) {
  const Draft draft = Ask("Where was Marie Curie born?", Shelf());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "Warsaw");
}

TEST(ExtractiveGenerator, AnswersHowManyAndHowMuch) {
  const Draft many =
      Ask("How many vehicles does the Harbour bridge carry?", Shelf());
  ASSERT_FALSE(many.abstained) << many.confidence;
  EXPECT_EQ(many.short_answer, "160,000");
  const Draft much = Ask("How much did the quarry sell basalt for?", Shelf());
  ASSERT_FALSE(much.abstained) << much.confidence;
  EXPECT_EQ(much.short_answer, "$5.4 million");
}

TEST(ExtractiveGenerator, DefinesByTheSentenceThatSaysWhatItIs) {
  const Draft draft = Ask("What is basalt?", Shelf());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.sentences[0].text, "Basalt is a dark volcanic rock.");
  EXPECT_EQ(draft.short_answer, "a dark volcanic rock");
}

TEST(ExtractiveGenerator, ReadsTheCellOfATable) {
  const std::vector<EvidencePassage> evidence = {
      TablePassage("Rivers of Europe", {{"River", "Length", "Mouth"},
                                        {"Rhine", "1,233 km", "North Sea"},
                                        {"Danube", "2,850 km", "Black Sea"},
                                        {"Volga", "3,531 km", "Caspian Sea"}})};
  const Draft length = Ask("What is the length of the Danube?", evidence);
  ASSERT_FALSE(length.abstained) << length.confidence;
  EXPECT_EQ(length.short_answer, "2,850 km");
  EXPECT_EQ(length.sentences[0].text, "Danube | 2,850 km | Black Sea");
  ExpectQuotesExact(length, evidence);
  const Draft mouth = Ask("What is the mouth of the Volga?", evidence);
  EXPECT_EQ(mouth.short_answer, "Caspian Sea");
}

TEST(ExtractiveGenerator, ReadsATableWithoutCellsByLine) {
  EvidencePassage table = TablePassage(
      "Rivers",
      {{"River", "Length"}, {"Rhine", "1,233 km"}, {"Danube", "2,850 km"}});
  table.cells.clear();
  table.context = "Rivers > Lengths. River | Length";
  const Draft draft = Ask("What is the length of the river Danube?", {table});
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.sentences[0].text, "Danube | 2,850 km");
}

TEST(ExtractiveGenerator, AbstainsOffTopic) {
  for (const char* question :
       {"Who won the football world cup?", "What is a mortgage?",
        "When did Napoleon invade Russia?",
        "How many moons does the planet Jupiter have?", "asdf qwer zxcv"}) {
    const Draft draft = Ask(question, Shelf());
    EXPECT_TRUE(draft.abstained) << question << " " << draft.confidence;
    EXPECT_FALSE(draft.abstain_reason.empty());
    EXPECT_TRUE(draft.sentences.empty());
    EXPECT_TRUE(draft.short_answer.empty());
  }
}

TEST(ExtractiveGenerator, AbstainsWithoutEvidenceOrWords) {
  EXPECT_TRUE(Ask("Who designed the bridge?", {}).abstained);
  EXPECT_TRUE(Ask("Who designed the bridge?", {Passage("", "")}).abstained);
  EXPECT_TRUE(Ask("Who?", {Passage("", " \n ... --- ")}).abstained);
  EXPECT_TRUE(Ask("", Shelf()).abstained);
}

TEST(ExtractiveGenerator, QuotesExactBytes) {
  const std::vector<EvidencePassage> shelf = Shelf();
  for (const char* question :
       {"Who designed the Harbour bridge?", "What is basalt?",
        "Where was Marie Curie born?", "Who won the Nobel Prize in Physics?"}) {
    const Draft draft = Ask(question, shelf);
    ASSERT_FALSE(draft.abstained) << question << " " << draft.confidence;
    ExpectQuotesExact(draft, shelf);
  }
}

TEST(ExtractiveGenerator, CutsVeryLongSentencesOnBorders) {
  std::string text = "Das Flussbett";
  for (int i = 0; i < 900; ++i) text += "äö";
  text += " Harbour bridge designed by John Bradfield";
  const std::vector<EvidencePassage> evidence = {Passage("Harbour", text)};
  const Draft draft = Ask("Who designed the Harbour bridge?", evidence);
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  ExpectQuotesExact(draft, evidence);
  for (const DraftSentence& sentence : draft.sentences) {
    EXPECT_NE(static_cast<unsigned char>(sentence.text[0]) & 0xc0, 0x80);
  }
}

TEST(ExtractiveGenerator, KeepsToTheNumberOfSentencesAndDropsRepeats) {
  const std::string line = "The Harbour bridge was designed by John Bradfield.";
  const std::vector<EvidencePassage> evidence = {
      Passage("A", line), Passage("B", line),
      Passage("C",
              "John Bradfield, who designed the Harbour bridge, was an "
              "engineer. Engineers said Bradfield had designed every part of "
              "the Harbour bridge himself.")};
  EXPECT_EQ(
      Ask("Who designed the Harbour bridge?", evidence, 1).sentences.size(),
      1u);
  const Draft draft = Ask("Who designed the Harbour bridge?", evidence, 9);
  int repeats = 0;
  for (const DraftSentence& sentence : draft.sentences) {
    repeats += sentence.text == line ? 1 : 0;
  }
  EXPECT_EQ(repeats, 1);
}

TEST(ExtractiveGenerator, GivesTheSameDraftEveryTime) {
  const Draft first = Ask("Where was Marie Curie born?", Shelf());
  for (int round = 0; round < 20; ++round) {
    const Draft again = Ask("Where was Marie Curie born?", Shelf());
    EXPECT_EQ(again.short_answer, first.short_answer);
    EXPECT_EQ(again.confidence, first.confidence);
    ASSERT_EQ(again.sentences.size(), first.sentences.size());
    for (std::size_t at = 0; at < first.sentences.size(); ++at) {
      EXPECT_EQ(again.sentences[at].text, first.sentences[at].text);
      EXPECT_EQ(again.sentences[at].confidence, first.sentences[at].confidence);
    }
  }
}

// Fails every encode.
class BrokenEmbedder final : public Embedder {
 public:
  const std::string& model_id() const override { return fake_.model_id(); }
  std::size_t dimension() const override { return fake_.dimension(); }
  std::size_t max_tokens() const override { return fake_.max_tokens(); }
  const Tokenizer& tokenizer() const override { return fake_.tokenizer(); }
  StatusOr<std::vector<float>> Embed(std::string_view,
                                     EmbedKind) const override {
    return InternalError("out of order");
  }

 private:
  FakeEmbedder fake_;
};

TEST(ExtractiveGenerator, FallsBackToWordsWhenTimeIsUp) {
  const BrokenEmbedder embedder;  // Not even asked.
  std::vector<EvidencePassage> evidence = Shelf();
  for (EvidencePassage& passage : evidence) passage.similarity = 0.6;
  const auto draft = MakeExtractiveGenerator(embedder)->Generate(
      {.question = "Who designed the Harbour bridge?",
       .evidence = evidence,
       .deadline = Deadline::After(std::chrono::seconds(-1))});
  ASSERT_TRUE(draft.ok());
  EXPECT_EQ(draft->short_answer, "John Bradfield");
}

TEST(ExtractiveGenerator, PassesOnTheEmbeddersError) {
  const BrokenEmbedder embedder;
  const auto draft = MakeExtractiveGenerator(embedder)->Generate(
      {.question = "Who designed the Harbour bridge?", .evidence = Shelf()});
  EXPECT_EQ(draft.status().code(), StatusCode::kInternal);
}

TEST(Question, KnowsWhatIsAskedFor) {
  const auto type = [](std::string_view text) {
    return extractive::ReadQuestion(text).type;
  };
  EXPECT_EQ(type("Who wrote it?"), AnswerType::kPerson);
  EXPECT_EQ(type("When did it end?"), AnswerType::kDate);
  EXPECT_EQ(type("In which year did it end?"), AnswerType::kYear);
  EXPECT_EQ(type("Where is it?"), AnswerType::kPlace);
  EXPECT_EQ(type("How many are there?"), AnswerType::kNumber);
  EXPECT_EQ(type("How much is it?"), AnswerType::kQuantity);
  EXPECT_EQ(type("What is a cairn?"), AnswerType::kDefinition);
  EXPECT_EQ(type("Which colour has it?"), AnswerType::kThing);
  EXPECT_EQ(type("What city hosts it?"), AnswerType::kPlace);
  EXPECT_EQ(type("Why did it fall?"), AnswerType::kReason);
  EXPECT_EQ(type("Is it so?"), AnswerType::kOther);
}

TEST(ShortAnswer, IsNeverMadeOfTheQuestion) {
  const extractive::Question question =
      extractive::ReadQuestion("Who met Marie Curie in Paris?");
  EXPECT_FALSE(extractive::FindShortAnswer("Marie Curie met Paris.", question)
                   .has_value());
}

}  // namespace
}  // namespace cairn
