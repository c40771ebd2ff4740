// Recordings: sounds and films by their first bytes. Pure.
#pragma once

#include <string_view>

namespace cairn {

// How such files are named: "wav", "mp3", "flac", "ogg", "m4a", "mp4", "mov",
// "mkv", "webm", "avi"; empty: no recording.
std::string_view SniffRecording(std::string_view head);

// Of such names: those of the containers that are looked into, which hold
// subtitles, chapters and pictures too.
bool IsFilm(std::string_view kind);

}  // namespace cairn
