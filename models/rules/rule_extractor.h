// RuleExtractor: the entity extractor that needs no model.
//
// Place: behind models/entity_extractor.h; services/ wire it.
// Promise: a pure function of its input, linear in the text.
// Threads: safe; no state.
// Errors: INVALID_ARGUMENT when the document or its chunks are missing.
// Limits: 2,000 key names a table; names longer than 200 bytes are left out.
#pragma once

#include <memory>

#include "models/entity_extractor.h"

namespace cairn {

// Its id is "rules-1".
std::unique_ptr<EntityExtractor> MakeRuleExtractor();

}  // namespace cairn
