// OnnxEncoder: an encoder on ONNX Runtime, whatever its form.
//
// Place: OnnxEmbedder runs it where our own kernels cannot (models/bert).
// Threads: safe. Lifetime: owns its session.
// Errors: as EncoderNetwork; of Load those of CheckNetwork (runtime.h). Load
// may throw what the runtime throws, Run does not.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "models/encoder_network.h"
#include "models/onnx/manifest.h"

namespace cairn {

// `network` holds the bytes of the file that `manifest` names.
StatusOr<std::unique_ptr<EncoderNetwork>> LoadOnnxEncoder(
    const ModelManifest& manifest, std::string network);

}  // namespace cairn
