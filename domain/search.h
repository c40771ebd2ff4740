// Search: a question to the retrieval core and what comes back.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/document.h"
#include "domain/ids.h"
#include "domain/span.h"

namespace cairn {

enum class SearchMode : std::uint8_t {
  kAuto = 0,    // Hybrid with the graph.
  kHybrid = 1,  // Dense and lexical, no graph.
  kDense = 2,
  kLexical = 3,
  kGraph = 4,  // Personalised PageRank from the question's entities.
  kGlobal =
      5,  // Wide questions: one best chunk a section, spread over documents.
  kTable = 6,  // Table chunks only.
};

const char* NameOf(SearchMode mode);
std::optional<SearchMode> SearchModeFromName(std::string_view name);

// Documents that qualify. Empty fields do not restrict.
struct SearchFilter {
  std::vector<std::string> documents;  // Ids; any of them.
  Metadata metadata;                   // All must match exactly.
  bool empty() const { return documents.empty() && metadata.empty(); }
};

struct SearchRequest {
  std::string query;
  std::uint32_t limit = 10;
  SearchMode mode = SearchMode::kAuto;
  SearchFilter filter;
  // 0: no packing. Else hits are cut to fit this many model tokens.
  std::uint32_t token_budget = 0;
  bool one_per_document = false;  // Keep only the best chunk of a document.
  bool with_text = true;
  bool widen = false;             // Join hits of a section that stand together.
  bool keep_repetitions = false;  // Of what a better hit says.
  Deadline deadline = Deadline::Infinite();
};

// Parts of a hit's score, by name: "dense", "lexical", "graph", ...: what each
// added to the total, so that they sum up to Hit::score.
using ScoreParts = std::map<std::string, double>;

struct Hit {
  ChunkId chunk;
  std::string document;  // Its id.
  std::string version;
  std::string title;
  std::string context;  // Never quoted.
  std::string text;     // Canonical text inside `span`.
  ByteSpan span;
  std::uint32_t page = 0;
  std::uint32_t tokens = 0;
  std::uint32_t chunks = 1;  // That its text spans; `chunk` is the best.
  bool table = false;
  double score = 0;
  ScoreParts scores;
};

struct StageTiming {
  std::string stage;
  double ms = 0;
};

struct SearchResult {
  // The question as it was asked of the indexes, where a word of it was read as
  // a name that the collection has; else empty.
  std::string mended_query;
  std::vector<Hit> hits;  // Best first; ties by document key, then ordinal.
  std::vector<StageTiming> timings;
  std::vector<std::string>
      dropped_stages;  // Left out, wholly or in part, for want
                       // of time; or failed ("rerank").
  Sequence sequence;   // The state that was searched.
};

}  // namespace cairn
