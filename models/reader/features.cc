#include "models/reader/features.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "models/reader/words.h"

namespace cairn::reader {
namespace {

// Columns of a row. Before kExact: shape, of the word alone.
enum Column : std::size_t {
  kCapital,
  kCapitals,
  kDigitFirst,
  kYear,
  kDigit,
  kSign,
  kPause,
  kStop,
  kOpening,
  kClosing,
  kHyphen,
  kFunctionWord,
  kMonth,
  kNumberWord,
  kMark,
  kAfterStop,
  kExact,     // The word is one of the question.
  kStem,      // Its stem is.
  kSentence,  // Share of the question's stems in this sentence.
  kPassage,   // Share of them in the passage.
};
static_assert(kPassage + 1 == kFeatures);

using WordSet = std::set<std::string_view>;

const WordSet kFunctionWords = {
    "a",     "an",    "the",  "of",    "in",    "on",     "at",      "by",
    "for",   "from",  "to",   "with",  "and",   "or",     "but",     "as",
    "is",    "are",   "was",  "were",  "be",    "been",   "has",     "have",
    "had",   "do",    "does", "did",   "not",   "that",   "this",    "these",
    "those", "it",    "its",  "he",    "she",   "they",   "his",     "her",
    "their", "which", "who",  "whom",  "whose", "what",   "when",    "where",
    "why",   "how",   "than", "then",  "there", "can",    "could",   "will",
    "would", "may",   "into", "about", "after", "before", "between", "during",
    "over",  "under"};
const WordSet kMonths = {"january",   "february", "march",    "april",
                         "may",       "june",     "july",     "august",
                         "september", "october",  "november", "december"};
const WordSet kNumberWords = {
    "one",      "two",   "three",  "four",    "five",     "six",      "seven",
    "eight",    "nine",  "ten",    "eleven",  "twelve",   "thirteen", "twenty",
    "thirty",   "forty", "fifty",  "hundred", "thousand", "million",  "billion",
    "trillion", "first", "second", "third",   "half",     "dozen"};
const WordSet kPauses = {",", ";", ":"};
const WordSet kStops = {".", "?", "!"};
// With the curly quotes and guillemets in UTF-8.
const WordSet kOpenings = {"(",       "[", "{", "\xe2\x80\x9c", "\xe2\x80\x98",
                           "\xc2\xab"};
const WordSet kClosings = {")",       "]", "}", "\xe2\x80\x9d", "\xe2\x80\x99",
                           "\xc2\xbb"};
const WordSet kHyphens = {"-", "/", "'", "\xe2\x80\x93", "\xe2\x80\x94"};
const WordSet kMarks = {"$", "%", "&", "\""};

bool IsUpper(char letter) { return letter >= 'A' && letter <= 'Z'; }
bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

std::string Lower(std::string_view word) {
  std::string lower(word);
  for (char& letter : lower) {
    if (IsUpper(letter)) letter = static_cast<char>(letter + ('a' - 'A'));
  }
  return lower;
}

// Crude and the same everywhere: a common ending off, 3 bytes at least stay.
std::string_view Stem(std::string_view folded) {
  for (const std::string_view ending : {"ing", "ed", "es", "ly", "s", "e"}) {
    if (folded.ends_with(ending) && folded.size() >= ending.size() + 3) {
      return folded.substr(0, folded.size() - ending.size());
    }
  }
  return folded;
}

// Capitals of ASCII and Latin-1.
bool IsCapital(std::string_view word) {
  if (IsUpper(word.front())) return true;
  return word.size() > 1 && word[0] == '\xc3' &&
         static_cast<unsigned char>(word[1]) <= 0x9e;
}

FeatureRow Shape(std::string_view word, std::string_view folded,
                 bool after_stop) {
  const auto digits = std::count_if(word.begin(), word.end(), IsDigit);
  const auto capitals = std::count_if(word.begin(), word.end(), IsUpper);
  const auto size = static_cast<std::ptrdiff_t>(word.size());
  FeatureRow row{};
  const auto set = [&row](Column column, bool value) {
    row[column] = value ? 1.0F : 0.0F;
  };
  set(kCapital, IsCapital(word));
  set(kCapitals, size > 1 && capitals == size);
  set(kDigitFirst, IsDigit(word.front()));
  set(kYear, size == 4 && digits == 4 && (word[0] == '1' || word[0] == '2'));
  set(kDigit, digits > 0);
  set(kSign, IsSign(word));
  set(kPause, kPauses.contains(word));
  set(kStop, kStops.contains(word));
  set(kOpening, kOpenings.contains(word));
  set(kClosing, kClosings.contains(word));
  set(kHyphen, kHyphens.contains(word));
  set(kFunctionWord, kFunctionWords.contains(folded));
  set(kMonth, kMonths.contains(folded) && IsCapital(word));
  set(kNumberWord, kNumberWords.contains(folded));
  set(kMark, kMarks.contains(word));
  set(kAfterStop, after_stop);
  return row;
}

struct ReadWords {
  std::vector<FeatureRow> rows;
  std::vector<std::string> folded;
  std::vector<std::size_t> sentences;  // Number of the sentence of each word.

  bool IsContent(std::size_t at) const {
    return rows[at][kSign] == 0 && rows[at][kFunctionWord] == 0;
  }
  std::string_view StemOf(std::size_t at) const { return Stem(folded[at]); }
};

ReadWords ReadShapes(const std::vector<std::string_view>& words) {
  ReadWords read;
  bool after_stop = true;
  std::size_t stops = 0;
  for (const std::string_view word : words) {
    read.folded.push_back(Lower(word));
    read.rows.push_back(Shape(word, read.folded.back(), after_stop));
    if (after_stop) ++stops;
    read.sentences.push_back(stops);
    after_stop = read.rows.back()[kStop] != 0;
  }
  return read;
}

// Folded content words and their stems. The views live as long as `read`.
struct Known {
  WordSet folded;
  WordSet stems;
};

Known KnownOf(const ReadWords& read) {
  Known known;
  for (std::size_t at = 0; at < read.rows.size(); ++at) {
    if (!read.IsContent(at)) continue;
    known.folded.insert(read.folded[at]);
    known.stems.insert(read.StemOf(at));
  }
  return known;
}

void MarkMatches(const Known& other, ReadWords& read) {
  for (std::size_t at = 0; at < read.rows.size(); ++at) {
    if (!read.IsContent(at)) continue;
    read.rows[at][kExact] = other.folded.contains(read.folded[at]) ? 1 : 0;
    read.rows[at][kStem] = other.stems.contains(read.StemOf(at)) ? 1 : 0;
  }
}

}  // namespace

Features FeaturesOf(const std::vector<std::string_view>& question,
                    const std::vector<std::string_view>& text) {
  ReadWords asked = ReadShapes(question);
  ReadWords here = ReadShapes(text);
  const Known of_question = KnownOf(asked);
  const Known of_text = KnownOf(here);
  MarkMatches(of_text, asked);
  MarkMatches(of_question, here);
  std::map<std::size_t, WordSet> of_sentence;
  for (std::size_t at = 0; at < here.rows.size(); ++at) {
    if (here.rows[at][kStem] != 0) {
      of_sentence[here.sentences[at]].insert(here.StemOf(at));
    }
  }
  const auto size =
      static_cast<float>(std::max<std::size_t>(of_question.stems.size(), 1));
  const auto found = static_cast<float>(
      std::count_if(of_question.stems.begin(), of_question.stems.end(),
                    [&of_text](std::string_view stem) {
                      return of_text.stems.contains(stem);
                    }));
  for (std::size_t at = 0; at < here.rows.size(); ++at) {
    here.rows[at][kSentence] =
        static_cast<float>(of_sentence[here.sentences[at]].size()) / size;
    here.rows[at][kPassage] = found / size;
  }
  for (FeatureRow& row : asked.rows) row[kPassage] = found / size;
  return {.question = std::move(asked.rows), .text = std::move(here.rows)};
}

}  // namespace cairn::reader
