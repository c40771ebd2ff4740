// OnnxEmbedder: a sentence encoder from an ONNX file. Quantised BERT encoders
// run on our own kernels (models/bert) where the CPU has them, all others, and
// elsewhere, on ONNX Runtime.
//
// Place: the Embedder of a default installation; the server opens it from a
// model's folder (models/onnx/manifest.h).
// Threads: safe. One text a run, one thread a run: the vector of a text cannot
// depend on its neighbours (quantised networks scale by what is in a batch),
// and cores are used by calling from several threads.
// Cost: opening takes some 160 ms of one core and 70 MB; a text of 230 tokens
// 25 ms of a free core, 45 of a shared one.
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

// The version of the runtime that was loaded, "1.30.0"; RUNTIME_TOO_OLD.
StatusOr<std::string> OnnxRuntimeVersion();

enum class EncoderEngine { kBest, kOnnxRuntime };

// Reads, verifies and loads the model in `folder`.
StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(
    const std::string& folder, EncoderEngine engine = EncoderEngine::kBest);

}  // namespace cairn
