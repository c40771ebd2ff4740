// Answer: sentences bound to evidence that anyone can check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/document.h"
#include "domain/search.h"
#include "domain/span.h"

namespace cairn {

struct Citation {
  std::string document;
  std::string version;
  std::string title;
  ByteSpan span;      // Of the canonical text of that version.
  std::string quote;  // Exactly those bytes.
  std::string quote_sha256;
  std::uint32_t page = 0;   // From 1; 0: none.
  std::vector<Box> boxes;   // Where the source has them.
  std::vector<Cell> cells;  // Table cells that the span touches.
  // Of a recording: from the first to the last block that the span touches.
  std::optional<TimeRange> time = std::nullopt;
};

enum class Verdict : std::uint8_t { kSupported, kContradicted, kUnsupported };
// "supported", "contradicted", "unsupported".
const char* NameOf(Verdict verdict);

struct AnswerSentence {
  std::string text;
  Verdict verdict = Verdict::kUnsupported;
  double confidence = 0;  // 0..1.
  std::vector<Citation> citations;
};

struct Usage {
  std::uint64_t retrieved_chunks = 0;
  std::uint64_t context_tokens = 0;
  std::uint64_t output_bytes = 0;
  double total_ms = 0;
  std::vector<StageTiming> timings;
};

struct Answer {
  std::string text;          // The sentences, joined by a space.
  std::string short_answer;  // Empty: none stands out.
  bool abstained = false;
  std::string abstain_reason;  // For people; empty unless abstained.
  double confidence = 0;       // 0..1; what abstention is decided on.
  std::vector<AnswerSentence> sentences;
  Usage usage;
  Sequence sequence;
};

struct AnswerRequest {
  SearchRequest search;
  std::uint32_t sentences_max = 4;
};

}  // namespace cairn
