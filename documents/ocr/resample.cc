#include "documents/ocr/resample.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace cairn::ocr {
namespace {

// Which pixels of a row make one of the new row, and how much each.
struct Tent {
  std::size_t first = 0;
  std::vector<float> weights;
};

std::vector<Tent> Tents(std::uint32_t from, std::uint32_t to) {
  const float scale = static_cast<float>(from) / static_cast<float>(to);
  const float reach = std::max(scale, 1.0F);
  std::vector<Tent> out(to);
  for (std::uint32_t i = 0; i < to; ++i) {
    const float middle = (static_cast<float>(i) + 0.5F) * scale - 0.5F;
    const auto last = static_cast<std::size_t>(std::clamp(
        std::floor(middle + reach), 0.0F, static_cast<float>(from - 1)));
    out[i].first = static_cast<std::size_t>(
        std::clamp(std::ceil(middle - reach), 0.0F, static_cast<float>(last)));
    float sum = 0;
    for (std::size_t x = out[i].first; x <= last; ++x) {
      const float away = std::fabs(static_cast<float>(x) - middle) / reach;
      out[i].weights.push_back(std::max(1 - away, 1e-6F));
      sum += out[i].weights.back();
    }
    for (float& weight : out[i].weights) weight /= sum;
  }
  return out;
}

// Between the four pixels around (x, y).
float Between(const Picture& picture, float x, float y) {
  x = std::clamp(x - 0.5F, 0.0F, static_cast<float>(picture.width - 1));
  y = std::clamp(y - 0.5F, 0.0F, static_cast<float>(picture.height - 1));
  const auto left = static_cast<std::size_t>(x);
  const auto top = static_cast<std::size_t>(y);
  const std::size_t right = std::min<std::size_t>(left + 1, picture.width - 1);
  const std::size_t below = std::min<std::size_t>(top + 1, picture.height - 1);
  const std::uint8_t* upper = picture.grey.data() + top * picture.width;
  const std::uint8_t* lower = picture.grey.data() + below * picture.width;
  const float across = x - static_cast<float>(left);
  const float down = y - static_cast<float>(top);
  const auto mix = [](float a, float b, float part) {
    return a + (b - a) * part;
  };
  return mix(mix(upper[left], upper[right], across),
             mix(lower[left], lower[right], across), down);
}

}  // namespace

Picture Resized(const Picture& picture, std::uint32_t width,
                std::uint32_t height) {
  Picture out;
  out.width = width;
  out.height = height;
  out.dots_per_inch = picture.dots_per_inch * static_cast<float>(width) /
                      static_cast<float>(picture.width);
  out.grey.resize(std::size_t{width} * height);
  const std::vector<Tent> columns = Tents(picture.width, width);
  const std::vector<Tent> rows = Tents(picture.height, height);
  std::vector<float> sums(picture.width);
  for (std::size_t y = 0; y < height; ++y) {
    std::fill(sums.begin(), sums.end(), 0.0F);
    for (std::size_t i = 0; i < rows[y].weights.size(); ++i) {
      const std::uint8_t* row =
          picture.grey.data() + (rows[y].first + i) * picture.width;
      const float weight = rows[y].weights[i];
      for (std::size_t x = 0; x < sums.size(); ++x) sums[x] += weight * row[x];
    }
    for (std::size_t x = 0; x < width; ++x) {
      float value = 0.5F;
      for (std::size_t i = 0; i < columns[x].weights.size(); ++i) {
        value += columns[x].weights[i] * sums[columns[x].first + i];
      }
      out.grey[y * width + x] =
          static_cast<std::uint8_t>(std::min(value, 255.0F));
    }
  }
  return out;
}

Picture CutOut(const Picture& picture, const TextRegion& region,
               std::uint32_t width, std::uint32_t height, bool over) {
  Picture out;
  out.width = width;
  out.height = height;
  const float sign = over ? -1.0F : 1.0F;
  const float cosine = sign * std::cos(region.radians);
  const float sine = sign * std::sin(region.radians);
  // Where many pixels become one, some of them are asked.
  const float shrink = std::max(region.width / static_cast<float>(width),
                                region.height / static_cast<float>(height));
  const auto samples =
      static_cast<std::uint32_t>(std::clamp(std::ceil(shrink), 1.0F, 4.0F));
  const auto columns = static_cast<float>(width * samples);
  const auto rows = static_cast<float>(height * samples);
  std::vector<float> sums(width);
  for (std::uint32_t row = 0; row < height * samples; ++row) {
    const float v =
        ((static_cast<float>(row) + 0.5F) / rows - 0.5F) * region.height;
    for (std::uint32_t column = 0; column < width * samples; ++column) {
      const float u =
          ((static_cast<float>(column) + 0.5F) / columns - 0.5F) * region.width;
      sums[column / samples] +=
          Between(picture, region.x + u * cosine - v * sine,
                  region.y + u * sine + v * cosine);
    }
    if ((row + 1) % samples != 0) continue;
    for (float& sum : sums) {
      out.grey.push_back(static_cast<std::uint8_t>(std::lround(
          std::exchange(sum, 0.0F) / static_cast<float>(samples * samples))));
    }
  }
  return out;
}

}  // namespace cairn::ocr
