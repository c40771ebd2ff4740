// Text regions: lines of text in the map of probabilities that a detecting
// network draws (differentiable binarisation).
//
// How: pixels above a threshold that touch are one region; the smallest
// rectangle around it, turned as it lies, is made larger again, since the
// network is taught to draw lines of text thinner than they are.
// Cost: linear in pixels. Memory: two words a pixel. Pure.
// Coordinates are pixels of the map, origin at the top left.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cairn::ocr {

struct ProbabilityMap {
  std::uint32_t width = 0, height = 0;
  std::vector<float> values;  // Row by row; 0 to 1.
};

// A rectangle around its middle, turned clockwise by at most an eighth of a
// circle: what is higher than wide runs up or down.
struct TextRegion {
  float x = 0, y = 0;  // Its middle.
  float width = 0, height = 0;
  float radians = 0;
  float score = 0;  // The mean probability of its pixels.
};

inline constexpr std::size_t kRegionsMax = 4000;

// The first kRegionsMax, from top to bottom by their upper ends.
std::vector<TextRegion> FindTextRegions(const ProbabilityMap& map);

struct MapPoint {
  float x = 0, y = 0;
};

// The rectangle of least area around the points; width and height as above. No
// points: all zero.
TextRegion SmallestRectangle(std::vector<MapPoint> points);

}  // namespace cairn::ocr
