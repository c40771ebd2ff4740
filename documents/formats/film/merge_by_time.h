// MergeByTime: a film's own text and what was heard in it, as one document.
//
// Place: ingestion, after the transcriber. Pure; threads: safe.
// Errors: those of DocumentBuilder.
#pragma once

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"

namespace cairn {

// Blocks of both by when they begin, the film's first; those without a time
// stay where they are among their own. Title, format and properties are the
// film's; warnings come from both. Neither has tables.
StatusOr<ParsedDocument> MergeByTime(const ParsedDocument& film,
                                     const ParsedDocument& heard,
                                     const Limits& limits);

}  // namespace cairn
