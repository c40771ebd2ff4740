#include "services/query/repetitions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "graph/name_rules.h"
#include "services/query/select.h"
#include "text/words.h"

namespace cairn {
namespace {

// The rule of the header as it stands there, on strings and pair by pair.
bool RepeatsNaively(const std::string& text, const std::string& other) {
  const auto terms_of = [](const std::string& from) {
    std::vector<std::string> terms;
    for (const Word& word : FoldWords(from)) terms.push_back(word.term);
    return terms;
  };
  const auto shingles_of = [](const std::vector<std::string>& terms) {
    std::set<std::vector<std::string>> shingles;
    for (std::size_t i = 0; i + Repetitions::kShingleWords <= terms.size();
         ++i) {
      const auto at = terms.begin() + static_cast<std::ptrdiff_t>(i);
      shingles.insert({at, at + Repetitions::kShingleWords});
    }
    return shingles;
  };
  const auto terms = terms_of(text);
  const auto others = terms_of(other);
  if (terms.empty() && others.empty()) return text == other;
  if (terms == others) return true;
  const auto shingles = shingles_of(terms);
  if (shingles.empty()) return false;
  const auto known = shingles_of(others);
  std::size_t shared = 0;
  for (const auto& shingle : shingles) shared += known.count(shingle);
  if (static_cast<double>(shared) <
      Repetitions::kContained * static_cast<double>(shingles.size())) {
    return false;
  }
  for (const Word& word : FoldWords(text)) {
    if (StandsOut(word.span.Of(text)) &&
        std::find(others.begin(), others.end(), word.term) == others.end()) {
      return false;
    }
  }
  return true;
}

// Texts, copies with a few changes, and pieces of them.
class Texts {
 public:
  explicit Texts(std::uint64_t seed) : random_(seed) {}
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  std::string Make() {
    std::string text;
    for (std::size_t n = Below(60); n > 0; --n) text += Word() + " ";
    return text;
  }
  std::string Changed(const std::string& text) {
    std::vector<std::string> words;
    for (const cairn::Word& word : FoldWords(text)) {
      words.emplace_back(word.span.Of(text));
    }
    for (std::size_t n = Below(4); n > 0 && !words.empty(); --n) {
      const auto at =
          words.begin() + static_cast<std::ptrdiff_t>(Below(words.size()));
      if (Below(3) == 0)
        words.erase(at);
      else
        *at = Below(2) == 0 ? Word() : *at + ",";
    }
    if (Below(3) == 0) words.resize(words.size() / 2);
    std::string changed;
    for (const std::string& word : words) changed += word + " ";
    return changed;
  }

 private:
  std::string Word() {
    static const std::vector<std::string> kWords = {
        "stone", "Path", "grey",  "the", "of",    "River", "1843",
        "town",  "a",    "built", "by",  "Elg",   "was",   "in",
        "water", "石",   "café",  "and", "tides", "№"};
    return kWords[Below(kWords.size())];
  }
  std::mt19937_64 random_;
};

TEST(Repetitions, EqualTheRuleAppliedPairByPair) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Texts texts(seed);
    std::size_t repeated = 0;
    std::size_t fresh = 0;
    for (int round = 0; round < 40; ++round) {
      Repetitions repetitions;
      std::vector<std::string> added;
      for (int i = 0; i < 25; ++i) {
        const std::string text =
            added.empty() || texts.Below(3) == 0
                ? texts.Make()
                : texts.Changed(added[texts.Below(added.size())]);
        bool expected = false;
        for (const std::string& other : added) {
          expected = expected || RepeatsNaively(text, other);
        }
        ASSERT_EQ(repetitions.Repeats(text), expected) << text;
        ++(expected ? repeated : fresh);
        if (!expected || texts.Below(2) == 0) {
          repetitions.Add(text);
          added.push_back(text);
        }
      }
    }
    // Both answers are common, or the comparison would say little.
    EXPECT_GT(repeated, 100U);
    EXPECT_GT(fresh, 100U);
  }
}

std::string LongText(const std::string& name, const std::string& year) {
  std::string text = name + " was taken over in " + year + ". ";
  for (int i = 0; i < 12; ++i) {
    text += "The report of part " + std::string(1, static_cast<char>('a' + i)) +
            " says that the works went on as they had been planned. ";
  }
  return text;
}

TEST(Repetitions, AreTextsThatSayNothingNew) {
  Repetitions repetitions;
  const std::string text = LongText("Varne Mill", "1843");
  repetitions.Add(text);
  EXPECT_TRUE(repetitions.Repeats(text));
  EXPECT_TRUE(repetitions.Repeats(text.substr(0, text.size() / 2)));
  std::string slightly = text;
  slightly.replace(slightly.find("planned"), 7, "foreseen");
  EXPECT_TRUE(repetitions.Repeats(slightly));
}

TEST(Repetitions, AreNotTextsOfOneTemplateOrTextsThatSayMore) {
  Repetitions repetitions;
  repetitions.Add(LongText("Varne Mill", "1843"));
  EXPECT_FALSE(repetitions.Repeats(LongText("Varne Mill", "1844")));
  EXPECT_FALSE(repetitions.Repeats(LongText("Helsing Mill", "1843")));
  EXPECT_FALSE(repetitions.Repeats(
      LongText("Varne Mill", "1843") +
      "A second part of this text tells what has been done with the wheel, "
      "with the weir and with the race, and who paid for all of that."));
}

TEST(Selection, DropsRepetitionsUnlessTheyAreWanted) {
  const std::string text = LongText("Varne Mill", "1843");
  std::string slightly = text;
  slightly.replace(slightly.find("planned"), 7, "foreseen");
  Hit hit;
  Selection selection({.limit = 10});
  EXPECT_TRUE(selection.Take(hit, 0, text));
  EXPECT_FALSE(selection.Take(hit, 0, slightly));
  EXPECT_FALSE(selection.Take(hit, 0, text));
  Selection all({.limit = 10, .keep_repetitions = true});
  EXPECT_TRUE(all.Take(hit, 0, text));
  EXPECT_TRUE(all.Take(hit, 0, slightly));
  EXPECT_TRUE(all.Take(hit, 0, text));
}

}  // namespace
}  // namespace cairn
