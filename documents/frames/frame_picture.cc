#include "documents/frames/frame_picture.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace cairn::frames {
namespace {

// Of 255. The darkest cell of a black frame that was encoded is some 3 steps
// from its brightest; a line of text on a page makes its cells 20 darker.
constexpr int kFlatRange = 8;
// Two encodings of one still picture differ by less than 1 in the mean and by
// some 4 in the worst cell; a new line on a slide changes its cells by 20, a
// new scene changes the mean by 20 and more.
constexpr int kSameMean = 2;
constexpr int kSameCell = 12;

using Plane = std::vector<std::uint8_t>;

// A quarter turn clockwise of a plane of `width` x `height`.
Plane TurnedPlane(const Plane& plane, std::size_t width, std::size_t height) {
  Plane out(plane.size());
  for (std::size_t y = 0; y < height; ++y) {
    for (std::size_t x = 0; x < width; ++x) {
      out[x * height + (height - 1 - y)] = plane[y * width + x];
    }
  }
  return out;
}

}  // namespace

FramePicture Turned(const FramePicture& picture, unsigned quarters) {
  FramePicture out = picture;
  for (unsigned i = 0; i < quarters % 4; ++i) {
    const std::size_t width = out.width;
    const std::size_t height = out.height;
    out.light = TurnedPlane(out.light, width, height);
    out.blue = TurnedPlane(out.blue, width / 2, height / 2);
    out.red = TurnedPlane(out.red, width / 2, height / 2);
    std::swap(out.width, out.height);
  }
  return out;
}

Thumbnail ThumbnailOf(const FramePicture& picture) {
  std::array<std::uint64_t, Thumbnail().size()> sums{};
  std::array<std::uint64_t, Thumbnail().size()> counts{};
  std::size_t at = 0;
  for (std::size_t y = 0; y < picture.height; ++y) {
    const std::size_t row = y * kCellsAcross / picture.height * kCellsAcross;
    for (std::size_t x = 0; x < picture.width; ++x) {
      const std::size_t cell = row + x * kCellsAcross / picture.width;
      sums[cell] += picture.light[at++];
      ++counts[cell];
    }
  }
  Thumbnail out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i] = static_cast<std::uint8_t>(sums[i] /
                                       std::max<std::uint64_t>(counts[i], 1));
  }
  return out;
}

bool ShowsNothing(const Thumbnail& thumbnail) {
  const auto [least, most] =
      std::minmax_element(thumbnail.begin(), thumbnail.end());
  return *most - *least <= kFlatRange;
}

bool LooksTheSame(const Thumbnail& a, const Thumbnail& b) {
  int sum = 0;
  int worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const int difference = std::abs(int{a[i]} - int{b[i]});
    sum += difference;
    worst = std::max(worst, difference);
  }
  return sum <= kSameMean * static_cast<int>(a.size()) && worst <= kSameCell;
}

}  // namespace cairn::frames
