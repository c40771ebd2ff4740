// Moments: which frames of a film are looked at.
//
// A film is cut into parts of equal length, at least kFrameGapMs long and at
// most as many as frames are wanted. Of each part one frame is to stand for it:
// the first of a chapter that begins in it, else the one nearest to its middle.
// Others of the part follow, for when that one is black or damaged.
// Place: film_frames.cc. Pure; threads: safe. Cost: linear in the key frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "documents/formats/film/film.h"

namespace cairn::film {

// Scenes last some 5 to 20 seconds: closer frames mostly show the same one.
constexpr std::uint32_t kFrameGapMs = 10'000;
// A fade is over after one or two key frames, which come every few seconds.
constexpr std::size_t kTriesMax = 3;

struct KeyFrame {
  std::uint32_t begin_ms = 0;
  std::size_t sample = 0;  // Of the track.
};

// Those of the track by their begin.
std::vector<KeyFrame> KeyFramesOf(const Track& track);

// Frames of one part of the film, the wanted one first; at least one, at most
// kTriesMax.
using Moment = std::vector<KeyFrame>;

// `keys` by begin, `chapters` likewise. The first frame of each moment is at
// least kFrameGapMs after that of the moment before it.
std::vector<Moment> ChooseMoments(const std::vector<KeyFrame>& keys,
                                  const std::vector<Chapter>& chapters,
                                  std::uint32_t duration_ms,
                                  std::size_t frames_max);

}  // namespace cairn::film
