#include "models/rules/names.h"

#include <algorithm>
#include <utility>

#include "models/rules/lexicon.h"
#include "text/utf8.h"
#include "text/words.h"

namespace cairn::rules {
namespace {

constexpr std::size_t kHeadTokensMax = 8;
constexpr std::size_t kKeyWordsMax = 6;
constexpr std::size_t kKeyBytesMax = 100;
constexpr std::size_t kAcronymMax = 10;
constexpr float kAcronymStrength = 0.9F;
constexpr float kKnownAsStrength = 0.7F;

std::string LowerAt(std::string_view text, const Tokens& tokens,
                    std::size_t at) {
  return LowerAscii(tokens[at].span.Of(text));
}

// "W.H.O." to "WHO".
std::string Letters(std::string_view acronym) {
  std::string letters;
  for (const char sign : acronym) {
    if (IsAsciiUpper(sign)) letters.push_back(sign);
  }
  return letters;
}

// The words before token `end` whose initials spell the acronym, read
// backwards; small words ("of") may be left out.
TokenRange LongForm(std::string_view text, const Tokens& tokens,
                    std::size_t end, const std::string& letters) {
  std::size_t at = end;
  std::size_t left = letters.size();
  while (at > 0 && left > 0) {
    const Token& token = tokens[--at];
    if (token.IsMark(U'&') || token.IsMark(U'-')) continue;
    if (!token.IsWord()) return {};
    const char initial = text[token.span.begin];
    if (token.capital) {
      if (initial != letters[left - 1]) return {};
      --left;
    } else if (!IsConnector(LowerAscii(token.span.Of(text)))) {
      return {};
    }
    if (left > 0 && token.starts_sentence) return {};
  }
  if (left > 0 || end - at < 2) return {};
  return {.begin = at, .end = end};
}

void AddAcronym(std::string_view text, const Tokens& tokens, std::size_t open,
                std::vector<Alias>& aliases) {
  if (open == 0 || open + 2 >= tokens.size()) return;
  const Token& inside = tokens[open + 1];
  const std::string_view acronym = inside.span.Of(text);
  if (!inside.IsWord() || !IsAcronym(acronym)) return;
  if (!tokens[open + 2].IsMark(U')') && !tokens[open + 2].IsMark(U',')) return;
  const std::string letters = Letters(acronym);
  if (letters.size() > kAcronymMax) return;
  const TokenRange range = LongForm(text, tokens, open, letters);
  if (range.begin >= range.end) return;
  aliases.push_back({.name = std::string(acronym),
                     .canonical = std::string(SpanOf(tokens, range).Of(text)),
                     .strength = kAcronymStrength,
                     .offset = inside.span.begin});
}

// First token behind "also known as", "better called", ...; 0: none at `at`.
std::size_t BehindKnownAs(std::string_view text, const Tokens& tokens,
                          std::size_t at) {
  if (at + 3 >= tokens.size() || !tokens[at].IsWord()) return 0;
  const std::string adverb = LowerAt(text, tokens, at);
  if (adverb != "also" && adverb != "better" && adverb != "commonly" &&
      adverb != "formerly" && adverb != "often" && adverb != "popularly") {
    return 0;
  }
  const std::string verb = LowerAt(text, tokens, at + 1);
  std::size_t next = at + 2;
  if (verb == "known") {
    if (LowerAt(text, tokens, next) == "simply") ++next;
    if (next >= tokens.size() || LowerAt(text, tokens, next) != "as") return 0;
    ++next;
  } else if (verb != "called") {
    return 0;
  }
  if (next < tokens.size() && LowerAt(text, tokens, next) == "the") ++next;
  return next;
}

// The name that starts at `at`: quoted or a run.
std::string NameAt(std::string_view text, const Tokens& tokens, std::size_t at,
                   const WordUse& use) {
  const bool quoted = at < tokens.size() &&
                      (tokens[at].IsMark(U'"') || tokens[at].mark == 0x201c);
  if (quoted) ++at;
  if (at >= tokens.size() || !tokens[at].capital) return {};
  const Run run = RunAt(text, tokens, at, use);
  if (run.range.begin != at) return {};
  return std::string(SpanOf(tokens, run.range).Of(text));
}

}  // namespace

std::vector<Alias> FindAliases(std::string_view text, const Tokens& tokens,
                               const WordUse& use, bool leads) {
  std::vector<Alias> aliases;
  std::string subject;  // The last run of this sentence.
  bool first_sentence = leads;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (i > 0 && tokens[i].starts_sentence) {
      subject.clear();
      first_sentence = false;
    }
    if (tokens[i].IsMark(U'(')) AddAcronym(text, tokens, i, aliases);
    if (tokens[i].capital) {
      const Run run = RunAt(text, tokens, i, use);
      if (run.range.begin < run.range.end) {
        subject = SpanOf(tokens, run.range).Of(text);
      }
      i = run.next - 1;
      continue;
    }
    const std::size_t behind = BehindKnownAs(text, tokens, i);
    if (behind == 0 || (subject.empty() && !first_sentence)) continue;
    std::string name = NameAt(text, tokens, behind, use);
    if (name.empty()) continue;
    aliases.push_back({.name = std::move(name),
                       .canonical = first_sentence ? "" : subject,
                       .strength = kKnownAsStrength,
                       .offset = tokens[behind].span.begin});
  }
  return aliases;
}

std::string WithoutBrackets(std::string_view title) {
  const std::size_t open = title.rfind(" (");
  if (open == title.npos || open == 0 || title.back() != ')') return {};
  return std::string(title.substr(0, open));
}

namespace {

// What stands before "is", "was", "(" or "," at the start of a region.
struct Head {
  TokenRange range;  // Empty: there is none.
  bool comma = false;
};

Head HeadAt(std::string_view text, const Tokens& tokens) {
  std::size_t begin = 0;
  if (!tokens.empty() && LowerAt(text, tokens, 0) == "the") begin = 1;
  for (std::size_t end = begin;
       end < tokens.size() && end - begin <= kHeadTokensMax; ++end) {
    const std::string word = LowerAt(text, tokens, end);
    const bool stops = word == "is" || word == "was" || word == "are" ||
                       word == "were" || word == "(" || word == ",";
    if (!stops) continue;
    if (begin == end || !tokens[begin].capital) return {};
    return {.range = {.begin = begin, .end = end}, .comma = word == ","};
  }
  return {};
}

}  // namespace

std::string HeadOfFirstSentence(std::string_view text, const Tokens& tokens,
                                std::string_view title) {
  const Head found = HeadAt(text, tokens);
  if (found.range.begin == found.range.end) return {};
  const std::string head(SpanOf(tokens, found.range).Of(text));
  const std::vector<Word> title_words = FoldWords(title);
  for (const Word& word : FoldWords(head)) {
    const auto same = [&](const Word& other) {
      return other.term == word.term;
    };
    if (!IsStopWord(word.term) &&
        std::any_of(title_words.begin(), title_words.end(), same)) {
      return head;
    }
  }
  return {};
}

std::string GuessedHead(std::string_view text, const Tokens& tokens) {
  const Head found = HeadAt(text, tokens);
  std::size_t words = 0;
  for (std::size_t i = found.range.begin; i < found.range.end; ++i) {
    const Token& token = tokens[i];
    if (i > found.range.begin && token.starts_sentence) return {};
    if (token.kind == TokenKind::kMark) continue;
    const std::string word = LowerAt(text, tokens, i);
    if (i == found.range.begin && IsStopWord(word)) return {};
    if (token.IsWord() && !token.capital && !IsConnector(word)) return {};
    ++words;
  }
  // "However, ..." is no name; "Malmo, a city" is lost with it.
  if (words == 0 || (found.comma && words == 1)) return {};
  return std::string(SpanOf(tokens, found.range).Of(text));
}

bool LooksLikeKey(std::string_view cell) {
  if (cell.empty() || cell.size() > kKeyBytesMax) return false;
  const Tokens tokens =
      Tokenize(cell, {0, static_cast<std::uint32_t>(cell.size())});
  std::size_t words = 0;
  bool letters = false;
  for (const Token& token : tokens) {
    words += token.kind == TokenKind::kMark ? 0 : 1;
    letters = letters || token.IsWord();
  }
  return letters && words <= kKeyWordsMax;
}

}  // namespace cairn::rules
