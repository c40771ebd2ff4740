// WriteMatroska: one track of a Matroska file as a file of its own.
//
// Place: sound_track.cc. Pure; threads: safe.
#pragma once

#include <string>
#include <string_view>

#include "documents/formats/film/film.h"

namespace cairn::film {

// `kind`: "webm" or "matroska". Begins at 0, whenever the first sample does;
// times are rounded to milliseconds. How samples are packed stays as it is.
std::string WriteMatroska(const Track& track, std::string_view kind);

}  // namespace cairn::film
