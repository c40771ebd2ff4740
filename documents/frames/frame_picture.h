// FramePicture: a small picture of a film, and what can be told from it alone.
//
// Threads: safe; pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cairn::frames {

// Y'CbCr with the full range of a byte, colours at half the width and height,
// row by row without gaps: what a JPEG holds.
struct FramePicture {
  std::uint32_t width = 0, height = 0;  // Even.
  std::vector<std::uint8_t> light, blue, red;
};

// Turned clockwise so many times.
FramePicture Turned(const FramePicture& picture, unsigned quarters);

// Means of light over the cells of a grid of 16 x 16.
constexpr std::size_t kCellsAcross = 16;
using Thumbnail = std::array<std::uint8_t, kCellsAcross * kCellsAcross>;
// Of a picture of at least 16 x 16.
Thumbnail ThumbnailOf(const FramePicture& picture);

// Black, white or of one colour: there is nothing to describe.
bool ShowsNothing(const Thumbnail& thumbnail);
// Another frame of the same still picture, or of somebody who talks.
bool LooksTheSame(const Thumbnail& a, const Thumbnail& b);

}  // namespace cairn::frames
