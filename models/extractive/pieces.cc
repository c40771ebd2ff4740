#include "models/extractive/pieces.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr std::array<std::string_view, 21> kNumberWords = {
    "one",    "two",    "three", "four",   "five",    "six",      "seven",
    "eight",  "nine",   "ten",   "eleven", "twelve",  "thirteen", "fifteen",
    "twenty", "thirty", "forty", "fifty",  "hundred", "thousand", "dozen"};

// Bytes of a sign that cannot be part of a word at `at`; 0: it can. General
// punctuation (dashes, curly quotes, ellipsis) is U+2010..U+2027: E2 80 90..A7.
std::size_t PunctuationAt(std::string_view text, std::size_t at) {
  const auto sign = static_cast<unsigned char>(text[at]);
  if (sign < 0x80) {
    const bool kept = std::isalnum(sign) != 0 || sign == '$' || sign == '%';
    return kept ? 0 : 1;
  }
  if (sign != 0xe2 || at + 2 >= text.size()) return 0;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const auto third = static_cast<unsigned char>(text[at + 2]);
  return second == 0x80 && third >= 0x90 && third <= 0xa7 ? 3 : 0;
}

// Punctuation that joins: "7,000", "3.5", "U.S", "it's", "well-known".
bool Joins(std::string_view text, std::size_t at, std::size_t size) {
  if (at == 0 || at + size >= text.size()) return false;
  if (PunctuationAt(text, at - 1) != 0) return false;
  if (PunctuationAt(text, at + size) != 0) return false;
  const auto before = static_cast<unsigned char>(text[at - 1]);
  const auto after = static_cast<unsigned char>(text[at + size]);
  const std::string_view sign = text.substr(at, size);
  if (sign == "," || sign == ":") {
    return std::isdigit(before) != 0 && std::isdigit(after) != 0;
  }
  return sign == "." || sign == "-" || sign == "'" || sign == "/" ||
         sign == "&" || sign == "\xe2\x80\x99";
}

bool IsCapital(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  if (std::isupper(first) != 0) return true;
  // Latin-1 capitals: C3 80..9E.
  return first == 0xc3 && word.size() > 1 &&
         static_cast<unsigned char>(word[1]) <= 0x9e;
}

Piece MakePiece(std::string_view sentence, std::size_t begin, std::size_t end) {
  Piece piece{.begin = begin, .end = end, .lower = {}};
  const std::string_view word = sentence.substr(begin, end - begin);
  for (const char sign : word) {
    piece.lower +=
        static_cast<char>(std::tolower(static_cast<unsigned char>(sign)));
  }
  piece.capital = IsCapital(word);
  const std::size_t digit = word.front() == '$' && word.size() > 1 ? 1 : 0;
  piece.number = std::isdigit(static_cast<unsigned char>(word[digit])) != 0 ||
                 std::find(kNumberWords.begin(), kNumberWords.end(),
                           piece.lower) != kNumberWords.end();
  piece.stop = IsStopWord(piece.lower);
  return piece;
}

void MarkAsked(std::string_view sentence, const Question& question,
               std::vector<Piece>& pieces) {
  std::size_t at = 0;
  for (const Word& word : AnalyzeWords(sentence, "en")) {
    while (at < pieces.size() && pieces[at].end <= word.span.begin) ++at;
    if (at == pieces.size()) return;
    if (std::find(question.terms.begin(), question.terms.end(), word.term) !=
        question.terms.end()) {
      pieces[at].asked = true;
    }
  }
}

}  // namespace

std::vector<Piece> SplitPieces(std::string_view sentence,
                               const Question& question) {
  std::vector<Piece> pieces;
  std::size_t at = 0;
  while (at < sentence.size()) {
    if (const std::size_t skip = PunctuationAt(sentence, at); skip != 0) {
      const bool space =
          std::isspace(static_cast<unsigned char>(sentence[at])) != 0;
      if (!space && !pieces.empty()) pieces.back().breaks = true;
      at += skip;
      continue;
    }
    std::size_t end = at;
    while (end < sentence.size()) {
      const std::size_t size = PunctuationAt(sentence, end);
      if (size != 0 && !Joins(sentence, end, size)) break;
      end += std::max<std::size_t>(size, 1);
    }
    pieces.push_back(MakePiece(sentence, at, end));
    pieces.back().first = pieces.size() == 1;
    at = end;
  }
  MarkAsked(sentence, question, pieces);
  return pieces;
}

}  // namespace cairn::extractive
