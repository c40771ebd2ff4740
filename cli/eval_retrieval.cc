// cairn eval retrieval: take in a corpus, ask its questions, report.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "cli/client.h"
#include "cli/eval.h"
#include "cli/filter_options.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/shapes.h"
#include "cli/sources.h"
#include "cli/uploader.h"
#include "eval/data_set.h"
#include "eval/peak_memory.h"
#include "eval/retrieval.h"
#include "eval/run_file.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kCollection[] = "default";
// Questions that warm up the view, the model and its buffers: beginnings of
// documents, so that no real question is asked twice.
constexpr std::size_t kWarmUps = 20;
constexpr std::size_t kWarmUpBytes = 120;
constexpr std::size_t kFailuresShown = 5;
constexpr int kHitsMax = 1000;  // Of one reply.

struct EvalOptions {
  std::string data_set;
  std::string split;
  std::string mode = "auto";
  bool hide_titles = false;
  bool sentence_vectors = false;
  std::size_t limit = eval::kMeasureDepth;
  std::size_t threads = 1;
  std::vector<std::string> set;  // "name=value".
  std::vector<std::uint32_t> budgets;
  bool widen = false;
  bool explain = false;
  std::string output;
  bool data_named = false;  // --data was given.
};

// A folder that goes with the object.
class TemporaryFolder {
 public:
  static StatusOr<std::unique_ptr<TemporaryFolder>> Make() {
    std::error_code error;
    std::string path =
        (fs::temp_directory_path(error) / "cairn-eval-XXXXXX").string();
    if (error || ::mkdtemp(path.data()) == nullptr) {
      return UnavailableError("cannot make a temporary folder like " + path +
                                  "; name a folder with --data",
                              "NO_TEMPORARY_FOLDER");
    }
    return std::unique_ptr<TemporaryFolder>(new TemporaryFolder(path));
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
  const std::string path_;
};

// The corpus in the collection: ids there and ids in the data set.
struct Corpus {
  std::unordered_map<std::string, std::string> ids;  // From document ids.
  std::vector<std::string> warm_up;
};

// With hidden titles the id is the document's number: the data set's own id
// may be its title.
UploadItem ItemOf(eval::CorpusDocument document, std::size_t number,
                  bool hide_titles) {
  UploadItem item;
  item.source.id =
      hide_titles ? std::to_string(number) : DocumentIdOf(document.id);
  if (!hide_titles) item.source.title = std::move(document.title);
  item.source.bytes = std::move(document.text);
  // As a line of JSON Lines is taken in.
  item.source.media_type = "text/plain";
  item.origin = document.id;
  return item;
}

std::string WarmUpOf(const std::string& text) {
  return Shortened(text.substr(0, 4 * kWarmUpBytes), kWarmUpBytes);
}

Status TakeIn(const eval::DataSet& set, bool hide_titles, Client& client,
              eval::RetrievalRun& run, Corpus& corpus) {
  Progress progress(0);
  eval::IngestionResult& result = run.ingestion;
  const auto done = [&](const UploadItem& item, const Uploader::Result& reply) {
    progress.Add(!reply.ok(), reply.ok() ? reply->tokens_embedded() : 0);
    if (!reply.ok()) {
      if (++result.failed <= kFailuresShown) {
        PrintNote("not taken in: " + item.origin + ": " +
                  MessageOf(reply.status()));
      }
      return;
    }
    result.tokens += reply->tokens_embedded();
    if (reply->outcome() == v1::UploadDocumentResponse::OUTCOME_UNCHANGED) {
      ++result.unchanged;
    }
  };
  const Stopwatch watch;
  Uploader uploader(client, {.collection = kCollection}, done);
  const Status visited =
      set.VisitDocuments([&](eval::CorpusDocument document) -> Status {
        std::string warm_up = WarmUpOf(document.text);
        if (corpus.warm_up.size() < kWarmUps && !warm_up.empty()) {
          corpus.warm_up.push_back(std::move(warm_up));
        }
        std::string id = document.id;
        UploadItem item =
            ItemOf(std::move(document), result.documents++, hide_titles);
        corpus.ids.emplace(item.source.id, std::move(id));
        return uploader.Push(std::move(item)) ? OkStatus()
                                              : AbortedError("stopped");
      });
  // What stopped the uploader says more than that it stopped.
  CAIRN_RETURN_IF_ERROR(uploader.Finish());
  CAIRN_RETURN_IF_ERROR(visited);
  result.seconds = watch.ElapsedMs() / 1000;
  result.peak_bytes = eval::PeakMemoryBytes();
  return OkStatus();
}

StatusOr<v1::Collection> FindCollection(Client& client) {
  v1::GetCollectionRequest request;
  request.set_name(MakeCollectionName(kCollection));
  return client.Call(&v1::CollectionService::Stub::GetCollection,
                     client.collections(), request);
}

// Makes the collection, or sees that it is made as it is wanted.
Status OpenCollection(const GlobalOptions& global, bool sentence_vectors,
                      Client& client) {
  v1::CreateCollectionRequest request;
  request.set_collection_id(kCollection);
  request.mutable_collection()->set_sentence_vectors(sentence_vectors);
  const Status made = client
                          .Call(&v1::CollectionService::Stub::CreateCollection,
                                client.collections(), request)
                          .status();
  if (made.code() != StatusCode::kAlreadyExists) return made;
  CAIRN_ASSIGN_OR_RETURN(const v1::Collection collection,
                         FindCollection(client));
  if (collection.sentence_vectors() == sentence_vectors) return OkStatus();
  return FailedPreconditionError(global.data_folder + " was made with" +
                                     (sentence_vectors ? "out" : "") +
                                     " sentence vectors; name another folder",
                                 "OTHER_CORPUS");
}

// A folder that was used for something else would blur every figure.
Status CheckCollection(const GlobalOptions& global, Client& client,
                       const eval::RetrievalRun& run) {
  CAIRN_ASSIGN_OR_RETURN(const v1::Collection collection,
                         FindCollection(client));
  const auto there = static_cast<std::uint64_t>(collection.stats().documents());
  if (there == run.ingestion.documents - run.ingestion.failed) {
    return OkStatus();
  }
  return FailedPreconditionError(
      global.data_folder + " holds " + std::to_string(there) +
          " documents, the corpus has " +
          std::to_string(run.ingestion.documents) +
          "; name a folder of its own for each data set, with --hide-titles "
          "another one, or leave --data out",
      "OTHER_CORPUS");
}

Status AskQuestions(const eval::DataSet& set, const EvalOptions& options,
                    const Corpus& corpus, Client& client,
                    eval::RetrievalRun& run) {
  v1::RetrieveRequest shared;
  shared.set_parent(MakeCollectionName(kCollection));
  shared.set_limit(static_cast<int>(options.limit));
  shared.set_mode(ModeOf(options.mode));
  shared.set_one_per_document(true);
  shared.set_omit_text(true);
  shared.set_explain(options.explain);
  const auto search =
      [&](const std::string& question) -> StatusOr<eval::SearchHits> {
    v1::RetrieveRequest request = shared;
    request.set_query(question);
    CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveResponse response,
                           client.Call(&v1::QueryService::Stub::Retrieve,
                                       client.queries(), request));
    eval::SearchHits hits;
    for (const v1::Hit& hit : response.hits()) {
      const auto id = corpus.ids.find(IdOf(hit.document()));
      hits.documents.push_back(id == corpus.ids.end() ? "" : id->second);
      if (options.explain) {
        hits.parts.emplace_back(hit.scores().begin(), hit.scores().end());
      }
    }
    return hits;
  };
  eval::ResetPeakMemory();
  CAIRN_RETURN_IF_ERROR(eval::AskAll(
      set.questions(), {.threads = options.threads, .warm_up = corpus.warm_up},
      search, run));
  run.peak_bytes = eval::PeakMemoryBytes();
  return OkStatus();
}

// As many hits as a reply may have, so that nothing but the budget cuts.
Status AskPacked(const eval::DataSet& set, const EvalOptions& options,
                 const Corpus& corpus, Client& client,
                 eval::RetrievalRun& run) {
  v1::RetrieveRequest shared;
  shared.set_parent(MakeCollectionName(kCollection));
  shared.set_limit(kHitsMax);
  shared.set_mode(ModeOf(options.mode));
  shared.set_omit_text(true);
  shared.set_widen(options.widen);
  const auto search = [&](const std::string& question,
                          std::uint32_t budget) -> StatusOr<eval::PackedHits> {
    v1::RetrieveRequest request = shared;
    request.set_query(question);
    request.set_token_budget(budget);
    CAIRN_ASSIGN_OR_RETURN(const v1::RetrieveResponse response,
                           client.Call(&v1::QueryService::Stub::Retrieve,
                                       client.queries(), request));
    eval::PackedHits hits;
    for (const v1::Hit& hit : response.hits()) {
      const auto id = corpus.ids.find(IdOf(hit.document()));
      hits.documents.push_back(id == corpus.ids.end() ? "" : id->second);
      hits.tokens += hit.tokens();
    }
    return hits;
  };
  CAIRN_ASSIGN_OR_RETURN(
      run.packing, eval::AskBudgets(set.questions(), options.budgets, search));
  return OkStatus();
}

std::uint64_t CountMissingGold(const eval::DataSet& set, const Corpus& corpus) {
  std::set<std::string> known;
  for (const auto& [document, id] : corpus.ids) known.insert(id);
  std::uint64_t missing = 0;
  for (const eval::Question& question : set.questions()) {
    for (const eval::Gold& gold : question.gold) {
      if (!known.contains(gold.document)) ++missing;
    }
  }
  return missing;
}

std::string RowOf(const std::string& name, const eval::Summary& summary) {
  std::string row = name;
  row.resize(std::max<std::size_t>(row.size(), 20), ' ');
  row += Column(WithCommas(summary.questions), 6);
  for (const double mean : summary.means) row += Column(Percent(mean), 9);
  return row + "\n";
}

std::string MegabytesOf(std::uint64_t bytes) {
  return bytes == 0 ? "unknown" : WithCommas(bytes >> 20) + " MiB";
}

void PrintTable(const eval::RetrievalRun& run) {
  const eval::IngestionResult& in = run.ingestion;
  PrintText(run.data_set + ", mode " + run.mode + ", titles " +
            (run.titles_hidden ? "hidden" : "shown") +
            (run.sentence_vectors ? ", sentence vectors" : "") + ", " +
            WithCommas(in.documents) + " documents\n");
  std::string head(20, ' ');
  head += Column("n", 6);
  for (const std::string_view name : kMeasureHeads) head += Column(name, 9);
  PrintText(head + "\n");
  const eval::Summary all = eval::Summarize(run.results);
  PrintText(RowOf("all", all));
  for (const auto& [type, summary] : eval::SummarizeByType(run.results)) {
    PrintText(RowOf(type, summary));
  }
  PrintText("latency    p50 " + Decimal(all.latency.p50, 1) + " ms, p90 " +
            Decimal(all.latency.p90, 1) + ", p99 " +
            Decimal(all.latency.p99, 1) + ", max " +
            Decimal(all.latency.max, 1) + "; " + std::to_string(run.threads) +
            " at a time, " +
            Decimal(static_cast<double>(all.questions) / run.seconds, 1) +
            " questions/s\n");
  PrintText("indexing   " +
            (in.tokens == 0 ? std::string("nothing to do: all there")
                            : WithCommas(in.tokens) + " tokens in " +
                                  Decimal(in.seconds, 1) + " s, " +
                                  WithCommas(static_cast<std::uint64_t>(
                                      std::llround(in.TokensPerSecond()))) +
                                  " tokens/s") +
            "\n");
  PrintText("memory     peak " + MegabytesOf(in.peak_bytes) +
            " while taking in, " + MegabytesOf(run.peak_bytes) +
            " while asking\n");
}

void PrintPacking(const std::vector<eval::BudgetResult>& packing) {
  if (packing.empty()) return;
  PrintText("packing" + Column("budget", 13) + Column("gold kept", 11) +
            Column("all gold", 10) + Column("hits", 9) + Column("tokens", 11) +
            Column("p50 ms", 9) + Column("p99 ms", 9) + "\n");
  for (const eval::BudgetResult& one : packing) {
    PrintText(Column(WithCommas(one.budget), 20) +
              Column(Percent(one.gold_kept), 11) +
              Column(Percent(one.all_gold), 10) +
              Column(Decimal(one.hits, 1), 9) +
              Column(WithCommas(static_cast<std::uint64_t>(one.tokens)), 11) +
              Column(Decimal(one.ms_p50, 1), 9) +
              Column(Decimal(one.ms_p99, 1), 9) + "\n");
  }
}

void PrintNotes(const eval::RetrievalRun& run) {
  if (run.ingestion.failed > 0) {
    PrintNote(WithCommas(run.ingestion.failed) +
              " documents could not be taken in");
  }
  if (run.questions_without_gold > 0) {
    PrintNote(WithCommas(run.questions_without_gold) +
              " questions have no gold document and were left out");
  }
  if (run.gold_missing > 0) {
    PrintNote(WithCommas(run.gold_missing) +
              " gold documents are not in the corpus; they count as missed");
  }
}

Status ReadSettings(const std::vector<std::string>& settings,
                    std::map<std::string, double>& values) {
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    double value = 0;
    if (equals == std::string::npos || equals == 0 ||
        !CLI::detail::lexical_cast(setting.substr(equals + 1), value)) {
      return InvalidArgumentError("--set wants NAME=NUMBER, not " + setting,
                                  "BAD_ARGUMENT");
    }
    values[setting.substr(0, equals)] = value;
  }
  return OkStatus();
}

Status Describe(Client& client, eval::RetrievalRun& run) {
  CAIRN_ASSIGN_OR_RETURN(const v1::GetStatusResponse status,
                         client.Call(&v1::AdminService::Stub::GetStatus,
                                     client.admin(), v1::GetStatusRequest()));
  run.version = status.version();
  run.embedder = status.embedder();
  run.reranker = status.reranker();
  return OkStatus();
}

StatusOr<eval::RetrievalRun> Evaluate(const GlobalOptions& global,
                                      const EvalOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(
      const eval::DataSet set,
      eval::DataSet::Open(options.data_set, {.split = options.split}));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kCreate));
  eval::RetrievalRun run{.data_set = set.name(),
                         .mode = options.mode,
                         .titles_hidden = options.hide_titles,
                         .sentence_vectors = options.sentence_vectors,
                         .limit = options.limit,
                         .threads = options.threads,
                         .options = global.retrieval,
                         .version = {},
                         .embedder = {},
                         .reranker = {},
                         .ingestion = {},
                         .results = {},
                         .packing = {}};
  run.questions_without_gold = set.questions_without_gold();
  Corpus corpus;
  CAIRN_RETURN_IF_ERROR(Describe(*client, run));
  CAIRN_RETURN_IF_ERROR(
      OpenCollection(global, options.sentence_vectors, *client));
  CAIRN_RETURN_IF_ERROR(TakeIn(set, options.hide_titles, *client, run, corpus));
  CAIRN_RETURN_IF_ERROR(CheckCollection(global, *client, run));
  run.gold_missing = CountMissingGold(set, corpus);
  CAIRN_RETURN_IF_ERROR(AskQuestions(set, options, corpus, *client, run));
  CAIRN_RETURN_IF_ERROR(AskPacked(set, options, corpus, *client, run));
  return run;
}

StatusOr<ExitCode> RunEvalRetrieval(GlobalOptions global,
                                    const EvalOptions& options) {
  if (!global.server.empty()) {
    return InvalidArgumentError(
        "eval measures the embedded engine; leave --server out",
        "BAD_ARGUMENT");
  }
  CAIRN_RETURN_IF_ERROR(ReadSettings(options.set, global.retrieval));
  std::unique_ptr<TemporaryFolder> temporary;
  if (!options.data_named) {
    CAIRN_ASSIGN_OR_RETURN(temporary, TemporaryFolder::Make());
    global.data_folder = temporary->path();
  }
  CAIRN_ASSIGN_OR_RETURN(const eval::RetrievalRun run,
                         Evaluate(global, options));
  if (!options.output.empty()) {
    CAIRN_RETURN_IF_ERROR(eval::WriteRun(options.output, run));
  }
  if (global.format() == Format::kText) {
    PrintTable(run);
    PrintPacking(run.packing);
  } else {
    PrintJson(eval::RunToJson(run), global.format());
  }
  PrintNotes(run);
  return run.ingestion.failed == 0 ? ExitCode::kOk : ExitCode::kSomeFailed;
}

}  // namespace

void AddEvalRetrieval(CLI::App& app, CLI::App& group, Invocation& invocation) {
  const auto options = std::make_shared<EvalOptions>();
  CLI::App* command = AddCommand(
      group, "retrieval", "Ask the questions of a data set",
      "  cairn eval retrieval --data-set bench/musique\n"
      "  cairn eval retrieval --data-set beir/nfcorpus --mode dense --json\n"
      "  cairn eval retrieval --data-set bench/musique --data eval-musique \\\n"
      "      --set walk=0 --output no-walk.json\n"
      "A data set is a folder with corpus.jsonl and queries.jsonl, a BEIR "
      "folder, or\ncorpus.csv and queries.csv; docs/evaluation.md tells the "
      "fields. The corpus goes\ninto --data when that is given (what is there "
      "already costs nothing), else into a\ntemporary folder.");
  command->add_option("--data-set", options->data_set, "Folder of the data set")
      ->required();
  command->add_option("--split", options->split,
                      "BEIR: judge by qrels/SPLIT.tsv (default: test)");
  AddModeOption(*command, options->mode);
  command->add_flag("--hide-titles", options->hide_titles,
                    "Take the documents in without titles and ids");
  command->add_flag("--sentence-vectors", options->sentence_vectors,
                    "Take the documents in with sentence vectors");
  command->add_option("-k,--limit", options->limit, "Hits a question")
      ->check(CLI::Range(eval::kMeasureDepth, std::size_t{1000}))
      ->capture_default_str();
  command
      ->add_option("--threads", options->threads,
                   "Questions at a time; more than 1 measures throughput")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command
      ->add_option("--set", options->set,
                   "A retrieval option, NAME=NUMBER; may be repeated")
      ->expected(1)
      ->take_all();
  command
      ->add_option("--budgets", options->budgets,
                   "Also ask for hits packed into these numbers of tokens and "
                   "tell what share of the gold is left")
      ->delimiter(',')
      ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{10'000'000}));
  command->add_flag("--widen", options->widen,
                    "With --budgets: join hits to longer pieces");
  command->add_flag("--explain", options->explain,
                    "Write what every score is made of into the run");
  command->add_option("--output", options->output,
                      "Also write the run to this file, as JSON");
  command->callback([options, &app, &invocation] {
    options->data_named = app.count("--data") > 0;
    invocation.run = [options, &invocation] {
      return RunEvalRetrieval(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
