#include "tables/question_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tables/number_text.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn {
namespace {

constexpr std::array<std::string_view, 13> kNumberWords = {
    "zero",  "one",   "two",  "three", "four",   "five",  "six",
    "seven", "eight", "nine", "ten",   "eleven", "twelve"};
constexpr std::array<std::string_view, 11> kOrdinalWords = {
    "",      "first",   "second", "third", "fourth", "fifth",
    "sixth", "seventh", "eighth", "ninth", "tenth"};

// Parts of numbers "1,000.5" that folding splits come together again.
std::optional<double> NumberAt(std::string_view text, const ByteSpan& span,
                               std::uint32_t& end) {
  const std::string_view rest = text.substr(span.begin);
  if (!IsAsciiDigit(rest[0])) return std::nullopt;
  const auto number = ReadNumber(rest, '.');
  if (!number) return std::nullopt;
  end = span.begin + static_cast<std::uint32_t>(number->bytes);
  return number->value;
}

void ReadNumberWord(QuestionToken& token) {
  for (std::size_t i = 0; i < kNumberWords.size(); ++i) {
    if (token.folded == kNumberWords[i]) token.number = static_cast<double>(i);
  }
  for (std::size_t i = 2; i < kOrdinalWords.size(); ++i) {
    if (token.folded == kOrdinalWords[i]) token.number = static_cast<double>(i);
  }
}

}  // namespace

bool QuestionText::Has(std::string_view folded) const {
  return Find(folded) < tokens.size();
}

std::size_t QuestionText::Find(std::string_view first,
                               std::string_view second) const {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].folded != first) continue;
    if (second.empty()) return i;
    if (i + 1 < tokens.size() && tokens[i + 1].folded == second) return i;
  }
  return tokens.size();
}

QuestionText ReadQuestion(std::string_view question) {
  QuestionText out;
  out.text = std::string(question);
  std::uint32_t covered = 0;
  for (Word& word : FoldWords(question)) {
    if (out.tokens.size() == kQuestionTokensMax) break;
    if (word.span.begin < covered) continue;
    QuestionToken& token = out.tokens.emplace_back();
    token.folded = std::move(word.term);
    token.span = word.span;
    std::uint32_t end = 0;
    token.number = NumberAt(question, word.span, end);
    if (token.number) {
      token.digits = end >= word.span.end;
      if (end > word.span.end) {
        token.span.end = end;
        token.folded = NormalizeName(token.span.Of(question));
        covered = end;
      }
    } else {
      ReadNumberWord(token);
    }
    token.stem = StemOf(token.folded);
    token.stop = IsStopWord(token.folded);
  }
  return out;
}

std::string StemOf(std::string_view folded) {
  const std::vector<Word> words = AnalyzeWords(folded, "en");
  return words.size() == 1 ? words[0].term : std::string(folded);
}

std::vector<std::string> StemsOf(std::string_view text) {
  std::vector<std::string> stems;
  for (const Word& word : FoldWords(text)) stems.push_back(StemOf(word.term));
  return stems;
}

}  // namespace cairn
