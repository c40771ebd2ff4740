// A frame of 64 x 48 pixels as H.264: the left half is black, the right one is
// white with a red square of 16 pixels in its lower right corner. And pictures
// to be coded in tests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "documents/frames/frame_picture.h"

namespace cairn::frames {

inline std::string FromHex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out.push_back(static_cast<char>(
        std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

// The body of `avcC`.
inline std::string H264Setup() {
  return FromHex(
      "0142c00affe100176742c00ad9047b011000000300100000030320f1226480010005"
      "68cb83cb20");
}

inline std::string H264Frame() {
  return FromHex(
      "000000256588840af2628000a7bc9c98a00033a5275d75d75d75cd8a0002dbf1c000"
      "43ae3800097c60");
}

// Grey, with a bright square of a quarter of its sides in the corner that
// `number` counts, from the upper left one clockwise.
inline FramePicture PictureWithCorner(unsigned number, std::uint32_t width = 64,
                                      std::uint32_t height = 48) {
  FramePicture picture{.width = width, .height = height};
  const std::size_t pixels = std::size_t{width} * height;
  picture.light.assign(pixels, 60);
  picture.blue.assign(pixels / 4, 128);
  picture.red.assign(pixels / 4, 128);
  const bool right = number % 4 == 1 || number % 4 == 2;
  const bool below = number % 4 >= 2;
  for (std::size_t y = 0; y < height / 4; ++y) {
    for (std::size_t x = 0; x < width / 4; ++x) {
      picture.light[(below ? height - 1 - y : y) * width +
                    (right ? width - 1 - x : x)] = 230;
    }
  }
  return picture;
}

}  // namespace cairn::frames
