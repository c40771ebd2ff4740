#include "models/extractive/candidates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/extractive/pieces.h"
#include "models/extractive/word_list.h"
#include "text/months.h"

namespace cairn::extractive {
namespace {

constexpr std::size_t kPiecesMax = 12;  // Of one candidate.

enum class Kind { kName, kNumber, kDate, kQuoted, kPhrase, kClause };

// Pieces [first, last] of the sentence.
struct Candidate {
  Kind kind = Kind::kPhrase;
  std::size_t first = 0;
  std::size_t last = 0;
};

using Pieces = std::vector<Piece>;

constexpr std::array<std::string_view, 7> kScales = {
    "million", "billion", "trillion", "thousand", "percent", "%", "hundred"};
constexpr std::array<std::string_view, 10> kJoints = {
    "of", "the", "de", "la", "von", "van", "der", "du", "del", "di"};
constexpr std::array<std::string_view, 8> kPlaceMarks = {
    "in", "at", "from", "near", "to", "of", "on", "around"};
constexpr std::array<std::string_view, 4> kCopulas = {"is", "are", "was",
                                                      "were"};

bool IsMonth(const Piece& piece) {
  return piece.capital && IsOneOf(piece.lower, kMonthNames);
}

// "1066", "1990s".
bool IsYear(const Piece& piece) {
  const std::string& word = piece.lower;
  if (word.size() < 4 || word.size() > 5) return false;
  for (std::size_t at = 0; at < 4; ++at) {
    if (std::isdigit(static_cast<unsigned char>(word[at])) == 0) return false;
  }
  return (word[0] == '1' || word[0] == '2') &&
         (word.size() == 4 || word[4] == 's');
}

bool IsDay(const Piece& piece) {
  return piece.number && piece.lower.size() <= 4 &&
         std::isdigit(static_cast<unsigned char>(piece.lower[0])) != 0;
}

// "D Month YYYY", "Month D, YYYY", "Month YYYY", "18th century", "1990s".
std::size_t DateEnd(const Pieces& pieces, std::size_t at) {
  std::size_t end = at;
  bool month = false;
  bool year = false;
  while (end < pieces.size() && end < at + 3) {
    const Piece& piece = pieces[end];
    if (IsMonth(piece) && !month) {
      month = true;
    } else if (IsYear(piece)) {
      year = true;
      ++end;
      break;
    } else if (!IsDay(piece)) {
      break;
    }
    ++end;
  }
  if (month || year) return end;
  const bool century = at + 1 < pieces.size() && pieces[at].number &&
                       (pieces[at + 1].lower == "century" ||
                        pieces[at + 1].lower == "centuries");
  return century ? at + 2 : at;
}

void AddDatesAndNumbers(const Pieces& pieces, const Question& question,
                        std::vector<Candidate>& out) {
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const std::size_t end = DateEnd(pieces, at);
    if (end > at) {
      std::size_t first = at;
      // Of "5 May 1066" a question after the year wants "1066".
      if (question.type == AnswerType::kYear && IsYear(pieces[end - 1])) {
        first = end - 1;
      }
      out.push_back({Kind::kDate, first, end - 1});
      at = end - 1;
      continue;
    }
    if (!pieces[at].number) continue;
    std::size_t last = at;
    while (
        last + 1 < pieces.size() && !pieces[last].breaks &&
        (IsOneOf(pieces[last + 1].lower, kScales) || pieces[last + 1].number)) {
      ++last;
    }
    const bool unit =
        question.type == AnswerType::kQuantity && last + 1 < pieces.size() &&
        !pieces[last].breaks && !pieces[last + 1].stop &&
        pieces[at].lower.front() != '$' && pieces[last].lower.back() != '%' &&
        pieces[last].lower != "percent";
    out.push_back({Kind::kNumber, at, last + (unit ? 1 : 0)});
    at = last;
  }
}

void AddNames(const Pieces& pieces, std::vector<Candidate>& out) {
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    if (!pieces[at].capital || pieces[at].stop || IsMonth(pieces[at])) continue;
    std::size_t last = at;
    for (std::size_t next = at + 1; next < pieces.size(); ++next) {
      if (pieces[next - 1].breaks) break;
      if (pieces[next].capital || (pieces[next].number && next == last + 1)) {
        last = next;
      } else if (!IsOneOf(pieces[next].lower, kJoints) || next > last + 2) {
        break;
      }
    }
    out.push_back({Kind::kName, at, last});
    at = last;
  }
}

// "developed", "approximately": no thing begins or ends with these.
bool IsLoose(const Piece& piece) {
  const std::string& word = piece.lower;
  return word.size() > 4 && !piece.capital &&
         (word.ends_with("ed") || word.ends_with("ly"));
}

// Runs of content words that the question does not have.
void AddPhrases(const Pieces& pieces, std::vector<Candidate>& out) {
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    const Piece& first = pieces[at];
    if (first.stop || first.asked || IsLoose(first)) continue;
    std::size_t last = at;
    while (last + 1 < pieces.size() && !pieces[last].breaks &&
           !pieces[last + 1].stop && !pieces[last + 1].asked) {
      ++last;
    }
    const std::size_t next = last;
    while (last > at && IsLoose(pieces[last])) --last;
    out.push_back({Kind::kPhrase, at, last});
    at = next;
  }
}

// What follows a copula or "because", up to the next punctuation.
void AddClauses(const Pieces& pieces, AnswerType type,
                std::vector<Candidate>& out) {
  if (type != AnswerType::kDefinition && type != AnswerType::kReason) return;
  for (std::size_t at = 0; at + 1 < pieces.size(); ++at) {
    const bool starts =
        type == AnswerType::kDefinition
            ? IsOneOf(pieces[at].lower, kCopulas)
            : pieces[at].lower == "because" ||
                  (pieces[at].lower == "due" && pieces[at + 1].lower == "to");
    if (!starts || pieces[at].breaks) continue;
    std::size_t first = at + 1;
    if (pieces[at].lower == "due" || pieces[first].lower == "of") ++first;
    std::size_t last = first;
    while (last + 1 < pieces.size() && !pieces[last].breaks &&
           pieces[last + 1].lower != "that" &&
           pieces[last + 1].lower != "which") {
      ++last;
    }
    if (first < pieces.size()) out.push_back({Kind::kClause, first, last});
    return;
  }
}

void AddQuoted(std::string_view sentence, const Pieces& pieces,
               std::vector<Candidate>& out) {
  std::size_t open = sentence.find('"');
  while (open != std::string_view::npos) {
    const std::size_t close = sentence.find('"', open + 1);
    if (close == std::string_view::npos) return;
    std::optional<std::size_t> first;
    std::size_t last = 0;
    for (std::size_t at = 0; at < pieces.size(); ++at) {
      if (pieces[at].begin < open || pieces[at].end > close) continue;
      if (!first) first = at;
      last = at;
    }
    if (first) out.push_back({Kind::kQuoted, *first, last});
    open = sentence.find('"', close + 1);
  }
}

double FitOf(Kind kind, AnswerType type) {
  switch (type) {
    case AnswerType::kPerson:
      return kind == Kind::kName ? 1 : kind == Kind::kPhrase ? 0.2 : 0;
    case AnswerType::kPlace:
      return kind == Kind::kName ? 1 : kind == Kind::kPhrase ? 0.3 : 0;
    case AnswerType::kDate:
    case AnswerType::kYear:
      return kind == Kind::kDate ? 1 : 0;
    case AnswerType::kNumber:
    case AnswerType::kQuantity:
      return kind == Kind::kNumber ? 1 : 0;
    case AnswerType::kDefinition:
    case AnswerType::kReason:
      return kind == Kind::kClause ? 1 : kind == Kind::kPhrase ? 0.3 : 0.1;
    case AnswerType::kThing:
      if (kind == Kind::kQuoted || kind == Kind::kName) return 0.8;
      return kind == Kind::kPhrase ? 0.7 : 0.2;
    case AnswerType::kOther:
      break;
  }
  return 0;
}

// Nearness to the words of the question, 0..1.
double Nearness(const Pieces& pieces, const Candidate& candidate) {
  double sum = 0;
  double all = 0;
  for (std::size_t at = 0; at < pieces.size(); ++at) {
    if (!pieces[at].asked) continue;
    all += 1;
    std::size_t away = 0;
    if (at < candidate.first) away = candidate.first - at;
    if (at > candidate.last) away = at - candidate.last;
    sum += 1 / (1 + static_cast<double>(away) / 4);
  }
  return all > 0 ? sum / all : 0;
}

double MarkBonus(const Pieces& pieces, const Candidate& candidate,
                 AnswerType type) {
  if (candidate.first == 0) return 0;
  const std::string& before = pieces[candidate.first - 1].lower;
  if (type == AnswerType::kPerson) return before == "by" ? 0.3 : 0;
  if (type == AnswerType::kPlace) return IsOneOf(before, kPlaceMarks) ? 0.3 : 0;
  return 0;
}

double ScoreOf(const Pieces& pieces, const Candidate& candidate,
               const Question& question) {
  double asked = 0;
  for (std::size_t at = candidate.first; at <= candidate.last; ++at) {
    asked += pieces[at].asked || pieces[at].stop ? 1 : 0;
  }
  const double size = static_cast<double>(candidate.last - candidate.first + 1);
  if (asked == size) return 0;
  const double fit = FitOf(candidate.kind, question.type);
  if (fit == 0) return 0;
  double score = fit + Nearness(pieces, candidate) +
                 MarkBonus(pieces, candidate, question.type);
  // A clause may repeat the question; a name should not.
  if (candidate.kind != Kind::kClause) score -= 0.5 * asked / size;
  // "How many people": the number that stands before "people".
  if (candidate.kind == Kind::kNumber && candidate.last + 1 < pieces.size() &&
      pieces[candidate.last + 1].asked) {
    score += 0.4;
  }
  return std::max(score, 0.01);
}

std::vector<Candidate> Collect(std::string_view sentence, const Pieces& pieces,
                               const Question& question) {
  std::vector<Candidate> all;
  AddDatesAndNumbers(pieces, question, all);
  AddNames(pieces, all);
  AddQuoted(sentence, pieces, all);
  AddClauses(pieces, question.type, all);
  AddPhrases(pieces, all);
  std::erase_if(all, [](const Candidate& one) {
    return one.last - one.first >= kPiecesMax && one.kind != Kind::kClause;
  });
  return all;
}

ByteSpan SpanOf(const Pieces& pieces, const Candidate& candidate) {
  return {static_cast<std::uint32_t>(pieces[candidate.first].begin),
          static_cast<std::uint32_t>(pieces[candidate.last].end)};
}

}  // namespace

std::optional<ShortAnswer> FindShortAnswer(std::string_view sentence,
                                           const Question& question) {
  const Pieces pieces = SplitPieces(sentence, question);
  std::optional<ShortAnswer> best;
  for (const Candidate& candidate : Collect(sentence, pieces, question)) {
    const double score = ScoreOf(pieces, candidate, question);
    if (score <= 0 || (best && best->score >= score)) continue;
    best = ShortAnswer{.span = SpanOf(pieces, candidate),
                       .score = score,
                       .fits = FitOf(candidate.kind, question.type) >= 0.7};
  }
  return best;
}

double TypeFit(std::string_view text, const Question& question) {
  const Pieces pieces = SplitPieces(text, question);
  double best = 0;
  for (const Candidate& candidate : Collect(text, pieces, question)) {
    best = std::max(best, FitOf(candidate.kind, question.type));
  }
  return best;
}

}  // namespace cairn::extractive
