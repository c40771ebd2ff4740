// cairn serve: answer over gRPC until a signal.
#include "services/server/serve.h"

#include <CLI/CLI.hpp>

#include <map>
#include <memory>
#include <string>

#include "base/log.h"
#include "base/memory.h"
#include "cli/choices.h"
#include "cli/command.h"
#include "cli/output.h"
#include "services/server/config.h"

namespace cairn::cli {
namespace {

struct ServeOptions {
  ServerConfig server;
  bool require_key = false;
};

StatusOr<ExitCode> RunServe(const GlobalOptions& global,
                            const ServeOptions& options) {
  if (!global.server.empty()) {
    return InvalidArgumentError("serve works on --data; --grpc is its address",
                                "BAD_ARGUMENT");
  }
  KeepLittleFreeMemory();
  EngineConfig engine;
  engine.data_folder = global.data_folder;
  engine.model_folder = global.model_folder;
  engine.reranker = global.reranker;
  engine.transcriber = global.transcriber;
  engine.describer = global.describer;
  engine.require_key = options.require_key;
  SetLogLevel(LogLevel::kInfo);
  const ServeEvents events{
      .on_listening =
          [](const std::string& address) {
            Log(LogLevel::kInfo, "listening", {{"grpc", address}});
          },
      .on_stopping =
          [] {
            Log(LogLevel::kInfo, "stopping; requests in flight may finish");
          }};
  CAIRN_RETURN_IF_ERROR(Serve(engine, options.server, events));
  Log(LogLevel::kInfo, "stopped");
  return ExitCode::kOk;
}

}  // namespace

void AddServe(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<ServeOptions>();
  CLI::App* command = AddCommand(
      app, "serve", "Answer over gRPC until SIGTERM or Ctrl-C",
      "  cairn serve                                  loopback only\n"
      "  cairn serve --grpc 0.0.0.0:7411 --require-key\n"
      "      --tls-cert cert.pem --tls-key key.pem    for other machines\n"
      "  cairn --server 127.0.0.1:7411 search tides   from another shell");
  ServerConfig& server = options->server;
  command->add_option("--grpc", server.address, "Address to listen on")
      ->capture_default_str();
  const std::map<std::string, ServerRole> roles = {
      {"all", ServerRole::kAll},
      {"ingestion", ServerRole::kIngestion},
      {"query", ServerRole::kQuery}};
  AddChoices(
      command->add_option("--role", server.role, "Which services answer"),
      roles);
  command->add_flag("--require-key", options->require_key,
                    "Callers need an API key (cairn key create)");
  command->add_flag("--allow-anonymous", server.allow_anonymous,
                    "Serve other machines without keys");
  command->add_option("--tls-cert", server.tls_certificate,
                      "PEM certificate chain");
  command->add_option("--tls-key", server.tls_private_key, "PEM private key");
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunServe(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
