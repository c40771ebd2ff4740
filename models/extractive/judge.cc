#include "models/extractive/judge.h"

#include <algorithm>

#include "models/extractive/candidates.h"
#include "text/words.h"

namespace cairn::extractive {
namespace {

constexpr double kCosineShare = 1.0;  // Beside the lexical score's 1.
constexpr double kFitShare = 0.25;
constexpr double kLinkShare = 0.05;
// A point of the reader's log odds, for answers of few words and for others.
constexpr double kSpanShare = 0.2;
constexpr double kExplanationShare = 0.05;
// What a row counts as, which the reader was not trained to read.
constexpr double kOddsOfFittingRow = 2;
constexpr double kStandsOutOdds = -1.5;

bool WantsFigure(AnswerType type) {
  return type == AnswerType::kNumber || type == AnswerType::kQuantity ||
         type == AnswerType::kDate || type == AnswerType::kYear;
}

// The reader's words, unless they cannot be an answer.
std::string ReadAnswer(const Unit& unit, const Question& question) {
  const std::string_view answer = unit.answer.Of(unit.text);
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

// Sets the short answer and whether it fits.
void Answer(const EvidencePassage& passage, const Question& question,
            Judged& judged) {
  const Unit& unit = *judged.unit;
  if (!unit.cells.empty()) {
    const auto cell = AnswerCell(unit, passage, question);
    if (cell) judged.short_answer = passage.cells[*cell].text;
    judged.fits = cell.has_value();
  } else if (unit.odds) {
    judged.short_answer = ReadAnswer(unit, question);
    judged.fits = !judged.short_answer.empty();
  } else if (const auto found = FindShortAnswer(unit.text, question)) {
    judged.short_answer = std::string(found->span.Of(unit.text));
    judged.fits = found->fits;
  }
}

// The reader's part of the score; `read`: any unit was read.
double ReadingScore(const Judged& judged, const Question& question,
                    bool read) {
  if (!read) return 0;
  const Unit& unit = *judged.unit;
  double odds = unit.odds.value_or(kOddsMin);
  if (!unit.cells.empty() && judged.fits) odds = kOddsOfFittingRow;
  const double share =
      question.explains() ? kExplanationShare : kSpanShare;
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
          .odds = unit.odds,
          .explains = question.explains()};
}

bool StandsOut(const Judged& judged) {
  if (judged.short_answer.empty()) return false;
  return !judged.unit->odds || *judged.unit->odds >= kStandsOutOdds;
}

}  // namespace cairn::extractive
