// The generator with a reader, blocks and questions about differences.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "models/extractive/extractive_generator.h"
#include "models/extractive/question.h"
#include "models/fake/fake_embedder.h"

namespace cairn {
namespace {

constexpr std::uint32_t kOffset = 500;

// Knows phrases and their odds; of everything else it reads the first sign.
class PhraseReader final : public AnswerReader {
 public:
  explicit PhraseReader(std::map<std::string, double> odds)
      : odds_(std::move(odds)) {}
  const std::string& id() const override { return id_; }
  StatusOr<Reading> Read(std::string_view, std::string_view,
                         std::string_view text,
                         std::span<const ByteSpan> units) const override {
    Reading reading;
    for (const ByteSpan& unit : units) {
      ReadSpan best{.span = {unit.begin, unit.begin + 1}, .score = -9};
      for (const auto& [phrase, odds] : odds_) {
        const std::size_t at = unit.Of(text).find(phrase);
        if (at == std::string_view::npos || odds < best.score) continue;
        const auto begin = static_cast<std::uint32_t>(unit.begin + at);
        best = {
            .span = {begin, begin + static_cast<std::uint32_t>(phrase.size())},
            .score = odds};
      }
      reading.units.push_back(best);
    }
    return reading;
  }

 private:
  const std::string id_ = "phrases";
  const std::map<std::string, double> odds_;
};

// Blocks joined by an empty line, items of a list by a line break.
EvidencePassage Blocks(
    const std::string& title,
    const std::vector<std::pair<BlockType, std::string>>& blocks) {
  EvidencePassage passage;
  passage.title = title;
  for (const auto& [type, text] : blocks) {
    if (!passage.text.empty()) passage.text += "\n\n";
    const auto begin =
        kOffset + static_cast<std::uint32_t>(passage.text.size());
    passage.text += text;
    passage.blocks.push_back(
        {.type = type,
         .span = {begin, begin + static_cast<std::uint32_t>(text.size())}});
  }
  passage.span = {kOffset,
                  kOffset + static_cast<std::uint32_t>(passage.text.size())};
  passage.similarity = 0.7;
  return passage;
}

Draft Ask(const std::string& question, std::map<std::string, double> odds,
          std::vector<EvidencePassage> evidence) {
  static const FakeEmbedder embedder(256);
  const PhraseReader reader(std::move(odds));
  const auto generator = MakeExtractiveGenerator(embedder, &reader);
  auto draft = generator->Generate(
      {.question = question, .evidence = std::move(evidence)});
  EXPECT_TRUE(draft.ok()) << draft.status().ToString();
  return draft.ok() ? *std::move(draft) : Draft();
}

std::vector<EvidencePassage> Releases() {
  return {Blocks(
      "Debian names",
      {{BlockType::kHeading, "Which Debian release is the tyrannosaurus?"},
       {BlockType::kParagraph, "The Debian release names are:"},
       {BlockType::kListItem, "buzz was the spaceman of a Debian release"},
       {BlockType::kListItem, "rex was the tyrannosaurus Debian release"},
       {BlockType::kListItem, "bo was the girl of a Debian release"}})};
}

TEST(Reading, TheReadSpanIsTheShortAnswerAndItsItemStandsAlone) {
  const Draft draft = Ask("Which Debian release is the tyrannosaurus?",
                          {{"rex", 5}}, Releases());
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "rex");
  ASSERT_EQ(draft.sentences.size(), 2u);
  EXPECT_EQ(draft.sentences[0].text, "The Debian release names are:");
  EXPECT_EQ(draft.sentences[1].text,
            "rex was the tyrannosaurus Debian release");
}

TEST(Reading, AtLeastIsReadInFull) {
  const Draft draft =
      Ask("How long before the end must the tenant give notice?",
          {{"least six months", 5}},
          {Blocks("Lease", {{BlockType::kParagraph,
                             "The tenant must give notice at least six months "
                             "before the end of the lease."}})});
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  EXPECT_EQ(draft.short_answer, "at least six months");
}

TEST(Reading, AWeakSpanIsNotShown) {
  const Draft draft = Ask("Which Debian release is the tyrannosaurus?",
                          {{"rex", -1}}, Releases());
  EXPECT_TRUE(draft.short_answer.empty());
}

TEST(Reading, HeadingsAreNeverQuoted) {
  const Draft draft = Ask("Which Debian release is the tyrannosaurus?",
                          {{"Which Debian", 6}, {"rex", 3}}, Releases());
  for (const DraftSentence& sentence : draft.sentences) {
    EXPECT_FALSE(sentence.text.ends_with('?')) << sentence.text;
  }
}

TEST(Reading, YearsDoNotCountPeople) {
  const std::vector<EvidencePassage> evidence = {
      Blocks("Canonical",
             {{BlockType::kParagraph,
               "Canonical promises updates that people work with for 5 years "
               "after release."}})};
  const std::string people = "How many people work for Canonical?";
  const std::string years =
      "How many years does Canonical promise updates for people?";
  const Draft wrong = Ask(people, {{"5 years", 3}}, evidence);
  const Draft right = Ask(years, {{"5 years", 3}}, evidence);
  EXPECT_TRUE(wrong.short_answer.empty()) << wrong.short_answer;
  EXPECT_LT(wrong.confidence, right.confidence);
  EXPECT_EQ(right.short_answer, "5 years");
}

TEST(Reading, ADifferenceGetsAQuoteOfEachSideWithItsExplanation) {
  const std::vector<EvidencePassage> evidence = {Blocks(
      "Upgrades",
      {{BlockType::kParagraph,
        "To upgrade a system, use apt upgrade. This command removes no "
        "packages. Read the notes first."},
       {BlockType::kParagraph,
        "For large upgrades use apt full-upgrade. It may remove packages."}})};
  const Draft draft =
      Ask("What is the difference between apt upgrade and apt full-upgrade?",
          {{"use apt", 6}}, evidence);
  ASSERT_FALSE(draft.abstained) << draft.confidence;
  ASSERT_EQ(draft.sentences.size(), 2u);
  EXPECT_EQ(draft.sentences[0].text,
            "To upgrade a system, use apt upgrade. This command removes no "
            "packages.");
  EXPECT_EQ(draft.sentences[1].text,
            "For large upgrades use apt full-upgrade. It may remove packages.");
  EXPECT_TRUE(draft.short_answer.empty());
  for (const DraftSentence& sentence : draft.sentences) {
    const ByteSpan& span = sentence.quotes.at(0).span;
    EXPECT_EQ(evidence[0].text.substr(span.begin - kOffset, span.size()),
              sentence.text);
  }
}

TEST(Question, KnowsTheSidesOfADifference) {
  const auto question = extractive::ReadQuestion(
      "What is the difference between a cat and the red dog?");
  ASSERT_TRUE(question.sides.has_value());
  EXPECT_EQ(question.sides->words[0], std::vector<std::string>{"cat"});
  EXPECT_EQ(question.sides->words[1], (std::vector<std::string>{"red", "dog"}));
  EXPECT_TRUE(question.explains());
  EXPECT_FALSE(extractive::ReadQuestion("Who met Ann and Bob?").sides);
  EXPECT_TRUE(extractive::HasPhrase("A Red dog, barking", {"red", "dog"}));
  EXPECT_FALSE(extractive::HasPhrase("apt full-upgrade", {"upgrade"}));
}

}  // namespace
}  // namespace cairn
