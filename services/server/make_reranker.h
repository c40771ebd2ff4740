// MakeReranker: from the configuration to the reranker it names.
//
// Place: the engine makes one. A folder is a cross-encoder, described at once
// and loaded at its first use; an address is a server.
// Errors: INVALID_ARGUMENT (BAD_CONFIGURATION) for options that do not fit
// together, those of ReadCrossEncoderManifest, ReadFile (the key) and
// HttpClient. A reranker that the configuration names and that cannot be had
// is an error, not a search without one.
#pragma once

#include <memory>

#include "base/status.h"
#include "models/reranker.h"
#include "services/server/config.h"

namespace cairn {

// Null when the configuration names none.
StatusOr<std::unique_ptr<const Reranker>> MakeReranker(
    const RerankerConfig& config);

}  // namespace cairn
