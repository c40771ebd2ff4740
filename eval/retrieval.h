// Retrieval: the questions of a data set asked one after another, and what
// came of it.
//
// Place: `cairn eval retrieval` fills a RetrievalRun and prints it;
// comparison.h compares two. It asks through a function, so it knows neither
// gRPC nor the engine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "eval/data_set.h"
#include "eval/measures.h"
#include "eval/packing.h"

namespace cairn::eval {

// What a score is made of, by the name of the part.
using HitParts = std::map<std::string, double>;

// What a question found.
struct SearchHits {
  std::vector<std::string> documents;  // Ids of the corpus, best first.
  std::vector<HitParts> parts;  // As many, or none when none were asked for.
};

struct QuestionResult {
  Question question;              // Its gold with ranks.
  std::vector<std::string> hits;  // Document ids of the corpus, best first.
  std::vector<HitParts> parts;    // Of the hits, where asked for.
  double ms = 0;                  // From asking to the reply.
};

// What taking in the corpus came to.
struct IngestionResult {
  std::uint64_t documents = 0;  // Of the corpus.
  std::uint64_t unchanged = 0;  // There already.
  std::uint64_t failed = 0;
  std::uint64_t tokens = 0;  // Embedded; 0: nothing was left to do.
  double seconds = 0;
  std::uint64_t peak_bytes = 0;  // Resident memory; 0: unknown.

  double TokensPerSecond() const;
};

// All that is known of one run; the members above `ingestion` say what was run.
struct RetrievalRun {
  std::string data_set;
  std::string mode;
  bool titles_hidden = false;
  bool sentence_vectors = false;
  std::size_t limit = kMeasureDepth;      // Hits asked for.
  std::size_t threads = 1;                // Questions at a time.
  std::map<std::string, double> options;  // Set away from their defaults.
  std::string version;                    // Of the program.
  std::string embedder;
  std::string reranker;  // Empty: none.

  IngestionResult ingestion;
  std::vector<QuestionResult> results;  // In the order of the data set.
  std::vector<BudgetResult> packing;    // Empty: no budgets were asked for.
  std::uint64_t questions_without_gold = 0;
  std::uint64_t gold_missing = 0;  // Gold that the corpus does not hold.
  double seconds = 0;              // For all questions.
  std::uint64_t peak_bytes = 0;    // Resident memory while asking; 0: unknown.
};

struct AskOptions {
  std::size_t threads = 1;           // Questions at a time.
  std::vector<std::string> warm_up;  // Asked first, not timed.
};

// Called from several threads when AskOptions::threads is above 1.
using Search = std::function<StatusOr<SearchHits>(const std::string& question)>;

// Fills results and seconds. The first question that fails ends it; the error
// names the question.
Status AskAll(std::span<const Question> questions, const AskOptions& options,
              const Search& search, RetrievalRun& run);

struct Latency {
  double p50 = 0, p90 = 0, p99 = 0, max = 0;  // Milliseconds.
};

struct Summary {
  std::size_t questions = 0;
  MeasureValues means = {};
  Latency latency;
};

Summary Summarize(std::span<const QuestionResult> results);
// By type, in the order of the alphabet; empty when there is just one type.
std::vector<std::pair<std::string, Summary>> SummarizeByType(
    std::span<const QuestionResult> results);

}  // namespace cairn::eval
