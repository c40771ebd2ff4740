// cairn verify: recomputes every claim of the records.
#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

struct VerifyOptions {
  std::string collection;  // Empty: all.
  bool skip_checksums = false;
};

StatusOr<ExitCode> RunVerify(const GlobalOptions& global,
                             const VerifyOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  v1::VerifyRequest request;
  if (!options.collection.empty()) {
    request.set_parent(MakeCollectionName(options.collection));
  }
  request.set_skip_checksums(options.skip_checksums);
  CAIRN_ASSIGN_OR_RETURN(
      const v1::VerifyResponse report,
      client->Call(&v1::AdminService::Stub::Verify, client->admin(), request));
  if (global.format() == Format::kText) {
    PrintText(WithCommas(report.documents()) + " documents, " +
              WithCommas(report.chunks()) + " chunks, " +
              WithCommas(report.vectors()) + " vectors, " +
              WithCommas(report.sentences()) + " sentences checked\n");
    for (const std::string& problem : report.problems()) {
      PrintText("problem: " + problem + "\n");
    }
    if (report.problems().empty()) PrintText("all sound\n");
  } else {
    Json problems = Json::array();
    for (const std::string& problem : report.problems()) {
      problems.push_back(problem);
    }
    PrintJson({{"documents", report.documents()},
               {"chunks", report.chunks()},
               {"vectors", report.vectors()},
               {"sentences", report.sentences()},
               {"problems", std::move(problems)}},
              global.format());
  }
  return report.problems().empty() ? ExitCode::kOk : ExitCode::kDataLoss;
}

}  // namespace

void AddVerify(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<VerifyOptions>();
  CLI::App* command = AddCommand(
      app, "verify", "Recompute every checksum and claim; exit 5 on damage",
      "  cairn verify\n"
      "  cairn verify -c papers --skip-checksums");
  command->add_option("-c,--collection", options->collection,
                      "Only this collection");
  command->add_flag("--skip-checksums", options->skip_checksums,
                    "Do not read every block of every file");
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunVerify(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
