#include "models/extractive/extractive_generator.h"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "models/extractive/candidates.h"
#include "models/extractive/confidence.h"
#include "models/extractive/question.h"
#include "models/extractive/units.h"

namespace cairn {
namespace {

using extractive::Question;
using extractive::Unit;

constexpr std::size_t kEncodedMax = 30;
constexpr std::size_t kThreads = 2;
constexpr double kCosineShare = 1.0;  // Beside the lexical score's 1.
constexpr double kFitShare = 0.25;
// A further sentence must be nearly as good as the first.
constexpr double kFurtherShare = 0.8;

double Dot(const std::vector<float>& a, const std::vector<float>& b) {
  double sum = 0;
  for (std::size_t at = 0; at < std::min(a.size(), b.size()); ++at) {
    sum += static_cast<double>(a[at]) * b[at];
  }
  return sum;
}

// Indexes of the units, best lexical score first.
std::vector<std::size_t> ByWords(const std::vector<Unit>& units) {
  std::vector<std::size_t> order(units.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_sort(order.begin(), order.end(),
                   [&units](std::size_t a, std::size_t b) {
                     return units[a].lexical > units[b].lexical;
                   });
  return order;
}

class ExtractiveGenerator final : public Generator {
 public:
  explicit ExtractiveGenerator(const Embedder& embedder)
      : embedder_(embedder) {}

  std::string_view id() const override { return "extractive-1"; }
  StatusOr<Draft> Generate(const GenerationRequest& request) const override;

 private:
  Status Encode(const GenerationRequest& request,
                std::vector<Unit>& units) const;

  const Embedder& embedder_;
};

// Sets the cosines of the units with the best words, as far as time allows.
Status ExtractiveGenerator::Encode(const GenerationRequest& request,
                                   std::vector<Unit>& units) const {
  if (request.deadline.expired()) return OkStatus();
  CAIRN_ASSIGN_OR_RETURN(const std::vector<float> question,
                         embedder_.Embed(request.question, EmbedKind::kQuery));
  std::vector<std::size_t> order = ByWords(units);
  order.resize(std::min(order.size(), kEncodedMax));
  std::vector<Status> failures(kThreads, OkStatus());
  std::atomic<std::size_t> next = 0;
  const auto work = [&](std::size_t thread) {
    for (std::size_t at = next++; at < order.size(); at = next++) {
      if (request.deadline.expired()) return;
      Unit& unit = units[order[at]];
      const auto vector = embedder_.Embed(unit.read, EmbedKind::kPassage);
      if (!vector.ok()) {
        failures[thread] = vector.status();
        return;
      }
      unit.cosine = Dot(question, *vector);
    }
  };
  std::thread helper(work, 1);
  work(0);
  helper.join();
  for (const Status& failure : failures) CAIRN_RETURN_IF_ERROR(failure);
  return OkStatus();
}

// A unit with its short answer; empty: none stands out.
struct Judged {
  const Unit* unit = nullptr;
  std::string short_answer;
  bool fits = false;
  double score = 0;
};

Judged Judge(const Unit& unit, const GenerationRequest& request,
             const Question& question) {
  const EvidencePassage& passage = request.evidence[unit.passage];
  Judged judged{.unit = &unit, .short_answer = {}};
  if (!unit.cells.empty()) {
    const auto cell = AnswerCell(unit, passage, question);
    if (cell) judged.short_answer = passage.cells[*cell].text;
    judged.fits = cell.has_value();
  } else if (const auto found = FindShortAnswer(unit.text, question)) {
    judged.short_answer = std::string(found->span.Of(unit.text));
    judged.fits = found->fits;
  }
  // Not encoded: the passage's own cosine, which is known from retrieval.
  const double cosine = unit.cosine.value_or(passage.similarity);
  judged.score = unit.lexical + kCosineShare * cosine +
                 (judged.fits ? kFitShare : 0) + (passage.linked ? 0.05 : 0);
  return judged;
}

Draft Abstain(std::string reason, double confidence) {
  return {.abstained = true,
          .abstain_reason = std::move(reason),
          .confidence = confidence,
          .short_answer = {},
          .sentences = {}};
}

double ConfidenceIn(const Judged& best, const GenerationRequest& request,
                    const Question& question) {
  const EvidencePassage& passage = request.evidence[best.unit->passage];
  return extractive::Confidence(
      {.cosine = best.unit->cosine.value_or(passage.similarity),
       .coverage = best.unit->coverage,
       .passage_coverage = best.unit->passage_coverage,
       .missing = MissingKeys(passage, question)});
}

Draft MakeDraft(const std::vector<Judged>& judged, double confidence,
                std::size_t sentences_max) {
  Draft draft{.abstain_reason = {},
              .confidence = confidence,
              .short_answer = judged.front().short_answer,
              .sentences = {}};
  std::vector<const Unit*> taken;
  const double best = judged.front().score;
  for (const Judged& one : judged) {
    if (taken.size() >= sentences_max) break;
    if (one.score < kFurtherShare * best) break;
    const bool repeats = std::any_of(
        taken.begin(), taken.end(),
        [&one](const Unit* other) { return NearlySame(*one.unit, *other); });
    if (repeats) continue;
    taken.push_back(one.unit);
    draft.sentences.push_back(
        {.text = one.unit->text,
         .quotes = {{.passage = one.unit->passage, .span = one.unit->span}},
         .confidence = best > 0 ? confidence * one.score / best : confidence});
  }
  return draft;
}

StatusOr<Draft> ExtractiveGenerator::Generate(
    const GenerationRequest& request) const {
  const Question question = extractive::ReadQuestion(request.question);
  std::vector<Unit> units = CollectUnits(request, question);
  if (units.empty()) return Abstain("nothing was found", 0);
  CAIRN_RETURN_IF_ERROR(Encode(request, units));
  std::vector<Judged> judged;
  judged.reserve(units.size());
  for (const Unit& unit : units) {
    judged.push_back(Judge(unit, request, question));
  }
  std::stable_sort(
      judged.begin(), judged.end(),
      [](const Judged& a, const Judged& b) { return a.score > b.score; });
  const double confidence = ConfidenceIn(judged.front(), request, question);
  if (confidence < extractive::kAnswerAtLeast) {
    return Abstain("what was found does not seem to answer the question",
                   confidence);
  }
  return MakeDraft(judged, confidence,
                   std::max<std::size_t>(request.sentences_max, 1));
}

}  // namespace

std::unique_ptr<Generator> MakeExtractiveGenerator(const Embedder& embedder) {
  return std::make_unique<ExtractiveGenerator>(embedder);
}

}  // namespace cairn
