// A transcript as a document: paragraphs with their times.
//
// Place: ingestion, after the transcriber. Segments are joined to paragraphs as
// cues of subtitles are. Pure.
// Errors: INVALID_ARGUMENT with NOTHING_SAID, TEXT_TOO_LARGE, TOO_MANY_BLOCKS.
#pragma once

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"
#include "domain/transcript.h"

namespace cairn {

// The format is "recording". `by` is the transcriber, named in a warning.
StatusOr<ParsedDocument> WriteTranscript(const Transcript& transcript,
                                         std::string_view by,
                                         const Limits& limits);

}  // namespace cairn
