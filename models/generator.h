// Generator: evidence to a draft answer, sentence by sentence.
//
// Place: the query service retrieves, packs, calls Generate, then verifies
// every sentence of the draft against stored bytes before it leaves.
// Implementations: extractive/ExtractiveGenerator (embedded; quotes); remote
// language models will follow behind the same interface.
// Threads: safe.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/status.h"
#include "domain/document.h"
#include "domain/span.h"

namespace cairn {

// A cell of a table passage, for generators that read tables.
struct EvidenceCell {
  Cell cell;
  std::string text;
};

// A block of the passage's document, cut to the passage: a heading or an item
// of a list cannot be told by its text.
struct EvidenceBlock {
  BlockType type = BlockType::kParagraph;
  ByteSpan span;  // Of the document's canonical text.
};

struct EvidencePassage {
  std::string title;
  std::string context;  // Header: title > section, caption, header row.
  std::string text;     // Canonical text inside `span`.
  ByteSpan span;
  double score = 0;       // Of retrieval, best passage first.
  double similarity = 0;  // Cosine of the question and the passage, -1..1.
  bool linked = false;    // A name of the question is this passage's title.
  bool table = false;
  std::vector<EvidenceBlock> blocks;  // In order; empty: not known.
  std::uint32_t header_rows = 0;
  std::vector<EvidenceCell> header_cells;  // Of the table's header rows.
  std::vector<EvidenceCell> cells;         // Of the rows inside `span`.
};

// Bytes of a passage's document that a sentence stands on.
struct Quote {
  std::size_t passage = 0;  // Index into GenerationRequest::evidence.
  ByteSpan span;            // Of the document's canonical text.
};

struct DraftSentence {
  std::string text;
  std::vector<Quote> quotes;  // Never empty.
  double confidence = 0;      // 0..1.
};

struct Draft {
  bool abstained = false;
  std::string abstain_reason;
  double confidence = 0;     // 0..1, that the evidence answers the question.
  std::string short_answer;  // Empty: none stands out.
  std::vector<DraftSentence> sentences;
};

struct GenerationRequest {
  std::string question;
  std::vector<EvidencePassage> evidence;
  std::uint32_t sentences_max = 4;
  Deadline deadline = Deadline::Infinite();
};

class Generator {
 public:
  virtual ~Generator() = default;
  virtual std::string_view id() const = 0;
  virtual StatusOr<Draft> Generate(const GenerationRequest& request) const = 0;
};

}  // namespace cairn
