#include "text/words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "text/language.h"
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
  EXPECT_EQ(Terms(AnalyzeWords("H\u00e4user", "de")).back(), "haus");
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

TEST(AnalyzeWords, ReadsScriptsWithoutSpacesAsSignsAndPairs) {
  EXPECT_EQ(Terms(AnalyzeWords("\u6771\u4eac\u90fd\u3002\u6e56", "zh")),
            (Strings{"\u6771", "\u6771\u4eac", "\u4eac", "\u4eac\u90fd",
                     "\u90fd", "\u6e56"}));
  // A word of another script in between, whatever the language is.
  for (const char* language : {"zh", "en", "de"}) {
    EXPECT_EQ(Terms(AnalyzeWords("\u6e56Elba\u6e56", language)),
              (Strings{"\u6e56", "elba", "\u6e56"}));
  }
}

TEST(AnalyzeWords, FindsThePairsOfAWordInASentence) {
  const Strings sentence =
      Terms(AnalyzeWords("\u955c\u6708\u6e56\u6709\u591a\u6df1\uff1f", "zh"));
  for (const std::string& term :
       Terms(AnalyzeWords("\u955c\u6708\u6e56", "zh"))) {
    EXPECT_NE(std::find(sentence.begin(), sentence.end(), term), sentence.end())
        << term;
  }
}

TEST(AnalyzeWords, PartsElidedWordsWhereALanguageElides) {
  EXPECT_EQ(Terms(AnalyzeWords("l'\u00e9tang d'eau", "fr")).back(), "eau");
  EXPECT_EQ(Terms(AnalyzeWords("l'\u00e9tang", "fr")),
            Terms(AnalyzeWords("l\u2019\u00e9tang", "fr")));
  const Strings water = Terms(AnalyzeWords("de l\u2019eau", "fr"));
  EXPECT_EQ(water, (Strings{"de", "l", "eau"}));
  EXPECT_EQ(Terms(AnalyzeWords("don't", "en")), (Strings{"don't"}));
}

TEST(AnalyzeWords, ReadsACurlyApostropheLikeAStraightOne) {
  EXPECT_EQ(Terms(AnalyzeWords("Poland\u2019s don\u2019t", "en")),
            Terms(AnalyzeWords("Poland's don't", "en")));
}

TEST(AnalyzeWords, GivesNamesOfOtherLanguagesAnEnglishTermToo) {
  const Strings german = Terms(AnalyzeWords("Thornbury F\u00e4hre", "de"));
  for (const std::string& term :
       Terms(AnalyzeWords("Thornbury F\u00e4hre", "en"))) {
    EXPECT_NE(std::find(german.begin(), german.end(), term), german.end())
        << term;
  }
  // English and scripts of their own keep one term a word.
  EXPECT_EQ(AnalyzeWords("Running databases", "en").size(), 2U);
  EXPECT_EQ(Terms(AnalyzeWords("databases \u0440\u0435\u043a\u0438", "ru")),
            (Strings{"databas", "\u0440\u0435\u043a"}));
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

TEST(FoldWords, ReadsScriptsWithoutSpacesSignBySign) {
  EXPECT_EQ(NormalizeName("\u4eac\u90fdX-\u6e56"), "\u4eac \u90fd x \u6e56");
  // Half-width and squared forms are those of full width, folded once or twice.
  for (const char* name : {"\uff71\uff72", "\u3300", "a\uff71b"}) {
    const std::string once = NormalizeName(name);
    EXPECT_EQ(NormalizeName(once), once) << name;
  }
  EXPECT_EQ(NormalizeName("\uff71\uff72"), NormalizeName("\u30a2\u30a4"));
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

TEST(SplitSentences, KnowsOrdinalsAndAbbreviationsOfOtherLanguages) {
  EXPECT_EQ(Sentences("Am 3. Oktober kam er. Im 19. Jahrhundert nicht."),
            (Strings{"Am 3. Oktober kam er.", "Im 19. Jahrhundert nicht."}));
  EXPECT_EQ(Sentences("He was 19. Later he left."),
            (Strings{"He was 19.", "Later he left."}));
  EXPECT_EQ(Sentences("Tiere, z. B. Hunde. Mehr nicht."),
            (Strings{"Tiere, z. B. Hunde.", "Mehr nicht."}));
  EXPECT_EQ(Sentences("avec M. Dupont. Puis"),
            (Strings{"avec M. Dupont.", "Puis"}));
  // "In 1947 (the year), A. Mertsalova died. Then it stood."
  EXPECT_EQ(Sentences("\u0412 1947 \u0433. \u0443\u043c\u0435\u0440 \u0410. "
                      "\u041c\u0435\u0440. \u041e\u043d"),
            (Strings{"\u0412 1947 \u0433. \u0443\u043c\u0435\u0440 \u0410. "
                     "\u041c\u0435\u0440.",
                     "\u041e\u043d"}));
}

TEST(SplitSentences, KnowsStopsAndClosersOfOtherScripts) {
  EXPECT_EQ(Sentences("\u597d\u3002\u597d\uff01\u300d\u597d\uff1f"),
            (Strings{"\u597d\u3002", "\u597d\uff01\u300d", "\u597d\uff1f"}));
  EXPECT_EQ(Sentences("\u0645\u0627\u061f \u0645\u0627"),
            (Strings{"\u0645\u0627\u061f", "\u0645\u0627"}));
  EXPECT_EQ(Sentences("\u201eKomm.\u201c Er kam."),
            (Strings{"\u201eKomm.\u201c", "Er kam."}));
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

TEST(GuessLanguage, KnowsAQuestionByItsFirstWord) {
  EXPECT_EQ(GuessLanguage("Wann starb R\u00f6delbach?"), "de");
  EXPECT_EQ(GuessLanguage("Wie tief ist der Karsee?"), "de");
  EXPECT_EQ(GuessLanguage("Quand est mort Courtemanche ?"), "fr");
  EXPECT_EQ(GuessLanguage("\u00bfD\u00f3nde naci\u00f3 Aldecoa?"), "es");
  EXPECT_EQ(GuessLanguage("Who directed Das Boot?"), "en");
  EXPECT_EQ(GuessLanguage("What is the population of Los Angeles?"), "en");
  EXPECT_EQ(GuessLanguage("Los Angeles"), "en");
  EXPECT_EQ(GuessLanguage("When was the die cast?"), "en");
}

TEST(IsSmallWord, KnowsWholeWordsOfItsLanguageAlone) {
  EXPECT_TRUE(IsSmallWord("der", "de"));
  EXPECT_TRUE(IsSmallWord("wann", "de"));
  EXPECT_TRUE(IsSmallWord("o\u00f9", "fr"));
  EXPECT_FALSE(IsSmallWord("de", "de"));  // A part of "der".
  EXPECT_FALSE(IsSmallWord("der die", "en"));
  EXPECT_FALSE(IsSmallWord("the", "en"));
  EXPECT_FALSE(IsSmallWord("der", "zh"));
  EXPECT_FALSE(IsSmallWord("", "de"));
}

}  // namespace
}  // namespace cairn
