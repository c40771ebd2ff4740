#include "eval/run_file.h"

#include <utility>

#include "base/file.h"

namespace cairn::eval {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kFormat[] = "cairn-retrieval-run";
constexpr int kVersion = 1;
constexpr std::size_t kRunBytesMax = std::size_t{1} << 30;

Json SummaryToJson(const Summary& summary) {
  return {{"questions", summary.questions},
          {"measures", MeasuresToJson(summary.means)},
          {"latency_ms",
           {{"p50", summary.latency.p50},
            {"p90", summary.latency.p90},
            {"p99", summary.latency.p99},
            {"max", summary.latency.max}}}};
}

Json IngestionToJson(const IngestionResult& ingestion) {
  return {{"documents", ingestion.documents},
          {"unchanged", ingestion.unchanged},
          {"failed", ingestion.failed},
          {"tokens", ingestion.tokens},
          {"seconds", ingestion.seconds},
          {"tokens_per_second", ingestion.TokensPerSecond()},
          {"peak_memory_bytes", ingestion.peak_bytes}};
}

Json QuestionToJson(const QuestionResult& result) {
  Json gold = Json::array();
  for (const Gold& one : result.question.gold) {
    gold.push_back({{"document", one.document},
                    {"grade", one.grade},
                    {"rank", one.rank ? Json(*one.rank) : Json()}});
  }
  Json json = {
      {"id", result.question.id},     {"question", result.question.text},
      {"type", result.question.type}, {"gold", std::move(gold)},
      {"hits", result.hits},          {"ms", result.ms}};
  if (!result.parts.empty()) json["parts"] = result.parts;
  return json;
}

// The readers below throw what nlohmann throws; RunFromJson catches it.
QuestionResult QuestionFromJson(const Json& json) {
  QuestionResult result;
  result.question.id = json.at("id").get<std::string>();
  result.question.text = json.at("question").get<std::string>();
  result.question.type = json.at("type").get<std::string>();
  for (const Json& one : json.at("gold")) {
    Gold gold{.document = one.at("document").get<std::string>(),
              .grade = one.at("grade").get<double>()};
    if (!one.at("rank").is_null()) {
      gold.rank = one.at("rank").get<std::size_t>();
    }
    result.question.gold.push_back(std::move(gold));
  }
  result.hits = json.at("hits").get<std::vector<std::string>>();
  if (json.contains("parts")) json.at("parts").get_to(result.parts);
  result.ms = json.at("ms").get<double>();
  return result;
}

IngestionResult IngestionFromJson(const Json& json) {
  IngestionResult ingestion;
  json.at("documents").get_to(ingestion.documents);
  json.at("unchanged").get_to(ingestion.unchanged);
  json.at("failed").get_to(ingestion.failed);
  json.at("tokens").get_to(ingestion.tokens);
  json.at("seconds").get_to(ingestion.seconds);
  json.at("peak_memory_bytes").get_to(ingestion.peak_bytes);
  return ingestion;
}

Json PackingToJson(std::span<const BudgetResult> packing) {
  Json list = Json::array();
  for (const BudgetResult& one : packing) {
    list.push_back({{"budget", one.budget},
                    {"gold_kept", one.gold_kept},
                    {"all_gold", one.all_gold},
                    {"hits", one.hits},
                    {"tokens", one.tokens},
                    {"ms_p50", one.ms_p50},
                    {"ms_p99", one.ms_p99}});
  }
  return list;
}

std::vector<BudgetResult> PackingFromJson(const Json& json) {
  std::vector<BudgetResult> packing;
  for (const Json& one : json) {
    packing.push_back({.budget = one.at("budget").get<std::uint32_t>(),
                       .gold_kept = one.at("gold_kept").get<double>(),
                       .all_gold = one.at("all_gold").get<double>(),
                       .hits = one.at("hits").get<double>(),
                       .tokens = one.at("tokens").get<double>(),
                       .ms_p50 = one.at("ms_p50").get<double>(),
                       .ms_p99 = one.at("ms_p99").get<double>()});
  }
  return packing;
}

Status BadRunFile(const std::string& what) {
  return InvalidArgumentError(
      what + "; make it with \"cairn eval retrieval --output\"",
      "BAD_RUN_FILE");
}

}  // namespace

Json MeasuresToJson(const MeasureValues& values) {
  Json json = Json::object();
  for (std::size_t i = 0; i < values.size(); ++i) {
    json[std::string(kMeasureNames[i])] = values[i];
  }
  return json;
}

Json RunToJson(const RetrievalRun& run) {
  Json types = Json::object();
  for (const auto& [type, summary] : SummarizeByType(run.results)) {
    types[type] = SummaryToJson(summary);
  }
  Json questions = Json::array();
  for (const QuestionResult& result : run.results) {
    questions.push_back(QuestionToJson(result));
  }
  return {{"format", kFormat},
          {"format_version", kVersion},
          {"data_set", run.data_set},
          {"mode", run.mode},
          {"titles", run.titles_hidden ? "hidden" : "shown"},
          {"sentence_vectors", run.sentence_vectors},
          {"limit", run.limit},
          {"threads", run.threads},
          {"options", run.options},
          {"version", run.version},
          {"embedder", run.embedder},
          {"reranker", run.reranker},
          {"ingestion", IngestionToJson(run.ingestion)},
          {"questions_without_gold", run.questions_without_gold},
          {"gold_missing", run.gold_missing},
          {"seconds", run.seconds},
          {"peak_memory_bytes", run.peak_bytes},
          {"packing", PackingToJson(run.packing)},
          {"all", SummaryToJson(Summarize(run.results))},
          {"types", std::move(types)},
          {"questions", std::move(questions)}};
}

StatusOr<RetrievalRun> RunFromJson(const Json& json) {
  if (!json.is_object() || json.value("format", Json()) != kFormat ||
      json.value("format_version", Json()) != kVersion) {
    return BadRunFile("not a run of retrieval, version " +
                      std::to_string(kVersion));
  }
  try {
    RetrievalRun run;
    json.at("data_set").get_to(run.data_set);
    json.at("mode").get_to(run.mode);
    run.titles_hidden = json.at("titles") == "hidden";
    json.at("sentence_vectors").get_to(run.sentence_vectors);
    json.at("limit").get_to(run.limit);
    json.at("threads").get_to(run.threads);
    json.at("options").get_to(run.options);
    json.at("version").get_to(run.version);
    json.at("embedder").get_to(run.embedder);
    run.reranker = json.value("reranker", "");
    run.ingestion = IngestionFromJson(json.at("ingestion"));
    json.at("questions_without_gold").get_to(run.questions_without_gold);
    json.at("gold_missing").get_to(run.gold_missing);
    json.at("seconds").get_to(run.seconds);
    json.at("peak_memory_bytes").get_to(run.peak_bytes);
    // Runs of older programs have none.
    run.packing = PackingFromJson(json.value("packing", Json::array()));
    for (const Json& question : json.at("questions")) {
      run.results.push_back(QuestionFromJson(question));
    }
    return run;
  } catch (const Json::exception& error) {
    return BadRunFile(error.what());
  }
}

Status WriteRun(const std::string& path, const RetrievalRun& run) {
  return WriteFileAtomically(
      path, RunToJson(run).dump(1, ' ', false, Json::error_handler_t::replace) +
                "\n");
}

StatusOr<RetrievalRun> ReadRun(const std::string& path) {
  CAIRN_ASSIGN_OR_RETURN(const std::string bytes, ReadFile(path, kRunBytesMax));
  auto run = RunFromJson(Json::parse(bytes, nullptr, false));
  if (!run.ok()) return Annotate(run.status(), path);
  return run;
}

}  // namespace cairn::eval
