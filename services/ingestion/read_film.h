// ReadFilm: what is written, said and seen in a film.
//
// Place: ReadSource.
// - Embedded subtitles are its text. Where it has none, its sound goes to the
//   transcriber, taken out of it when that saves half; chapters and description
//   stay. Subtitles are not heard once more: they are what people wrote, cost
//   nothing and never leave the machine.
// - With a describer a few frames go to it, whatever was written or said: they
//   are another thing. What it says stands behind all else, each with the time
//   that its frame stands for. A film that has nothing but frames is a
//   document.
// Threads: safe; blocks for as long as the models take, frames at most
// film_description_seconds_max: what is not described by then stays out, with a
// warning.
// Errors: as ReadSource. Frames that cannot be taken out (NO_AVCODEC: the
// library is missing) are a warning where there is other text.
#pragma once

#include "base/status.h"
#include "domain/document.h"
#include "services/ingestion/reading_tools.h"

namespace cairn {

StatusOr<ParsedDocument> ReadFilm(const ReadingTools& tools,
                                  const DocumentSource& source);

}  // namespace cairn
