// SeenTrack: the pictures of a film, and what a decoder is told about them.
//
// Place: film_frames.cc. Pure; threads: safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "documents/formats/film/film.h"

namespace cairn::film {

struct SeenTrack {
  std::string_view codec;  // As CodedFrame of documents/frames has it.
  std::string_view setup;  // Of avcC, hvcC, av1C, esds or CodecPrivate.
  std::uint32_t width = 0, height = 0;  // As the container claims; 0: nothing.
};

// The one track of pictures that is looked at; null: there is none.
const Track* FirstSeen(const Film& film);

// Nothing: encrypted, packed, or in a codec that is not known here.
std::optional<SeenTrack> DescribeSeen(const Track& track, bool matroska);

}  // namespace cairn::film
