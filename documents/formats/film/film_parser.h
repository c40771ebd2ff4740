// FilmParser: MP4, QuickTime, Matroska and WebM to what is written in them.
//
// Text of embedded subtitles becomes paragraphs with times, chapters become
// headings with times, a description stands before them. Of several tracks of
// subtitles one is read: in the language of the sound if there is one, else the
// track that is shown unasked. Sound and pictures are for models
// (services/ingestion): ReadSound takes the sound out without decoding it,
// ReadFrames decodes a few frames (film_frames.h).
// Purity, threads: as documents/parser.h.
// Errors: INVALID_ARGUMENT with DAMAGED_FILM; NO_TRANSCRIBER: there is sound
// and no text; NO_TEXT_IN_FILM: there is neither.
#pragma once

#include "documents/parser.h"

namespace cairn {

// Format "film"; needs the jail.
const FormatParser& FilmParser();

}  // namespace cairn
