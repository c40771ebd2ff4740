// cairn ask: an answer whose sentences show what they stand on.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "cli/batch.h"
#include "cli/client.h"
#include "cli/command.h"
#include "cli/filter_options.h"
#include "cli/output.h"
#include "cli/shapes.h"
#include "services/convert/resource_name.h"

namespace cairn::cli {
namespace {

constexpr std::size_t kTitleShown = 200;

struct AskOptions {
  std::string text;
  std::string batch;
  std::string collection = "default";
  std::string mode = "auto";
  FilterOptions filter;
  int limit = 0;
  int sentences = 0;
};

StatusOr<v1::AnswerQuestionRequest> RequestOf(const AskOptions& options) {
  v1::AnswerQuestionRequest request;
  request.set_parent(MakeCollectionName(options.collection));
  request.set_question(options.text);
  request.set_mode(ModeOf(options.mode));
  request.set_limit(options.limit);
  request.set_sentences_max(options.sentences);
  CAIRN_RETURN_IF_ERROR(Fill(options.filter, *request.mutable_filter()));
  return request;
}

struct Sentence {
  std::string text;
  std::vector<v1::Citation> citations;
  v1::AnswerVerdict verdict;
};

// An answer as its events built it up.
struct Gathered {
  std::string mended_query;
  std::vector<Sentence> sentences;
  v1::Usage usage;
  v1::AnswerSummary summary;
};

// Calls on_sentence for each sentence that is complete.
StatusOr<Gathered> Gather(
    Client& client, const v1::AnswerQuestionRequest& request,
    const std::function<void(const Sentence&)>& on_sentence) {
  grpc::ClientContext context;
  client.Prepare(context);
  const auto reader = client.queries().AnswerQuestion(&context, request);
  Gathered answer;
  v1::AnswerQuestionResponse event;
  while (reader->Read(&event)) {
    if (event.has_plan()) {
      answer.mended_query = event.plan().mended_query();
    } else if (event.has_text()) {
      answer.sentences.push_back(
          {.text = event.text().text(), .citations = {}, .verdict = {}});
    } else if (event.has_citation() && !answer.sentences.empty()) {
      answer.sentences.back().citations.push_back(event.citation());
    } else if (event.has_verdict() && !answer.sentences.empty()) {
      answer.sentences.back().verdict = event.verdict();
      if (on_sentence) on_sentence(answer.sentences.back());
    } else if (event.has_usage()) {
      answer.usage = event.usage();
    } else if (event.has_summary()) {
      answer.summary = event.summary();
    }
  }
  CAIRN_RETURN_IF_ERROR(StatusOf(reader->Finish()));
  return answer;
}

Json ShapeOfAnswer(const Gathered& answer) {
  Json sentences = Json::array();
  for (const Sentence& sentence : answer.sentences) {
    Json citations = Json::array();
    for (const v1::Citation& citation : sentence.citations) {
      citations.push_back(ShapeOf(citation));
    }
    const auto& verdict = sentence.verdict;
    sentences.push_back(
        {{"text", sentence.text},
         {"verdict",
          ShortName(v1::Verdict_Name(verdict.verdict()), "VERDICT_")},
         {"confidence", verdict.confidence()},
         {"citations", std::move(citations)}});
  }
  const v1::AnswerSummary& summary = answer.summary;
  return {{"answer", summary.answer()},
          {"short_answer", summary.short_answer()},
          {"abstained", summary.abstained()},
          {"abstain_reason", summary.abstain_reason()},
          {"confidence", summary.confidence()},
          {"mended_query", answer.mended_query},
          {"sentences", std::move(sentences)},
          {"usage", ShapeOf(answer.usage)}};
}

// Numbers the quotes of an answer; the same bytes keep their number.
class QuoteList {
 public:
  std::size_t NumberOf(const v1::Citation& citation) {
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
      const v1::Citation& known = quotes_[i];
      if (known.document() == citation.document() &&
          known.span().begin() == citation.span().begin() &&
          known.span().end() == citation.span().end()) {
        return i + 1;
      }
    }
    quotes_.push_back(citation);
    return quotes_.size();
  }
  void Print() const {
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
      const v1::Citation& quote = quotes_[i];
      std::string head = "[" + std::to_string(i + 1) + "] " +
                         Shortened(quote.title(), kTitleShown) + "  [" +
                         IdOf(quote.document()) + "]";
      if (quote.page() > 0) head += "  page " + std::to_string(quote.page());
      if (quote.has_time()) {
        head +=
            "  " + TimeRangeText(quote.time().begin_s(), quote.time().end_s());
      }
      head += "  bytes " + std::to_string(quote.span().begin()) + "-" +
              std::to_string(quote.span().end());
      PrintText(head + "\n    \"" + quote.quote() + "\"\n");
    }
  }

 private:
  std::vector<v1::Citation> quotes_;
};

StatusOr<ExitCode> AskForPeople(const v1::AnswerQuestionRequest& request,
                                Client& client) {
  QuoteList quotes;
  const bool streamed = StdoutIsTerminal();
  const auto print = [&](const Sentence& sentence) {
    std::string line = sentence.text + " ";
    std::set<std::size_t> numbers;
    for (const v1::Citation& citation : sentence.citations) {
      numbers.insert(quotes.NumberOf(citation));
    }
    for (const std::size_t number : numbers) {
      line += "[" + std::to_string(number) + "]";
    }
    if (sentence.verdict.verdict() != v1::VERDICT_SUPPORTED) {
      line +=
          " (" +
          ShortName(v1::Verdict_Name(sentence.verdict.verdict()), "VERDICT_") +
          ")";
    }
    PrintText(line + "\n");
    if (streamed) std::fflush(stdout);
  };
  CAIRN_ASSIGN_OR_RETURN(const Gathered answer, Gather(client, request, print));
  const v1::AnswerSummary& summary = answer.summary;
  if (!answer.mended_query.empty()) {
    PrintNote("read as: " + answer.mended_query);
  }
  if (summary.abstained()) {
    PrintText("No answer: " +
              (summary.abstain_reason().empty() ? "the documents do not say"
                                                : summary.abstain_reason()) +
              "\n");
    return ExitCode::kOk;
  }
  if (!summary.short_answer().empty()) {
    const std::string& words = summary.short_answer();
    PrintText("\nIn short: " + Shortened(words, words.size()) + "\n");
  }
  PrintText("\n");
  quotes.Print();
  return ExitCode::kOk;
}

StatusOr<ExitCode> AskFile(const v1::AnswerQuestionRequest& shared,
                           const std::string& path, Client& client) {
  const auto work = [&](const std::string& question) -> StatusOr<Json> {
    v1::AnswerQuestionRequest request = shared;
    request.set_question(question);
    CAIRN_ASSIGN_OR_RETURN(const Gathered answer,
                           Gather(client, request, nullptr));
    return ShapeOfAnswer(answer);
  };
  return RunBatch({.path = path, .threads = BatchThreads()}, work);
}

StatusOr<ExitCode> RunAsk(const GlobalOptions& global,
                          const AskOptions& options) {
  if (options.text.empty() == options.batch.empty()) {
    return InvalidArgumentError("give either TEXT or --batch FILE",
                                "BAD_ARGUMENT");
  }
  CAIRN_ASSIGN_OR_RETURN(const v1::AnswerQuestionRequest request,
                         RequestOf(options));
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Client> client,
                         Client::Open(global, WhenAbsent::kFail));
  if (!options.batch.empty()) return AskFile(request, options.batch, *client);
  if (global.format() == Format::kText) return AskForPeople(request, *client);
  CAIRN_ASSIGN_OR_RETURN(const Gathered answer,
                         Gather(*client, request, nullptr));
  PrintJson(ShapeOfAnswer(answer), global.format());
  return ExitCode::kOk;
}

}  // namespace

void AddAsk(CLI::App& app, Invocation& invocation) {
  const auto options = std::make_shared<AskOptions>();
  CLI::App* command = AddCommand(
      app, "ask", "Answer a question with sentences and their sources",
      "  cairn ask \"When was the bridge opened?\"\n"
      "  cairn ask --json \"How much did revenue grow?\"\n"
      "  cairn ask --batch questions.jsonl --jsonl\n"
      "Each sentence ends with the numbers of the quotes that carry it; when "
      "the\nevidence is not there, no answer is given and the exit code is "
      "still 0.");
  command->add_option("TEXT", options->text, "The question");
  AddCollectionOption(*command, options->collection);
  AddModeOption(*command, options->mode);
  AddFilterOptions(*command, options->filter);
  command->add_option("-k,--limit", options->limit, "Passages to read")
      ->check(CLI::Range(1, 1000));
  command->add_option("--sentences", options->sentences, "Sentences at most")
      ->check(CLI::Range(1, 64));
  command->add_option("--batch", options->batch,
                      "JSON Lines of questions; - for stdin");
  command->callback([options, &invocation] {
    invocation.run = [options, &invocation] {
      return RunAsk(invocation.global, *options);
    };
  });
}

}  // namespace cairn::cli
