// OnnxEmbedder: a BERT-shaped encoder on ONNX Runtime.
//
// Place: the default Embedder. One text a run and one thread a run: a
// quantised model scales its activations over the whole batch, so batches would
// make a vector depend on its neighbours (and are slower on two cores).
// Parallelism comes from callers: several threads embed at once.
// Errors: those of manifest.h; FAILED_PRECONDITION (RUNTIME_TOO_OLD);
// INTERNAL with the runtime's words.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "models/embedder.h"
#include "models/onnx/manifest.h"

namespace cairn {

// Reads the folder's manifest, checks every file's SHA-256, loads the model.
StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(const std::string& folder);

}  // namespace cairn
