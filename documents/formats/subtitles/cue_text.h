// Lines of WebVTT and SubRip as text, in files and inside films.
//
// Pure; threads: safe.
#pragma once

#include <string_view>

#include "documents/formats/subtitles/cue_writer.h"

namespace cairn {

// Adds a line of a cue without its markup; "<v Name>" and "<v.loud Name>" set
// the speaker.
void AddCueLine(std::string_view line, Cue& cue);

}  // namespace cairn
