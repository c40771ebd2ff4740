// Command: what every command of the program shares.
//
// Place: main.cc makes the App, each command's file adds itself to it; after
// parsing exactly one of them has set Invocation::run.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/status.h"
#include "services/server/config.h"

namespace CLI {
class App;
}

namespace cairn::cli {

// Scripts may rely on them.
enum class ExitCode {
  kOk = 0,
  kSomeFailed = 1,
  kUsage = 2,
  kNotFound = 3,
  kUnavailable = 4,
  kDataLoss = 5,
};
ExitCode ExitCodeOf(const Status& status);

enum class Format { kText, kJson, kJsonl };

struct GlobalOptions {
  std::string data_folder = "./cairn-data";
  std::string server;        // "HOST:PORT"; empty: embedded.
  std::string key_file;      // Holds an API key; else CAIRN_API_KEY.
  std::string tls_ca;        // PEM; not empty: the connection is encrypted.
  std::string model_folder;  // Empty: the standard places.
  RerankerConfig reranker;
  TranscriberConfig transcriber;
  DescriberConfig describer;
  // EngineConfig::retrieval; only `eval` sets it.
  std::map<std::string, double> retrieval;
  bool json = false;
  bool jsonl = false;

  Format format() const {
    return json ? Format::kJson : jsonl ? Format::kJsonl : Format::kText;
  }
};

struct Invocation {
  GlobalOptions global;
  // The chosen command.
  std::function<StatusOr<ExitCode>()> run;
};

// Adds the options of GlobalOptions and all commands. Both arguments outlive
// the parsing and the run.
void AddEverything(CLI::App& app, Invocation& invocation);

// One a file; `invocation` outlives the run.
void AddIngest(CLI::App& app, Invocation& invocation);
void AddSearch(CLI::App& app, Invocation& invocation);
void AddAsk(CLI::App& app, Invocation& invocation);
void AddEntity(CLI::App& app, Invocation& invocation);
void AddDocument(CLI::App& app, Invocation& invocation);
void AddCollection(CLI::App& app, Invocation& invocation);
void AddServe(CLI::App& app, Invocation& invocation);
void AddStatus(CLI::App& app, Invocation& invocation);
void AddVerify(CLI::App& app, Invocation& invocation);
void AddExport(CLI::App& app, Invocation& invocation);
void AddBackup(CLI::App& app, Invocation& invocation);
void AddFormats(CLI::App& app, Invocation& invocation);
void AddDoctor(CLI::App& app, Invocation& invocation);
void AddKey(CLI::App& app, Invocation& invocation);
void AddBench(CLI::App& app, Invocation& invocation);
void AddEval(CLI::App& app, Invocation& invocation);
void AddTable(CLI::App& app, Invocation& invocation);

// A command below `parent`, with examples in its help.
CLI::App* AddCommand(CLI::App& parent, const std::string& name,
                     const std::string& description,
                     const std::string& examples);
// -c, --collection; default "default".
void AddCollectionOption(CLI::App& command, std::string& collection);

}  // namespace cairn::cli
