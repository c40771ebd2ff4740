// StatusOfChild: why a child that gave no whole reply gave none.
//
// Place: ParseDocument and UnpackArchive. Threads: safe.
#pragma once

#include <string>

#include "base/limits.h"
#include "base/status.h"
#include "documents/sandbox/child_process.h"

namespace cairn {

// INVALID_ARGUMENT: PARSER_TIMEOUT, PARSER_OUT_OF_MEMORY, PARSER_CRASHED.
// `work` for the message: "parsing this document".
Status StatusOfChild(const ChildOutcome& outcome, const Limits& limits,
                     const std::string& work);

}  // namespace cairn
