// ReadSource: the bytes of a document to its text, with the models that hear
// and see where the configuration names them.
//
// Place: Prepare, first of all.
// - A recording goes to the transcriber as it is.
// - Of a film its subtitles or its sound are read, and a few frames go to the
//   describer: read_film.h.
// - A picture on which few words were found goes to the describer.
// Without a transcriber, a describer, nothing leaves the machine; what is then
// left out is an error or a warning.
// Threads: safe; blocks for as long as the models take.
// Errors: those of ParseDocument, the transcriber and the describer. An error
// of the describer that may pass by itself (UNAVAILABLE, DEADLINE_EXCEEDED,
// UNAUTHENTICATED) is one of the document too, though it has other text: the
// same bytes would never be described later. Others become warnings there.
#pragma once

#include "base/status.h"
#include "domain/document.h"
#include "services/ingestion/reading_tools.h"

namespace cairn {

StatusOr<ParsedDocument> ReadSource(const ReadingTools& tools,
                                    const DocumentSource& source);

}  // namespace cairn
