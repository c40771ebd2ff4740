// cairn bench: how fast a collection answers on this machine.
#include <CLI/CLI.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "cli/client.h"
#include "cli/command.h"
#include "cli/filter_options.h"
#include "cli/output.h"
#include "eval/measures.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kWarmUps = 5;

struct BenchOptions {
  std::string collection = "default";
  std::size_t queries = 200;
  std::size_t threads = 1;
  std::string mode = "auto";
};

// Titles of the collection, as questions; again from the start if too few.
StatusOr<std::vector<std::string>> MakeQuestions(const BenchOptions& options,
                                                 Client& client) {
  v1::ListDocumentsRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_page_size(
      static_cast<int>(std::min<std::size_t>(options.queries, 1000)));
  CAIRN_ASSIGN_OR_RETURN(const v1::ListDocumentsResponse page,
                         client.Call(&v1::DocumentService::Stub::ListDocuments,
                                     client.documents(), request));
  if (page.documents().empty()) {
    return NotFoundError("collection " + options.collection +
                             " has no documents to ask about; ingest some",
                         "COLLECTION_EMPTY");
  }
  std::vector<std::string> questions;
  for (const v1::Document& document : page.documents()) {
    questions.push_back("What is known about " + document.title() + "?");
  }
  return questions;
}

// One thread's part; milliseconds of each call into `ms`.
Status Ask(const std::vector<std::string>& questions,
           const BenchOptions& options, Client& client,
           std::atomic<std::size_t>& next, std::vector<double>& ms) {
  v1::RetrieveRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_mode(ModeOf(options.mode));
  for (std::size_t i = next++; i < ms.size(); i = next++) {
    request.set_query(questions[i % questions.size()]);
    const Stopwatch watch;
    CAIRN_RETURN_IF_ERROR(
        client
            .Call(&v1::QueryService::Stub::Retrieve, client.queries(), request)
            .status());
    ms[i] = watch.ElapsedMs();
  }
  return OkStatus();
}

StatusOr<std::vector<double>> AskAll(const std::vector<std::string>& questions,
                                     std::size_t count, std::size_t threads,
                                     const BenchOptions& options,
                                     Client& client) {
  std::vector<double> ms(count);
  std::vector<Status> statuses(threads);
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> running;
  for (Status& status : statuses) {
    running.emplace_back([&, out = &status] {
      *out = Ask(questions, options, client, next, ms);
    });
  }
  for (std::thread& thread : running) thread.join();
  for (const Status& status : statuses) CAIRN_RETURN_IF_ERROR(status);
  return ms;
}

void Print(const std::vector<double>& ms, double seconds,
           const BenchOptions& options, Format format) {
  const double rate = static_cast<double>(ms.size()) / seconds;
  const double p50 = eval::Percentile(ms, 0.5);
  const double p90 = eval::Percentile(ms, 0.9);
  const double p99 = eval::Percentile(ms, 0.99);
  if (format != Format::kText) {
    PrintJson({{"queries", ms.size()},
               {"threads", options.threads},
               {"queries_per_second", rate},
               {"p50_ms", p50},
               {"p90_ms", p90},
               {"p99_ms", p99}},
              format);
    return;
  }
  char line[200];
  std::snprintf(line, sizeof line,
                "%zu searches, %zu at a time: %.1f a second\n"
                "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms\n",
                ms.size(), options.threads, rate, p50, p90, p99);
  PrintText(line);
}

StatusOr<ExitCode> RunBench(const GlobalOptions& global,
                            const BenchOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  CAIRN_ASSIGN_OR_RETURN(const std::vector<std::string> questions,
                         MakeQuestions(options, *client));
  // The first search builds the indexes.
  CAIRN_RETURN_IF_ERROR(
      AskAll(questions, kWarmUps, 1, options, *client).status());
  const Stopwatch watch;
  CAIRN_ASSIGN_OR_RETURN(
      const std::vector<double> ms,
      AskAll(questions, options.queries, options.threads, options, *client));
  Print(ms, watch.ElapsedMs() / 1000, options, global.format());
  return ExitCode::kOk;
}

}  // namespace

void AddBench(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<BenchOptions>();
  CLI::App* command =
      AddCommand(app, "bench", "Measure how fast a collection is searched here",
                 "  cairn bench\n"
                 "  cairn --server 127.0.0.1:7411 bench -c papers --threads 4\n"
                 "The questions are \"What is known about TITLE?\".");
  AddCollectionOption(*command, options->collection);
  command->add_option("-n,--queries", options->queries, "Searches to time")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--threads", options->threads, "Searches at a time")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
  AddModeOption(*command, options->mode);
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunBench(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
