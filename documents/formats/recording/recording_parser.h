// RecordingParser: says why a recording cannot be read.
//
// Errors: INVALID_ARGUMENT (NO_TRANSCRIBER), always: with a transcriber,
// ingestion does not come here.
#pragma once

#include "documents/parser.h"

namespace cairn {

// Format "recording".
const FormatParser& RecordingParser();

}  // namespace cairn
