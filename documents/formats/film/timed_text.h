// Subtitles inside films: samples of a track to cues.
//
// Place: film_parser.cc. Read are QuickTime and 3GPP text (`tx3g`, `text`),
// WebVTT in MP4 (`wvtt`), and of Matroska S_TEXT/UTF8, S_TEXT/ASCII,
// S_TEXT/WEBVTT, S_TEXT/ASS, S_TEXT/SSA and D_WEBVTT. Pure; threads: safe.
#pragma once

#include <string_view>
#include <vector>

#include "documents/formats/film/film.h"
#include "documents/formats/subtitles/cue_writer.h"

namespace cairn::film {

bool IsTextCodec(std::string_view codec);

// By their begin, without the empty ones. One that tells no length ends where
// the next begins.
std::vector<Cue> CuesOf(const Track& track);

}  // namespace cairn::film
