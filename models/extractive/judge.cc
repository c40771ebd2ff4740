#include "models/extractive/judge.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "models/extractive/candidates.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr double kCosineShare = 1.0;  // Beside the lexical score's 1.
constexpr double kFitShare = 0.25;
constexpr double kLinkShare = 0.05;
// A point of the reader's log odds, for answers of few words and for others.
constexpr double kSpanShare = 0.15;
constexpr double kExplanationShare = 0.05;
// What a row counts as, which the reader was not trained to read.
constexpr double kOddsOfFittingRow = 2;
constexpr double kOddsOfWrongKind = -4;
constexpr double kStandsOutOdds = -0.5;

constexpr std::array<std::string_view, 24> kMeasures = {
    "year", "years", "month",   "months",  "week",       "weeks",
    "day",  "days",  "hour",    "hours",   "minute",     "minutes",
    "mile", "miles", "metres",  "meters",  "kilometres", "kilometers",
    "km",   "feet",  "percent", "dollars", "euros",      "pounds"};

bool WantsFigure(AnswerType type) {
  return type == AnswerType::kNumber || type == AnswerType::kQuantity ||
         type == AnswerType::kDate || type == AnswerType::kYear;
}

// "at least six months" of "least six months".
std::string_view WithAt(ByteSpan answer, std::string_view text) {
  const std::string_view read = answer.Of(text);
  const std::string_view before = text.substr(0, answer.begin);
  if ((read.starts_with("least ") || read.starts_with("most ")) &&
      (before.ends_with("at ") || before.ends_with("At "))) {
    answer.begin -= 3;
  }
  return answer.Of(text);
}

// The reader's words, unless they cannot be an answer.
std::string ReadAnswer(const Unit& unit, const Question& question) {
  const std::string_view answer = WithAt(unit.answer, unit.text);
  const TermSet terms = TermsOf(answer);
  const bool echo = std::all_of(
      terms.begin(), terms.end(), [&question](const std::string& term) {
        return IsStopWord(term) ||
               std::find(question.terms.begin(), question.terms.end(), term) !=
                   question.terms.end();
      });
  if (echo) return "";
  if (WantsFigure(question.type) && TypeFit(answer, question) < 0.7) return "";
  return std::string(answer);
}

// "5 years" does not answer "How many people".
bool CountsSomethingElse(const Unit& unit, const Question& question) {
  if (question.type != AnswerType::kNumber) return false;
  // The words read, and the one after them.
  const std::string_view rest =
      std::string_view(unit.text).substr(unit.answer.begin);
  for (const Word& word : FoldWords(rest)) {
    if (word.span.begin > unit.answer.size() + 1) return false;
    const bool measure = std::find(kMeasures.begin(), kMeasures.end(),
                                   word.term) != kMeasures.end();
    if (!measure) continue;
    const TermSet stem = TermsOf(word.term);
    return std::none_of(stem.begin(), stem.end(), [&](const std::string& term) {
      return std::find(question.terms.begin(), question.terms.end(), term) !=
             question.terms.end();
    });
  }
  return false;
}

// Sets the short answer, whether it fits, and the odds.
void Answer(const EvidencePassage& passage, const Question& question,
            Judged& judged) {
  const Unit& unit = *judged.unit;
  if (!unit.cells.empty()) {
    const auto cell = AnswerCell(unit, passage, question);
    if (cell) judged.short_answer = passage.cells[*cell].text;
    judged.fits = cell.has_value();
  } else if (unit.odds) {
    judged.odds = unit.odds;
    judged.short_answer = ReadAnswer(unit, question);
    const bool wrong =
        (WantsFigure(question.type) && judged.short_answer.empty()) ||
        CountsSomethingElse(unit, question);
    if (wrong) {
      judged.short_answer.clear();
      judged.odds = std::min(*unit.odds, kOddsOfWrongKind);
    }
    judged.fits = !judged.short_answer.empty();
    // What a definition says is all that it says.
    if (unit.defines && question.type != AnswerType::kPerson) {
      judged.short_answer.clear();
    }
  } else if (const auto found = FindShortAnswer(unit.text, question)) {
    judged.short_answer = std::string(found->span.Of(unit.text));
    judged.fits = found->fits;
  }
}

// The reader's part of the score; `read`: any unit was read.
double ReadingScore(const Judged& judged, const Question& question, bool read) {
  if (!read) return 0;
  double odds = judged.odds.value_or(kOddsMin);
  if (!judged.unit->cells.empty() && judged.fits) odds = kOddsOfFittingRow;
  const double share = question.explains() ? kExplanationShare : kSpanShare;
  return share * std::clamp(odds, kOddsMin, kOddsMax);
}

}  // namespace

std::vector<Judged> JudgeAll(const std::vector<Unit>& units,
                             const GenerationRequest& request,
                             const Question& question) {
  const bool read =
      std::any_of(units.begin(), units.end(),
                  [](const Unit& unit) { return unit.odds.has_value(); });
  std::vector<Judged> all;
  for (const Unit& unit : units) {
    const EvidencePassage& passage = request.evidence[unit.passage];
    Judged judged{.unit = &unit, .short_answer = {}};
    Answer(passage, question, judged);
    // Not encoded: the passage's own cosine, which is known from retrieval.
    const double cosine = unit.cosine.value_or(passage.similarity);
    judged.score = unit.lexical + kCosineShare * cosine +
                   (judged.fits ? kFitShare : 0) +
                   (passage.linked ? kLinkShare : 0) +
                   ReadingScore(judged, question, read);
    all.push_back(std::move(judged));
  }
  std::stable_sort(
      all.begin(), all.end(),
      [](const Judged& a, const Judged& b) { return a.score > b.score; });
  return all;
}

Signs SignsOf(const Judged& best, const GenerationRequest& request,
              const Question& question) {
  const Unit& unit = *best.unit;
  const EvidencePassage& passage = request.evidence[unit.passage];
  return {.cosine = unit.cosine.value_or(passage.similarity),
          .coverage = unit.coverage,
          .passage_coverage = unit.passage_coverage,
          .missing = MissingKeys(passage, question),
          .odds = best.odds,
          .explains = question.explains()};
}

bool StandsOut(const Judged& judged) {
  if (judged.short_answer.empty()) return false;
  return !judged.odds || *judged.odds >= kStandsOutOdds;
}

}  // namespace cairn::extractive
