// OnnxCrossEncoder: a network that reads question and passage together, on
// ONNX Runtime.
//
// Place: the Reranker that `--reranker DIR` names; the folder is the user's, no
// such network is fetched by set-up. README.md tells how to make one.
// Input: [CLS] question [SEP] passage [SEP], token types 0 and 1. A question
// takes at most half of `max_tokens`, the passage what is left.
// Output: [n, 1], a logit or a probability, or [n, 2], of which the second is
// the one for "answers"; a score is that probability.
// Time: each batch is begun only when the time left covers what a batch took
// lately.
// Threads: safe; a call uses up to CrossEncoderOptions::threads.
// Errors: those of the manifest and of the tokenizer; FAILED_PRECONDITION,
// reason RUNTIME_TOO_OLD; INTERNAL with the runtime's words, or for an output
// of another shape or that is no number.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/status.h"
#include "models/onnx/manifest.h"
#include "models/reranker.h"

namespace cairn {

struct CrossEncoderOptions {
  std::size_t threads = 2;  // Of one call; each runs a batch of its own.
};

// Reads, verifies and loads the model in `folder`.
StatusOr<std::unique_ptr<Reranker>> OpenOnnxCrossEncoder(
    const std::string& folder, const CrossEncoderOptions& options = {});

}  // namespace cairn
