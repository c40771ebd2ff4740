// MakeDescriber: from the configuration to the describer it names.
//
// Place: the engine makes one.
// Errors: INVALID_ARGUMENT (BAD_CONFIGURATION) for options without an address
// or an address without a model, those of ReadFile (the key) and HttpClient.
#pragma once

#include <memory>

#include "base/limits.h"
#include "base/status.h"
#include "models/picture_describer.h"
#include "services/server/config.h"

namespace cairn {

// Null when the configuration names none.
StatusOr<std::unique_ptr<const PictureDescriber>> MakeDescriber(
    const DescriberConfig& config, const Limits& limits);

}  // namespace cairn
