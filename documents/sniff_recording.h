// Recordings: sounds and films by their first bytes. Pure.
#pragma once

#include <string_view>

namespace cairn {

// How such files are named: "wav", "mp3", "flac", "ogg", "m4a", "mp4", "mov",
// "mkv", "webm", "avi"; empty: no recording.
std::string_view SniffRecording(std::string_view head);

}  // namespace cairn
