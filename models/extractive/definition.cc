#include "models/extractive/definition.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/extractive/word_list.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

// Between a quoted term and its verb: `"Work", as used here, means`.
constexpr std::size_t kWordsBeforeVerb = 8;
constexpr std::size_t kTermWordsMax = 6;
constexpr std::size_t kExplainedWordsMin = 3;  // After "Yield:".
constexpr std::size_t kQuotedBytesMax = 80;

constexpr std::array<std::string_view, 17> kVerbs = {
    "is",     "are",   "mean",  "means",    "refer",    "refers",
    "denote", "shall", "has",   "denotes",  "have",     "include",
    "stands", "will",  "stand", "includes", "describes"};
// Unquoted, "X is" and "X has" are any sentence.
constexpr std::array<std::string_view, 8> kSureVerbs = {
    "means", "mean", "refers", "refer", "denotes", "denote", "stands", "stand"};

struct QuoteMarks {
  std::string_view open, close;
};
constexpr std::array<QuoteMarks, 4> kQuoteMarks = {
    {{"\"", "\""}, {"“", "”"}, {"„", "“"}, {"‘", "’"}}};

// The words between the next marks at or after `from`, and where they end.
struct Quoted {
  ByteSpan inside;
  std::size_t open = 0;  // First byte of the opening mark.
  std::size_t next = 0;  // After the closing one.
};

std::optional<Quoted> NextQuoted(std::string_view text, std::size_t from) {
  std::optional<Quoted> first;
  for (const QuoteMarks& marks : kQuoteMarks) {
    const std::size_t open = text.find(marks.open, from);
    if (open == std::string_view::npos || (first && first->open <= open)) {
      continue;
    }
    const std::size_t begin = open + marks.open.size();
    const std::size_t close = text.find(marks.close, begin);
    if (close == std::string_view::npos || close - begin > kQuotedBytesMax) {
      continue;
    }
    first = Quoted{
        {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(close)},
        open,
        close + marks.close.size()};
  }
  return first;
}

// Stems of the content words of a term.
TermSet ContentStems(std::string_view term) {
  TermSet stems;
  for (Word& word : AnalyzeWords(term, "en")) {
    if (IsStopWord(LowerAscii(word.span.Of(term)))) continue;
    stems.insert(std::move(word.term));
  }
  return stems;
}

// True when `term` is what the question asks about first and `sentence` speaks
// of the rest.
bool IsAsked(std::string_view term, std::string_view sentence,
             const Question& question) {
  const TermSet stems = ContentStems(term);
  if (stems.empty() || stems.size() > question.terms.size()) return false;
  for (std::size_t at = 0; at < stems.size(); ++at) {
    if (!stems.contains(question.terms[at])) return false;
  }
  if (stems.size() == question.terms.size()) return true;
  const TermSet all = TermsOf(sentence);
  return std::all_of(
      question.terms.begin(), question.terms.end(),
      [&all](const std::string& asked) { return all.contains(asked); });
}

bool VerbFollows(std::string_view rest) {
  std::size_t seen = 0;
  for (const Word& word : FoldWords(rest)) {
    if (IsOneOf(word.term, kVerbs)) return true;
    if (++seen > kWordsBeforeVerb) return false;
  }
  return false;
}

// `"You" or "Your" means ...`: quoted terms before the verb.
bool DefinesQuoted(std::string_view sentence, const Question& question) {
  // "1.1.", "The term", "In this agreement,".
  constexpr std::size_t kWordsBeforeMax = 5;
  std::size_t at = 0;
  while (const std::optional<Quoted> quoted = NextQuoted(sentence, at)) {
    const std::string_view before = sentence.substr(at, quoted->open - at);
    if (FoldWords(before).size() > kWordsBeforeMax) return false;
    if (VerbFollows(before)) return false;
    if (IsAsked(quoted->inside.Of(sentence), sentence, question)) {
      return VerbFollows(sentence.substr(quoted->next));
    }
    at = quoted->next;
  }
  return false;
}

// `Acme Corp. (the "Seller")`.
bool DefinesInBrackets(std::string_view sentence, const Question& question) {
  constexpr std::size_t kWordsBeforeMax = 3;  // "hereinafter called the".
  std::size_t at = 0;
  while (const std::optional<Quoted> quoted = NextQuoted(sentence, at)) {
    at = quoted->next;
    const std::size_t bracket = sentence.rfind('(', quoted->open);
    if (bracket == std::string_view::npos || bracket == 0) continue;
    const std::string_view before =
        sentence.substr(bracket + 1, quoted->open - bracket - 1);
    if (before.find(')') != std::string_view::npos ||
        FoldWords(before).size() > kWordsBeforeMax) {
      continue;
    }
    if (IsAsked(quoted->inside.Of(sentence), sentence, question)) return true;
  }
  return false;
}

// `A copy that is not "Transparent" is called "Opaque"`.
bool DefinesByName(std::string_view sentence, const Question& question) {
  constexpr std::array<std::string_view, 2> kNaming = {"called", "termed"};
  constexpr std::array<std::string_view, 2> kBeforeAs = {"known", "to"};
  std::size_t at = 0;
  while (const std::optional<Quoted> quoted = NextQuoted(sentence, at)) {
    at = quoted->next;
    const std::vector<Word> words = FoldWords(sentence.substr(0, quoted->open));
    if (words.size() < 2) continue;
    const std::string& last = words.back().term;
    const bool named =
        IsOneOf(last, kNaming) ||
        (last == "as" && IsOneOf(words[words.size() - 2].term, kBeforeAs));
    if (named && IsAsked(quoted->inside.Of(sentence), sentence, question)) {
      return true;
    }
  }
  return false;
}

// "Yield: the ratio of ...", "A yield curve means ...".
bool DefinesAtStart(std::string_view sentence, const Question& question) {
  const std::vector<Word> words = FoldWords(sentence);
  for (std::size_t at = 0; at < words.size() && at <= kTermWordsMax; ++at) {
    const std::string_view term = sentence.substr(0, words[at].span.begin);
    if (at > 0 && IsOneOf(words[at].term, kSureVerbs)) {
      return IsAsked(term, sentence, question);
    }
    const std::size_t colon = term.find(':');
    if (colon == std::string_view::npos) continue;
    const bool explained = words.size() - at >= kExplainedWordsMin;
    return explained && IsAsked(term.substr(0, colon), sentence, question);
  }
  return false;
}

}  // namespace

bool Defines(std::string_view sentence, const Question& question) {
  if (!question.defines) return false;
  return DefinesQuoted(sentence, question) ||
         DefinesInBrackets(sentence, question) ||
         DefinesByName(sentence, question) ||
         DefinesAtStart(sentence, question);
}

}  // namespace cairn::extractive
