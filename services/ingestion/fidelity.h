// Fidelity: what of a document became text that can be found.
//
// Place: Prepare counts once; the numbers are stored with the version.
// Pure and linear. Threads: safe.
#pragma once

#include <vector>

#include "domain/chunk.h"
#include "domain/document.h"

namespace cairn {

Fidelity MeasureFidelity(const ParsedDocument& parsed,
                         const std::vector<Chunk>& chunks);

}  // namespace cairn
