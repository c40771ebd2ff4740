// cairn key: API keys of a data folder.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "services/server/keys.h"

namespace cairn::cli {
namespace {

struct KeyOptions {
  std::string tenant = "local";
  std::string id;
};

// A leaked key must not make others, so there is no way through a server.
Status CheckLocal(const GlobalOptions& global) {
  if (global.server.empty()) return OkStatus();
  return InvalidArgumentError(
      "keys are made on the data folder itself: stop the server and use --data",
      "BAD_ARGUMENT");
}

Status CheckThere(const GlobalOptions& global) {
  CAIRN_RETURN_IF_ERROR(CheckLocal(global));
  std::error_code ignored;
  if (std::filesystem::exists(global.data_folder, ignored)) return OkStatus();
  return NotFoundError("there is no data folder " + global.data_folder,
                       "DATA_FOLDER_NOT_FOUND");
}

StatusOr<ExitCode> Create(const GlobalOptions& global,
                          const KeyOptions& options) {
  CAIRN_RETURN_IF_ERROR(CheckLocal(global));
  CAIRN_ASSIGN_OR_RETURN(const std::string key,
                         CreateKey(global.data_folder, options.tenant));
  if (global.format() == Format::kText) {
    PrintText(key + "\n");
    PrintNote(
        "Keep it: it is shown only now. Start the server with "
        "--require-key,\ngive clients CAIRN_API_KEY or --key-file.");
  } else {
    PrintJson({{"key", key}, {"tenant", options.tenant}}, global.format());
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> List(const GlobalOptions& global, const KeyOptions&) {
  CAIRN_RETURN_IF_ERROR(CheckThere(global));
  CAIRN_ASSIGN_OR_RETURN(const std::vector<KeyInfo> keys,
                         ListKeys(global.data_folder));
  Json list = Json::array();
  for (const KeyInfo& key : keys) {
    const std::string made = TimeText(key.create_time_micros / 1'000'000);
    if (global.format() == Format::kText) {
      PrintText(key.id + "\t" + key.tenant + "\t" + made + "\n");
    }
    list.push_back(
        {{"id", key.id}, {"tenant", key.tenant}, {"create_time", made}});
  }
  if (global.format() != Format::kText) {
    PrintJson({{"keys", std::move(list)}}, global.format());
  }
  return ExitCode::kOk;
}

StatusOr<ExitCode> Delete(const GlobalOptions& global,
                          const KeyOptions& options) {
  CAIRN_RETURN_IF_ERROR(CheckThere(global));
  CAIRN_RETURN_IF_ERROR(DeleteKey(global.data_folder, options.id));
  if (global.format() == Format::kText) {
    PrintText("deleted " + options.id + "\n");
  } else {
    PrintJson({{"deleted", {options.id}}}, global.format());
  }
  return ExitCode::kOk;
}

using Action = StatusOr<ExitCode> (*)(const GlobalOptions&, const KeyOptions&);

void Bind(CLI::App* command, const std::shared_ptr<KeyOptions>& options,
          Invocation& invocation, Action action) {
  command->callback([options, &invocation, action] {
    invocation.run = [options, &invocation, action] {
      return action(invocation.global, *options);
    };
  });
}

}  // namespace

void AddKey(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<KeyOptions>();
  CLI::App* group = AddCommand(app, "key", "API keys for cairn serve",
                               "  cairn key create --tenant research\n"
                               "  cairn key list\n"
                               "  cairn key delete 0123456789ab");
  group->require_subcommand(1);
  CLI::App* create = AddCommand(
      *group, "create", "Make a key; it is shown once",
      "  cairn key create > key.txt\n"
      "  cairn key create --tenant research   sees only its own collections");
  create->add_option("--tenant", options->tenant, "Whose data the key opens")
      ->capture_default_str();
  Bind(create, options, invocation, Create);
  Bind(AddCommand(*group, "list", "The keys, without their secrets",
                  "  cairn key list --json"),
       options, invocation, List);
  CLI::App* remove = AddCommand(*group, "delete", "Delete a key",
                                "  cairn key delete 0123456789ab");
  remove->add_option("ID", options->id, "The part before the dot")->required();
  Bind(remove, options, invocation, Delete);
}

}  // namespace cairn::cli
