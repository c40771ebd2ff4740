// cairn search: hits for a question, or for a file of questions.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "cli/batch.h"
#include "cli/client.h"
#include "cli/command.h"
#include "cli/filter_options.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kTextShown = 400;
constexpr std::size_t kTitleShown = 200;

struct SearchOptions {
  std::string text;
  std::string batch;
  std::string collection = "default";
  int limit = 10;
  std::string mode = "auto";
  FilterOptions filter;
  std::uint32_t token_budget = 0;
  bool widen = false;
  bool keep_repetitions = false;
  bool explain = false;
  std::size_t threads = 1;  // Of a batch: questions at a time.
};

StatusOr<v1::RetrieveRequest> RequestOf(const SearchOptions& options) {
  v1::RetrieveRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_query(options.text);
  request.set_limit(options.limit);
  request.set_mode(ModeOf(options.mode));
  CAIRN_RETURN_IF_ERROR(Fill(options.filter, *request.mutable_filter()));
  request.set_token_budget(options.token_budget);
  request.set_widen(options.widen);
  request.set_keep_repetitions(options.keep_repetitions);
  request.set_explain(options.explain);
  return request;
}

void PrintHit(const v1::Hit& hit, int rank) {
  char score[32];
  std::snprintf(score, sizeof score, "%.4f", hit.score());
  std::string head = std::to_string(rank) + ". " +
                     Shortened(hit.title(), kTitleShown) + "  [" +
                     IdOf(hit.document()) + "]  " + score;
  if (hit.page() > 0) head += "  page " + std::to_string(hit.page());
  head += "  bytes " + std::to_string(hit.span().begin()) + "-" +
          std::to_string(hit.span().end());
  PrintText(head + "\n");
  const std::map<std::string, double> scores(hit.scores().begin(),
                                             hit.scores().end());
  std::string parts;
  for (const auto& [name, value] : scores) {
    std::snprintf(score, sizeof score, "%.4f", value);
    parts += "  " + name + " " + score;
  }
  if (!parts.empty()) PrintText("  " + parts + "\n");
  PrintText("   " + Shortened(hit.text(), kTextShown) + "\n");
}

StatusOr<ExitCode> RunOne(const GlobalOptions& global,
                          const SearchOptions& options, Client& client) {
  CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveRequest request, RequestOf(options));
  CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveResponse response,
                         client.Call(&v1::QueryService::Stub::Retrieve,
                                     client.queries(), request));
  if (global.format() == Format::kJson) {
    PrintJson(ShapeOf(response), Format::kJson);
    return ExitCode::kOk;
  }
  for (int i = 0; i < response.hits_size(); ++i) {
    if (global.format() == Format::kJsonl) {
      PrintJson(ShapeOf(response.hits(i)), Format::kJsonl);
    } else {
      PrintHit(response.hits(i), i + 1);
    }
  }
  if (!response.mended_query().empty()) {
    PrintNote("searched for: " + response.mended_query());
  }
  if (response.hits().empty()) PrintNote("no hits");
  for (const std::string& stage : response.dropped_stages()) {
    PrintNote("left out for want of time or because it failed: the stage " +
              stage);
  }
  return ExitCode::kOk;
}

// Loads the model and the collection's view, so that no question of a batch
// pays for them. What goes wrong is told by the questions.
void WarmUp(v1::RetrieveRequest request, Client& client) {
  request.set_query("warm-up");
  (void)client.Call(&v1::QueryService::Stub::Retrieve, client.queries(),
                    request);
}

StatusOr<ExitCode> RunFile(const SearchOptions& options, Client& client) {
  CAIRN_ASSIGN_OR_RETURN(v1::RetrieveRequest shared, RequestOf(options));
  // The lines name documents, not chunks.
  shared.set_one_per_document(true);
  shared.set_omit_text(true);
  WarmUp(shared, client);
  const auto work = [&](const std::string& question) -> StatusOr<Json> {
    v1::RetrieveRequest request = shared;
    request.set_query(question);
    CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveResponse response,
                           client.Call(&v1::QueryService::Stub::Retrieve,
                                       client.queries(), request));
    Json hits = Json::array();
    for (const v1::Hit& hit : response.hits()) {
      hits.push_back(
          {{"document", IdOf(hit.document())}, {"score", hit.score()}});
    }
    return Json{{"hits", std::move(hits)}, {"ms", response.total_ms()}};
  };
  return RunBatch({.path = options.batch, .threads = options.threads}, work);
}

StatusOr<ExitCode> RunSearch(const GlobalOptions& global,
                             const SearchOptions& options) {
  if (options.text.empty() == options.batch.empty()) {
    return InvalidArgumentError("give either TEXT or --batch FILE",
                                "BAD_ARGUMENT");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  return options.batch.empty() ? RunOne(global, options, *client)
                               : RunFile(options, *client);
}

}  // namespace

void AddSearch(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<SearchOptions>();
  CLI::App* command = AddCommand(
      app, "search", "Find the passages that fit a question",
      "  cairn search \"tidal power in Wales\"\n"
      "  cairn search -k 5 --mode lexical --explain \"clause 14.2\"\n"
      "  cairn search --where year=2023 --json \"net revenue\"\n"
      "  cairn search --batch questions.jsonl -k 20 --jsonl\n"
      "A batch has {\"id\",\"question\"} a line; the output keeps its order "
      "and has\n{\"id\",\"hits\":[{\"document\",\"score\"}],\"ms\"} a line, "
      "each document once; \"ms\" is the "
      "time of that question alone\nunless --threads asks several at a time.");
  command->add_option("TEXT", options->text, "The question");
  AddCollectionOption(*command, options->collection);
  command->add_option("-k,--limit", options->limit, "Hits at most")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  AddModeOption(*command, options->mode);
  AddFilterOptions(*command, options->filter);
  command->add_option("--budget", options->token_budget,
                      "Cut the hits to this many model tokens");
  command->add_flag("--widen", options->widen,
                    "Join hits of a section; use what is left of --budget for "
                    "their neighbours");
  command->add_flag("--keep-repetitions", options->keep_repetitions,
                    "Keep hits that repeat a better one");
  command->add_flag("--explain", options->explain,
                    "Show the parts of each score");
  command->add_option("--batch", options->batch,
                      "JSON Lines of questions; - for stdin");
  command
      ->add_option("--threads", options->threads,
                   "Questions of a batch at a time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunSearch(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
