// OnnxEmbedder: a sentence encoder on ONNX Runtime.
//
// Place: the Embedder of a default installation; the server opens it from a
// model's folder (models/onnx/manifest.h).
// Threads: safe. One text a run, one thread a run: the vector of a text cannot
// depend on its neighbours (quantised networks scale by what is in a batch),
// and cores are used by calling from several threads.
// Errors: those of the manifest; INVALID_ARGUMENT or UNIMPLEMENTED for another
// kind of tokenizer; FAILED_PRECONDITION, reason RUNTIME_TOO_OLD, when the
// installed runtime does not know our version of its interface; INTERNAL with
// the runtime's words.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "models/embedder.h"
#include "models/onnx/manifest.h"

namespace cairn {

// What the runtime lets one choose. The defaults are the measured best; the
// bench compares them.
struct OnnxOptions {
  bool memory_arena = true;     // Keeps freed blocks for the next run.
  bool memory_pattern = false;  // Plans blocks by the shape of the input.
  bool spinning = false;        // Idle threads of a pool burn a core.
};

// Reads, verifies and loads the model in `folder`.
StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(
    const std::string& folder, const OnnxOptions& options = {});

}  // namespace cairn
