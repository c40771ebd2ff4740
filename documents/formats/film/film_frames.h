// FilmFrames: a few frames of a film as small JPEGs, for models that see.
//
// Place: FilmParser::ReadFrames, in the jailed process; which frames says
// moments.h, documents/frames decodes them. Left out are frames of one colour
// and those that look like the one before them; each stands for the time until
// the next one that is kept.
// Threads: one at a time.
// Errors: FAILED_PRECONDITION (NO_AVCODEC) when there is a frame to decode and
// no library for it. Damaged frames, and films whose form is not known, are
// told in the warnings.
#pragma once

#include "base/limits.h"
#include "base/status.h"
#include "documents/formats/film/film.h"
#include "documents/parser.h"

namespace cairn::film {

// `film` was read for TrackKind::kSeen.
StatusOr<FilmFrames> TakeFrames(const Film& film, const Limits& limits);

}  // namespace cairn::film
