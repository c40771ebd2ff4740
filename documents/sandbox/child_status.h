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
// For the message: `work`, "parsing this document", and whose limits of time
// held, "parser" or "ocr".
Status StatusOfChild(const ChildOutcome& outcome, const Limits& limits,
                     const std::string& work,
                     const std::string& holder = "parser");

}  // namespace cairn
