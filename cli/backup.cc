// cairn backup: a copy of the data folder that is one itself.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>

#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"

namespace cairn::cli {
namespace {

StatusOr<ExitCode> RunBackup(const GlobalOptions& global,
                             const std::string& folder) {
  std::error_code error;
  const std::filesystem::path absolute =
      std::filesystem::absolute(folder, error).lexically_normal();
  if (error) {
    return InvalidArgumentError(folder + ": " + error.message());
  }
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  v1::CreateBackupRequest request;
  request.set_folder(absolute.string());
  CAIRN_ASSIGN_OR_RETURN(const v1::CreateBackupResponse made,
                         client->Call(&v1::AdminService::Stub::CreateBackup,
                                      client->admin(), request));
  if (global.format() == Format::kText) {
    PrintText(made.folder() + ": " + WithCommas(made.bytes()) + " bytes, " +
              WithCommas(made.sequence()) + " commits\n" +
              "use it with cairn --data " + made.folder() + "\n");
  } else {
    PrintJson({{"folder", made.folder()},
               {"sequence", made.sequence()},
               {"bytes", made.bytes()}},
              global.format());
  }
  return ExitCode::kOk;
}

}  // namespace

void AddBackup(CLI::App& app, Invocation& invocation) {
  const auto folder = std::make_shared<std::string>();
  CLI::App* command = AddCommand(
      app, "backup", "Copy the data folder, also while a server works on it",
      "  cairn backup /backups/monday\n"
      "  cairn --server 127.0.0.1:7411 backup /backups/monday\n"
      "  cairn --data /backups/monday verify\n"
      "The copy is a data folder of its own: to restore, use it or move it\n"
      "back. On the same file system it shares files with the original, which\n"
      "costs no space; copy it to another disk to survive the loss of one.\n"
      "With --server the path is one of the server's machine.");
  command->add_option("folder", *folder, "Folder to make; must not exist yet")
      ->required();
  command->callback([folder, &invocation] {
    invocation.run = [folder, &invocation] {
      return RunBackup(invocation.global, *folder);
    };
  });
}

}  // namespace cairn::cli
