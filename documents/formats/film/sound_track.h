// The sound of a film as a file of its own, for transcribers.
//
// Place: FilmParser::ReadSound. Nothing is decoded: the samples are written
// into a small file of the same kind. Pure; threads: safe.
// Forms: of MP4 and QuickTime a .m4a with the codec it had; of Matroska AAC as
// .m4a, MP3 as it is, all else as Matroska with one track, which is a .webm
// where the codec is Opus or Vorbis.
#pragma once

#include <string_view>

#include "base/status.h"
#include "documents/formats/film/film.h"
#include "documents/parser.h"

namespace cairn::film {

// Without bytes where that saves less than half of the file, where the sound
// is encrypted, or told in a form that is not known here. `bytes`: those of the
// film, read for TrackKind::kSound.
SoundTrack MakeSoundTrack(std::string_view bytes, const Film& film);

}  // namespace cairn::film
