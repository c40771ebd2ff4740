// SpanReader: the AnswerReader of a default installation, a trained head on
// the states of the default encoder.
//
// Place: the engine makes it beside the generator.
// Cost: one run of the encoder over question, title and passage (25 ms for 230
// tokens on a free core) and about 3 ms of its own (reader_bench).
// Threads: safe. `embedder` must outlive it.
// Errors: FAILED_PRECONDITION, reason READER_MISMATCH, for an embedder that
// the weights were not trained on; DATA_LOSS, reason READER_DAMAGED.
#pragma once

#include <memory>

#include "base/status.h"
#include "models/answer_reader.h"
#include "models/embedder.h"

namespace cairn {

StatusOr<std::unique_ptr<AnswerReader>> MakeSpanReader(
    const Embedder& embedder);

}  // namespace cairn
