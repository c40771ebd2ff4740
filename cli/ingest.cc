// cairn ingest: files, folders, JSON Lines and stdin into a collection.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "cli/client.h"
#include "cli/command.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/report.h"
#include "cli/sources.h"
#include "cli/uploader.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kFailuresShown = 20;
constexpr std::size_t kFailuresKept = 10'000;

struct IngestOptions {
  std::string collection = "default";
  std::vector<std::string> paths;
  std::string id;
  std::string title;
  std::string report;  // "-": stdout; empty: none.
  std::size_t in_flight = 16;
};

struct Failure {
  std::string origin;
  std::string document;  // Empty: it did not get that far.
  Status status;
};

// Something of an archive that was left out on purpose.
struct LeftOut {
  std::string origin;
  std::string note;
};

// What an ingestion came to. Threads: one at a time.
struct Summary {
  std::uint64_t created = 0, updated = 0, unchanged = 0, failed = 0;
  std::uint64_t chunks = 0, tokens = 0, tokens_embedded = 0;
  double seconds = 0;
  std::vector<Failure> failures;  // The first ones.
  std::vector<LeftOut> left_out;  // The first ones.

  void Fail(Failure failure) {
    ++failed;
    if (failures.size() < kFailuresKept) {
      failures.push_back(std::move(failure));
    }
  }
  void Count(const v1::UploadDocumentResponse& reply) {
    using Reply = v1::UploadDocumentResponse;
    if (reply.outcome() == Reply::OUTCOME_UNCHANGED) {
      ++unchanged;
      return;
    }
    ++(reply.outcome() == Reply::OUTCOME_CREATED ? created : updated);
    chunks += reply.document().chunks();
    tokens += reply.document().tokens();
    tokens_embedded += reply.tokens_embedded();
  }
  double TokensPerSecond() const {
    return static_cast<double>(tokens_embedded) / std::max(seconds, 0.001);
  }
};

void PrintSummaryJson(const Summary& summary, Format format) {
  Json failures = Json::array();
  for (const Failure& failure : summary.failures) {
    failures.push_back({{"path", failure.origin},
                        {"document", failure.document},
                        {"reason", ReasonOf(failure.status)},
                        {"message", MessageOf(failure.status)}});
  }
  Json notes = Json::array();
  for (const LeftOut& left_out : summary.left_out) {
    notes.push_back({{"path", left_out.origin}, {"note", left_out.note}});
  }
  PrintJson({{"created", summary.created},
             {"updated", summary.updated},
             {"unchanged", summary.unchanged},
             {"failed", summary.failed},
             {"chunks", summary.chunks},
             {"tokens", summary.tokens},
             {"tokens_embedded", summary.tokens_embedded},
             {"tokens_per_second", std::round(summary.TokensPerSecond())},
             {"seconds", summary.seconds},
             {"failures", std::move(failures)},
             {"notes", std::move(notes)}},
            format);
}

void PrintSummaryText(const Summary& summary) {
  char rate[64];
  std::snprintf(rate, sizeof rate, "%.1f s", summary.seconds);
  PrintText(WithCommas(summary.created) + " created, " +
            WithCommas(summary.updated) + " updated, " +
            WithCommas(summary.unchanged) + " unchanged, " +
            WithCommas(summary.failed) + " failed\n");
  PrintText(WithCommas(summary.chunks) + " chunks, " +
            WithCommas(summary.tokens) + " tokens in " + rate + " (" +
            WithCommas(static_cast<std::uint64_t>(summary.TokensPerSecond())) +
            " tokens/s embedded)\n");
  const std::size_t shown = std::min(kFailuresShown, summary.failures.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const Failure& failure = summary.failures[i];
    const std::string reason = ReasonOf(failure.status);
    PrintText("failed: " + failure.origin + ": " + MessageOf(failure.status) +
              (reason.empty() ? "" : " [" + reason + "]") + "\n");
  }
  if (summary.failed > shown) {
    PrintText("... and " + WithCommas(summary.failed - shown) +
              " more failures (--json lists them)\n");
  }
  for (std::size_t i = 0; i < std::min(kFailuresShown, summary.left_out.size());
       ++i) {
    PrintText("left out: " + summary.left_out[i].origin + " " +
              summary.left_out[i].note + "\n");
  }
}

Status UploadAll(const Sources& sources, const IngestOptions& options,
                 Client& client, Summary& summary, Report& report) {
  Progress progress(sources.count());
  // Guards summary and report: the uploader and the reader fill them.
  std::mutex mutex;
  const auto done = [&](const UploadItem& item,
                        const Uploader::Result& result) {
    const std::lock_guard lock(mutex);
    if (result.ok()) {
      summary.Count(*result);
      report.Add(item.origin, *result);
    } else {
      summary.Fail({.origin = item.origin,
                    .document = item.source.id,
                    .status = result.status()});
      report.AddFailure(item.origin, item.source.id, result.status());
    }
    progress.Add(!result.ok(), result.ok() ? result->tokens_embedded() : 0);
  };
  Uploader uploader(
      client,
      {.collection = options.collection, .in_flight = options.in_flight}, done);
  sources.Visit(
      {.on_item =
           [&](UploadItem item) { return uploader.Push(std::move(item)); },
       .on_failure =
           [&](const std::string& origin, const Status& status) {
             const std::lock_guard lock(mutex);
             summary.Fail({.origin = origin, .document = {}, .status = status});
             report.AddFailure(origin, {}, status);
             progress.Add(true, 0);
           },
       .on_note =
           [&](const std::string& origin, const std::string& note) {
             const std::lock_guard lock(mutex);
             report.AddLeftOut(origin, note);
             if (summary.left_out.size() < kFailuresKept) {
               summary.left_out.push_back({.origin = origin, .note = note});
             }
           }});
  return uploader.Finish();
}

StatusOr<ExitCode> RunIngest(const GlobalOptions& global,
                             const IngestOptions& options) {
  if (options.report == "-" && global.format() != Format::kText) {
    return InvalidArgumentError(
        "--report - and --json both write to stdout: give the report a file",
        "BAD_ARGUMENT");
  }
  Sources sources({.paths = options.paths,
                   .id = options.id,
                   .title = options.title,
                   .limits = Limits()});
  CAIRN_RETURN_IF_ERROR(sources.List());
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kCreate));
  CAIRN_ASSIGN_OR_RETURN(Report report, Report::Open(options.report));
  Summary summary;
  const Stopwatch watch;
  const Status stopped = UploadAll(sources, options, *client, summary, report);
  summary.seconds = watch.ElapsedMs() / 1000;
  const Status reported = report.Close();
  // A report on stdout that a script reads stands there alone.
  if (options.report == "-" && !StdoutIsTerminal()) {
    PrintNote(WithCommas(summary.failed) + " failed, " +
              WithCommas(summary.created + summary.updated) + " taken in");
  } else if (global.format() == Format::kText) {
    PrintSummaryText(summary);
  } else {
    PrintSummaryJson(summary, global.format());
  }
  // What was taken in before is kept, and said.
  CAIRN_RETURN_IF_ERROR(stopped);
  CAIRN_RETURN_IF_ERROR(reported);
  return summary.failed == 0 ? ExitCode::kOk : ExitCode::kSomeFailed;
}

}  // namespace

void AddIngest(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<IngestOptions>();
  CLI::App* command = AddCommand(
      app, "ingest", "Take in files, folders, archives, JSON Lines or stdin",
      "  cairn ingest reports/                 a folder and all below it\n"
      "  cairn ingest -c papers a.pdf b.html   into the collection papers\n"
      "  cairn ingest reports.zip              the files in it; tar, tar.gz, "
      "7z "
      "too\n"
      "  cairn ingest corpus.jsonl             {\"id\",\"title\",\"text\","
      "\"metadata\"} a line\n"
      "  cairn ingest reports/ --report -      what each became: pages, "
      "blocks,\n"
      "                                        tables, cells, characters, "
      "warnings\n"
      "  curl -s URL | cairn ingest - --id page\n"
      "What is there already costs nothing; an interrupted run is simply "
      "repeated.\nCollections other than default are made with \"cairn "
      "collection create\".");
  AddCollectionOption(*command, options->collection);
  command
      ->add_option("PATH", options->paths,
                   "Files, folders, archives, - for stdin")
      ->required();
  command->add_option("--id", options->id, "Document id, for one document");
  command->add_option("--title", options->title, "Title, for one document");
  command->add_option("--report", options->report,
                      "Write what each document became to FILE as JSON Lines; "
                      "- for stdout (a table on a terminal)");
  command->add_option("--in-flight", options->in_flight, "Uploads at a time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunIngest(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
