// SubtitlesParser: WebVTT and SubRip to paragraphs "[0:01:05 - 0:01:20] Name:
// text".
//
// Cues of one speaker follow each other in one paragraph until a pause, the end
// of a sentence after some length, or another speaker. Markup is removed; the
// voice tag gives the speaker. Notes, styles and regions are left out.
// Purity, threads and errors: as documents/parser.h; also NO_CUES.
#pragma once

#include "documents/parser.h"

namespace cairn {

const FormatParser& SubtitlesParser();

}  // namespace cairn
