// Question names: what the question names, and the chunks it thereby points at.
//
// A linked title points at the chunks of its documents with the strength of the
// name, over the square root of the number of titles that bear it; a rare name
// that no document is titled with points at the few chunks that hold it. Beside
// a title, "Section 4.2" points at the chunks of that section.
//
// Pure over an immutable view; threads: safe.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/graph_view.h"
#include "services/query/candidate.h"
#include "services/query/retrieval_options.h"

namespace cairn {

struct QuestionNames {
  struct Pointer {
    double strength = 0;  // 0..1.
    EntityId by;          // The name.
    bool title = false;   // Of the chunk's document.
  };

  std::vector<QuestionLink> links;  // By span.
  std::unordered_map<ChunkId, Pointer> chunks;
  // A title or a rare, proper name is among them: worth following.
  bool open = false;

  double StrengthOf(const ChunkId& chunk) const;
  bool Titles(const ChunkId& chunk) const;
};

// Chunks that hold a term of the lexical index.
using WordStatistics = std::function<std::size_t(std::string_view term)>;

// Without a proper name only titles as they stand are kept: "breast cancer" is
// one, but it does not open the gate.
QuestionNames FindQuestionNames(const GraphView& graph,
                                std::string_view question,
                                const WordStatistics& words,
                                const RetrievalOptions& options);

// Adds the part kLink, times `weight`. Of the chunks that one name points at,
// the best by what is known so far counts whole, the others half.
void AddLinkParts(const QuestionNames& names, double weight,
                  std::vector<Candidate>& candidates);

}  // namespace cairn
