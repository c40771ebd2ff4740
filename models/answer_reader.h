// AnswerReader: where in a passage the answer to a question stands.
//
// Place: generators that quote ask it about their best passages. A reader
// judges; it decides nothing: the generator chooses and may abstain.
// Implementations: reader/ (a trained head on the states of an encoder).
// Threads: safe. A reading does not depend on what else is read.
// Errors: the encoder's.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/span.h"

namespace cairn {

// The best words inside one unit of a passage (a sentence, a row, an item).
struct ReadSpan {
  ByteSpan span;     // Of the passage's text; empty: the unit was not read.
  double score = 0;  // Log odds against "the passage has no answer".
};

struct Reading {
  std::vector<ReadSpan> units;  // As many as were asked about, in order.
};

class AnswerReader {
 public:
  virtual ~AnswerReader() = default;
  // Identity of the weights, "squad-1@0a1b2c3d".
  virtual const std::string& id() const = 0;
  // `units`: spans of `text`. What lies beyond the encoder's length is not
  // read. `title` helps to understand and is never an answer.
  virtual StatusOr<Reading> Read(std::string_view question,
                                 std::string_view title, std::string_view text,
                                 std::span<const ByteSpan> units) const = 0;
};

}  // namespace cairn
