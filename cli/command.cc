#include "cli/command.h"

#include <CLI/CLI.hpp>
#include <map>
#include <string>

#include "cli/choices.h"
#include "services/server/admin_service.h"

namespace cairn::cli {

ExitCode ExitCodeOf(const Status& status) {
  switch (status.code()) {
    case StatusCode::kOk:
      return ExitCode::kOk;
    case StatusCode::kInvalidArgument:
    case StatusCode::kOutOfRange:
    case StatusCode::kAlreadyExists:  // Another name is needed.
      return ExitCode::kUsage;
    case StatusCode::kNotFound:
      return ExitCode::kNotFound;
    case StatusCode::kDataLoss:
      return ExitCode::kDataLoss;
    case StatusCode::kUnavailable:
    case StatusCode::kDeadlineExceeded:
    case StatusCode::kResourceExhausted:
    case StatusCode::kPermissionDenied:
    case StatusCode::kUnauthenticated:
    case StatusCode::kFailedPrecondition:
    case StatusCode::kUnimplemented:
      return ExitCode::kUnavailable;
    default:
      return ExitCode::kSomeFailed;
  }
}

CLI::App* AddCommand(CLI::App& parent, const std::string& name,
                     const std::string& description,
                     const std::string& examples) {
  CLI::App* command = parent.add_subcommand(name, description);
  // So that --data and --json may stand behind the command too.
  command->fallthrough();
  if (!examples.empty()) command->footer("Examples:\n" + examples);
  return command;
}

void AddCollectionOption(CLI::App& command, std::string& collection) {
  command.add_option("-c,--collection", collection, "Collection to work on")
      ->capture_default_str();
}

namespace {

// --NAME-model and --NAME-key-file of what may stand behind an address.
void AddEndpointOptions(CLI::App& app, const std::string& name,
                        const std::string& key_variable, CLI::Option* address,
                        std::string& model, std::string& key_file) {
  app.add_option("--" + name + "-model", model,
                 "Name of the model at that address")
      ->needs(address);
  app.add_option("--" + name + "-key-file", key_file,
                 "File with its key (or " + key_variable + ")")
      ->needs(address);
}

// What the embedded engine and `serve` order their best hits with.
void AddRerankerOptions(CLI::App& app, RerankerConfig& reranker,
                        CLI::Option* server) {
  auto* place =
      app.add_option("--reranker", reranker.place,
                     "Folder of a cross-encoder, or address of a reranker: "
                     "the best hits come in its order; a server is sent "
                     "questions and passages")
          ->type_name("DIR|URL")
          ->excludes(server);
  AddEndpointOptions(app, "reranker", "CAIRN_RERANKER_KEY", place,
                     reranker.model, reranker.key_file);
  const std::map<std::string, bool> forms = {{"documents", false},
                                             {"texts", true}};
  AddChoices(
      app.add_option("--reranker-form", reranker.texts_form,
                     "documents: as Cohere, Jina, vLLM and llama.cpp; texts: "
                     "as Text Embeddings Inference"),
      forms)
      ->needs(place);
  app.add_flag("--reranker-logits", reranker.logits,
               "Its scores are logits, not 0 to 1")
      ->needs(place);
}

// What the embedded engine and `serve` hear recordings with.
void AddTranscriberOptions(CLI::App& app, TranscriberConfig& transcriber,
                           CLI::Option* server) {
  auto* url =
      app.add_option("--transcriber", transcriber.url,
                     "Address of a transcription endpoint (OpenAI's form); "
                     "sounds are sent there, of films without "
                     "subtitles the sound")
          ->type_name("URL")
          ->excludes(server);
  AddEndpointOptions(app, "transcriber", "CAIRN_TRANSCRIBER_KEY", url,
                     transcriber.model, transcriber.key_file);
}

// What the embedded engine and `serve` look at pictures with.
void AddDescriberOptions(CLI::App& app, DescriberConfig& describer,
                         CLI::Option* server) {
  auto* url =
      app.add_option("--describer", describer.url,
                     "Address of a chat completions endpoint whose model sees "
                     "(OpenAI's form); pictures with little text are sent "
                     "there, and a few frames of films")
          ->type_name("URL")
          ->excludes(server);
  AddEndpointOptions(app, "describer", "CAIRN_DESCRIBER_KEY", url,
                     describer.model, describer.key_file);
}

}  // namespace

void AddEverything(CLI::App& app, Invocation& invocation) {
  GlobalOptions& global = invocation.global;
  app.name("cairn");
  app.description(
      "Turns documents into a searchable index and an entity graph, and "
      "answers\nquestions with sentences that can be checked against the "
      "source.");
  app.set_version_flag("--version", ProgramVersion());
  app.require_subcommand(1);
  auto* data = app.add_option("--data", global.data_folder,
                              "Data folder of the embedded engine")
                   ->capture_default_str();
  auto* server = app.add_option("--server", global.server,
                                "Work on a running server, HOST:PORT")
                     ->excludes(data);
  app.add_option("--models", global.model_folder,
                 "Folder of the embedding model (or CAIRN_MODELS)");
  AddRerankerOptions(app, global.reranker, server);
  AddTranscriberOptions(app, global.transcriber, server);
  AddDescriberOptions(app, global.describer, server);
  app.add_option("--key-file", global.key_file,
                 "File with the API key for --server (or CAIRN_API_KEY)");
  app.add_option("--tls-ca", global.tls_ca,
                 "PEM file; --server must prove itself by it");
  auto* json = app.add_flag("--json", global.json, "Results as one JSON value");
  auto* jsonl =
      app.add_flag("--jsonl", global.jsonl, "Results as JSON, one a line");
  json->excludes(jsonl);
  app.footer(
      "Examples:\n"
      "  cairn ingest reports/              take in a folder\n"
      "  cairn ask \"Who led the audit?\"      an answer with its sources\n"
      "  cairn serve                        gRPC on 127.0.0.1:7411\n"
      "Exit codes: 0 ok, 1 some items failed, 2 usage, 3 not found, "
      "4 unavailable,\n5 data loss found. \"cairn COMMAND --help\" shows "
      "examples of each command.");
  AddIngest(app, invocation);
  AddSearch(app, invocation);
  AddAsk(app, invocation);
  AddTable(app, invocation);
  AddEntity(app, invocation);
  AddDocument(app, invocation);
  AddCollection(app, invocation);
  AddServe(app, invocation);
  AddStatus(app, invocation);
  AddVerify(app, invocation);
  AddBackup(app, invocation);
  AddExport(app, invocation);
  AddFormats(app, invocation);
  AddDoctor(app, invocation);
  AddKey(app, invocation);
  AddBench(app, invocation);
  AddEval(app, invocation);
}

}  // namespace cairn::cli
