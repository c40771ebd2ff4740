// MakeTranscriber: from the configuration to the transcriber it names.
//
// Place: the engine makes one.
// Errors: INVALID_ARGUMENT (BAD_CONFIGURATION) for options without an address,
// those of ReadFile (the key) and HttpClient.
#pragma once

#include <memory>

#include "base/status.h"
#include "models/transcriber.h"
#include "services/server/config.h"

namespace cairn {

// Null when the configuration names none.
StatusOr<std::unique_ptr<const Transcriber>> MakeTranscriber(
    const TranscriberConfig& config, const Limits& limits);

}  // namespace cairn
