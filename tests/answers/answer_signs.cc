// answer_signs MODEL [--rules]: reads {"id", "question", "evidence": [{"title",
// "text"}]} from standard input, one a line, and writes what the generator
// answers and the signs of its best unit.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/extractive/compose.h"
#include "models/extractive/confidence.h"
#include "models/extractive/examine.h"
#include "models/extractive/judge.h"
#include "models/onnx/onnx_embedder.h"
#include "models/reader/span_reader.h"

namespace cairn {
namespace {

using extractive::Judged;
using extractive::Signs;
using Json = nlohmann::json;

GenerationRequest RequestOf(const Json& line) {
  GenerationRequest request{.question = line.at("question"), .evidence = {}};
  for (const Json& one : line.at("evidence")) {
    EvidencePassage passage{.title = one.at("title"),
                            .context = one.at("title"),
                            .text = one.at("text"),
                            .similarity = one.value("similarity", 0.0)};
    passage.span = {0, static_cast<std::uint32_t>(passage.text.size())};
    passage.blocks = {{.type = BlockType::kParagraph, .span = passage.span}};
    request.evidence.push_back(std::move(passage));
  }
  return request;
}

Json JsonOf(const Judged& judged) {
  const extractive::Unit& unit = *judged.unit;
  Json json = {
      {"text", unit.text},       {"passage", unit.passage},
      {"lexical", unit.lexical}, {"score", judged.score},
      {"fits", judged.fits},     {"short_answer", judged.short_answer}};
  if (unit.cosine) json["cosine"] = *unit.cosine;
  if (unit.odds) json["odds"] = *unit.odds;
  return json;
}

Json JsonOf(const Signs& signs) {
  return {{"cosine", signs.cosine},
          {"coverage", signs.coverage},
          {"passage_coverage", signs.passage_coverage},
          {"missing", signs.missing},
          {"odds", signs.odds ? Json(*signs.odds) : Json()},
          {"explains", signs.explains}};
}

StatusOr<Json> Look(const Json& line, const extractive::Models& models) {
  constexpr std::size_t kShown = 12;
  const GenerationRequest request = RequestOf(line);
  const extractive::Question question =
      extractive::ReadQuestion(request.question);
  std::vector<extractive::Unit> units = CollectUnits(request, question);
  Json out = {{"id", line.at("id")}};
  if (units.empty()) return out;
  CAIRN_RETURN_IF_ERROR(Examine(request, question, models, units));
  const std::vector<Judged> judged = JudgeAll(units, request, question);
  const Signs signs = SignsOf(judged.front(), request, question);
  out["signs"] = JsonOf(signs);
  out["confidence"] = Confidence(signs);
  const Draft draft =
      Compose(judged, units, request, question, Confidence(signs));
  out["short_answer"] = draft.short_answer;
  for (const DraftSentence& sentence : draft.sentences) {
    out["sentences"].push_back(sentence.text);
  }
  for (std::size_t at = 0; at < std::min(kShown, judged.size()); ++at) {
    out["units"].push_back(JsonOf(judged[at]));
  }
  return out;
}

Status Run(const std::string& model, bool rules) {
  CAIRN_ASSIGN_OR_RETURN(const auto embedder, OpenOnnxEmbedder(model));
  CAIRN_ASSIGN_OR_RETURN(const auto reader, MakeSpanReader(*embedder));
  const extractive::Models models{.embedder = *embedder,
                                  .reader = rules ? nullptr : reader.get()};
  std::string line;
  while (std::getline(std::cin, line)) {
    CAIRN_ASSIGN_OR_RETURN(const Json out, Look(Json::parse(line), models));
    std::cout << out.dump() << '\n' << std::flush;
  }
  return OkStatus();
}

}  // namespace
}  // namespace cairn

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: answer_signs MODEL [--rules] < questions.jsonl\n",
               stderr);
    return 2;
  }
  const cairn::Status status =
      cairn::Run(argv[1], argc > 2 && std::string_view(argv[2]) == "--rules");
  if (status.ok()) return 0;
  std::fprintf(stderr, "answer_signs: %s\n", status.ToString().c_str());
  return 1;
}
