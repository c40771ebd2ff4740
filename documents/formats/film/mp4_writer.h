// WriteMp4: samples of sound as an MP4 file with one track.
//
// Place: sound_track.cc. Pure; threads: safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "documents/formats/film/film.h"

namespace cairn::film {

struct SoundFormat {
  std::string_view description;  // The body of `stsd`, copied as it is.
  std::uint64_t ticks_per_second = 1000;
  bool quicktime = false;  // The description is in QuickTime's words.
};

// Begins at 0, whenever the first sample does.
std::string WriteMp4(const SoundFormat& format,
                     const std::vector<Sample>& samples);

// A box around `body`.
std::string BoxOf(std::string_view type, std::string_view body);

}  // namespace cairn::film
