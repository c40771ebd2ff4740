// The program `cairn`.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/command.h"
#include "cli/output.h"
#include "documents/charset.h"
#include "documents/sandbox/parse_document.h"
#include "documents/sandbox/unpack.h"
#include "services/rpc/call.h"

namespace cairn::cli {
namespace {

// Text on the wire is UTF-8; the bytes of a path may be any.
Status CheckText(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    std::error_code ignored;
    if (IsValidUtf8(argv[i]) || std::filesystem::exists(argv[i], ignored)) {
      continue;
    }
    return InvalidArgumentError("argument " + std::to_string(i) + " (" +
                                    argv[i] +
                                    ") is not UTF-8, nor a path that exists; "
                                    "set the terminal to UTF-8",
                                "BAD_ARGUMENT");
  }
  return OkStatus();
}

// "cairn help COMMAND" is "cairn COMMAND --help".
std::vector<const char*> ArgumentsOf(int argc, char** argv) {
  std::vector<const char*> arguments(argv, argv + argc);
  if (argc >= 2 && std::string_view(argv[1]) == "help") {
    arguments.erase(arguments.begin() + 1);
    arguments.push_back("--help");
  }
  return arguments;
}

int Run(int argc, char** argv) {
  CLI::App app;
  Invocation invocation;
  AddEverything(app, invocation);
  try {
    const std::vector<const char*> arguments = ArgumentsOf(argc, argv);
    app.parse(static_cast<int>(arguments.size()), arguments.data());
  } catch (const CLI::ParseError& error) {
    const auto unknown = app.remaining();
    if (app.get_subcommands().empty() && !unknown.empty()) {
      PrintError(InvalidArgumentError("there is no command " + unknown[0] +
                                      "; cairn --help lists them"));
      return static_cast<int>(ExitCode::kUsage);
    }
    // Help and version are "errors" of code 0.
    return app.exit(error) == 0 ? 0 : static_cast<int>(ExitCode::kUsage);
  }
  ExitCode code = ExitCode::kOk;
  Status status = Guard([&]() -> Status {
    CAIRN_RETURN_IF_ERROR(CheckText(argc, argv));
    CAIRN_ASSIGN_OR_RETURN(code, invocation.run());
    return OkStatus();
  });
  if (!status.ok()) {
    PrintError(status);
    code = ExitCodeOf(status);
  }
  if (const Status flushed = FlushResults(); !flushed.ok()) {
    PrintError(flushed);
    if (code == ExitCode::kOk) code = ExitCode::kSomeFailed;
  }
  return static_cast<int>(code);
}

}  // namespace
}  // namespace cairn::cli

int main(int argc, char** argv) {
  // Runs as the jailed parser before anything else is initialised.
  if (argc == 2 && std::string_view(argv[1]) == "parser-process") {
    return cairn::ParserProcessMain();
  }
  if (argc >= 2 && std::string_view(argv[1]) == "unpack-process") {
    return cairn::UnpackProcessMain(argc - 2, argv + 2);
  }
  // A reader that goes away (| head) is a failed write, not a silent death.
  std::signal(SIGPIPE, SIG_IGN);
  // gRPC's own log lines; errors reach the user as statuses.
  setenv("GRPC_VERBOSITY", "NONE", 0);
  return cairn::cli::Run(argc, argv);
}
