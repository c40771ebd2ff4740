// Mentions of one region: runs, quoted titles, dates, quantities.
// Threads: pure.
#pragma once

#include <string_view>
#include <vector>

#include "models/entity_extractor.h"
#include "models/rules/runs.h"
#include "models/rules/tokens.h"

namespace cairn::rules {

// By span, without overlap; `chunk` is left 0.
std::vector<ExtractedMention> FindMentions(std::string_view text,
                                           const Tokens& tokens,
                                           const WordUse& use);

}  // namespace cairn::rules
