#include "text/words.h"

#include <gtest/gtest.h>

#include <random>

#include "text/utf8.h"

namespace cairn {
namespace {

std::vector<std::string> Terms(const std::vector<Word>& words) {
  std::vector<std::string> terms;
  for (const Word& word : words) terms.push_back(word.term);
  return terms;
}

std::vector<std::string> Sentences(std::string_view text) {
  std::vector<std::string> sentences;
  for (const ByteSpan& span : SplitSentences(text)) {
    sentences.emplace_back(span.Of(text));
  }
  return sentences;
}

using Strings = std::vector<std::string>;

TEST(AnalyzeWords, FoldsAndStemsEnglish) {
  EXPECT_EQ(Terms(AnalyzeWords("The runners' DOGS were running.", "en")),
            (Strings{"the", "runner", "dog", "were", "run"}));
  EXPECT_EQ(Terms(AnalyzeWords("Poland's 1,000.5 e-mails", "en")),
            (Strings{"poland", "1,000.5", "e", "mail"}));
}

TEST(AnalyzeWords, StemsByLanguage) {
  EXPECT_EQ(Terms(AnalyzeWords("H\u00e4user", "de")), (Strings{"haus"}));
}

TEST(AnalyzeWords, KeepsWordsWithMarksWhole) {
  const std::string text = "na\u00efve caf\u00e9s";
  const auto words = AnalyzeWords(text, "en");
  ASSERT_EQ(words.size(), 2U);
  EXPECT_EQ(words[0].span.Of(text), "na\u00efve");
}

TEST(AnalyzeWords, FoldsAccentsOfLatinAndGreekOnly) {
  EXPECT_EQ(Terms(AnalyzeWords("Malm\u00f6", "sv")),
            Terms(AnalyzeWords("malmo", "sv")));
  EXPECT_EQ(Terms(AnalyzeWords("fianc\u00e9e", "en")),
            Terms(AnalyzeWords("fiancee", "en")));
  EXPECT_EQ(Terms(AnalyzeWords("\u0141\u00f3d\u017a", "en")),
            Terms(AnalyzeWords("lodz", "en")));
  EXPECT_EQ(Terms(AnalyzeWords("\u0391\u03b8\u03ae\u03bd\u03b1", "el")),
            Terms(AnalyzeWords("\u0391\u03b8\u03b7\u03bd\u03b1", "el")));
  EXPECT_NE(Terms(AnalyzeWords("\u043c\u043e\u0439", "uk")),
            Terms(AnalyzeWords("\u043c\u043e\u0438", "uk")));
}

TEST(AnalyzeWords, TellsFoundersFromFinders) {
  EXPECT_EQ(Terms(AnalyzeWords("founded founding founders", "en")),
            (Strings{"founder", "founder", "founder"}));
  EXPECT_EQ(Terms(AnalyzeWords("found", "en")), (Strings{"found"}));
}

TEST(AnalyzeWords, SegmentsIdeographs) {
  const std::string text = "\u6771\u4eac\u90fd\u306f\u65e5\u672c";
  EXPECT_GE(AnalyzeWords(text, "ja").size(), 2U);
}

TEST(FoldWords, GivesOneFormToAllSpellings) {
  EXPECT_EQ(NormalizeName("  Małgorzata  Braunek's "), "małgorzata braunek");
  EXPECT_EQ(NormalizeName("Caf\u00e9 O\u2019Brien"), "cafe obrien");
  EXPECT_EQ(NormalizeName("Francis.The Pope"), "francis the pope");
  EXPECT_EQ(NormalizeName("?!"), "");
  // Letters that decompose into more than letters.
  EXPECT_EQ(NormalizeName("a\u037ab"), "ab");
  EXPECT_EQ(NormalizeName("co\u0140lecci\u00f3"), "colleccio");
}

TEST(FoldWords, SpansAreTheSurfaces) {
  const std::string text = "See \u00c9mile Zola's book";
  const auto words = FoldWords(text);
  ASSERT_EQ(words.size(), 4U);
  EXPECT_EQ(words[1].span.Of(text), "\u00c9mile");
  EXPECT_EQ(words[2].span.Of(text), "Zola");
}

TEST(SplitSentences, KnowsAbbreviationsInitialsAndMissingSpaces) {
  EXPECT_EQ(
      Sentences("Dr. J. Smith came. He paid $3.50! Why? e.g. this"),
      (Strings{"Dr. J. Smith came.", "He paid $3.50!", "Why? e.g. this"}));
  EXPECT_EQ(Sentences("Elected by Francis.The pope spoke."),
            (Strings{"Elected by Francis.", "The pope spoke."}));
  EXPECT_EQ(Sentences("First\n\nSecond part"),
            (Strings{"First", "Second part"}));
  EXPECT_EQ(Sentences("He said \"No.\" Then left."),
            (Strings{"He said \"No.\"", "Then left."}));
}

TEST(SplitSentences, CoversEverythingButWhiteSpaceOfAnyInput) {
  const unsigned seed = 20260711;
  std::mt19937 random(seed);
  SCOPED_TRACE("seed " + std::to_string(seed));
  const std::string_view parts[] = {"a",    "B",      ".",  " ", "\n", "\u3002",
                                    "\xff", "\u00e9", "Dr", "?", "\"", "1"};
  for (int round = 0; round < 500; ++round) {
    std::string text;
    const std::size_t size = random() % 40;
    for (std::size_t i = 0; i < size; ++i) {
      text += parts[random() % std::size(parts)];
    }
    std::size_t covered = 0;
    std::uint32_t last = 0;
    for (const ByteSpan& span : SplitSentences(text)) {
      ASSERT_LE(last, span.begin);
      ASSERT_LE(span.end, text.size());
      last = span.end;
      for (const char sign : span.Of(text)) covered += !IsAsciiSpace(sign);
    }
    std::size_t wanted = 0;
    for (const char sign : text) wanted += !IsAsciiSpace(sign);
    ASSERT_EQ(covered, wanted) << text;
    AnalyzeWords(text, "en");
    FoldWords(text);
  }
}

TEST(GuessLanguage, TellsCommonLanguagesApart) {
  EXPECT_EQ(GuessLanguage("The house of the king was on the hill"), "en");
  EXPECT_EQ(GuessLanguage("Das Haus ist nicht auf dem Berg und der See"), "de");
  EXPECT_EQ(GuessLanguage("Le roi est dans la maison pour une heure"), "fr");
  EXPECT_EQ(GuessLanguage("\u041c\u043e\u0441\u043a\u0432\u0430"), "ru");
  EXPECT_EQ(GuessLanguage("Chopin"), "en");
  EXPECT_EQ(GuessLanguage("12 34"), "");
}

}  // namespace
}  // namespace cairn
