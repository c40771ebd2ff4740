// cairn status: versions, sizes and sums.
#include <google/protobuf/util/time_util.h>
#include <CLI/CLI.hpp>

#include <memory>
#include <utility>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/shapes.h"

namespace cairn::cli {
namespace {

Json ShapeOfStatus(const v1::GetStatusResponse& status) {
  Json collections = Json::array();
  for (const v1::Collection& collection : status.collections()) {
    collections.push_back(ShapeOf(collection));
  }
  return {{"version", status.version()},
          {"data_folder", status.data_folder()},
          {"disk_bytes", status.disk_bytes()},
          {"sequence", status.sequence()},
          {"embedder", status.embedder()},
          {"generator", status.generator()},
          {"reranker", status.reranker()},
          {"uptime_seconds", status.uptime().seconds()},
          {"queued_requests", status.queued_requests()},
          {"collections", std::move(collections)}};
}

void PrintStatus(const v1::GetStatusResponse& status) {
  PrintText("cairn " + status.version() + "\n");
  if (!status.data_folder().empty()) {
    PrintText("data folder  " + status.data_folder() + "\n");
  }
  PrintText("on disk      " + WithCommas(status.disk_bytes()) + " bytes\n");
  PrintText("commits      " + WithCommas(status.sequence()) + "\n");
  PrintText("embedder     " + status.embedder() + "\n");
  PrintText("generator    " + status.generator() + "\n");
  if (!status.reranker().empty()) {
    PrintText("reranker     " + status.reranker() + "\n");
  }
  for (const v1::Collection& collection : status.collections()) {
    const auto& stats = collection.stats();
    PrintText(
        "collection   " + IdOf(collection.name()) + ": " +
        WithCommas(static_cast<std::uint64_t>(stats.documents())) +
        " documents, " +
        WithCommas(static_cast<std::uint64_t>(stats.chunks())) + " chunks, " +
        WithCommas(static_cast<std::uint64_t>(stats.tokens())) + " tokens\n");
  }
}

StatusOr<ExitCode> RunStatus(const GlobalOptions& global) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  CAIRN_ASSIGN_OR_RETURN(const v1::GetStatusResponse status,
                         client->Call(&v1::AdminService::Stub::GetStatus,
                                      client->admin(), v1::GetStatusRequest()));
  if (global.format() == Format::kText) {
    PrintStatus(status);
  } else {
    PrintJson(ShapeOfStatus(status), global.format());
  }
  return ExitCode::kOk;
}

}  // namespace

void AddStatus(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "status", "Versions, sizes and sums",
                 "  cairn status\n"
                 "  cairn --server 127.0.0.1:7411 status --json");
  command->callback([&invocation] {
    invocation.run = [&invocation] { return RunStatus(invocation.global); };
  });
}

}  // namespace cairn::cli
