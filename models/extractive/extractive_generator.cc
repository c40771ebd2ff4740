#include "models/extractive/extractive_generator.h"

#include <string>
#include <utility>
#include <vector>

#include "models/extractive/compose.h"
#include "models/extractive/confidence.h"
#include "models/extractive/examine.h"
#include "models/extractive/judge.h"
#include "models/extractive/question.h"
#include "models/extractive/units.h"

namespace cairn {
namespace {

using extractive::Judged;
using extractive::Question;
using extractive::Unit;

Draft Abstain(std::string reason, double confidence) {
  return {.abstained = true,
          .abstain_reason = std::move(reason),
          .confidence = confidence,
          .short_answer = {},
          .sentences = {}};
}

class ExtractiveGenerator final : public Generator {
 public:
  explicit ExtractiveGenerator(const extractive::Models& models)
      : models_(models),
        id_(models.reader == nullptr ? "extractive-1"
                                     : "extractive-2+" + models.reader->id()) {}

  std::string_view id() const override { return id_; }

  StatusOr<Draft> Generate(const GenerationRequest& request) const override {
    const Question question = extractive::ReadQuestion(request.question);
    std::vector<Unit> units = CollectUnits(request, question);
    if (units.empty()) return Abstain("nothing was found", 0);
    CAIRN_RETURN_IF_ERROR(Examine(request, question, models_, units));
    const std::vector<Judged> judged = JudgeAll(units, request, question);
    const double confidence =
        Confidence(SignsOf(judged.front(), request, question));
    if (confidence < extractive::kAnswerAtLeast) {
      return Abstain("what was found does not seem to answer the question",
                     confidence);
    }
    return Compose(judged, units, request, question, confidence);
  }

 private:
  const extractive::Models models_;
  const std::string id_;
};

}  // namespace

std::unique_ptr<Generator> MakeExtractiveGenerator(const Embedder& embedder,
                                                   const AnswerReader* reader) {
  return std::make_unique<ExtractiveGenerator>(
      extractive::Models{.embedder = embedder, .reader = reader});
}

}  // namespace cairn
