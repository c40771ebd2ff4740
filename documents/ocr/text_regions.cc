#include "documents/ocr/text_regions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cairn::ocr {
namespace {

// As the network was taught and its makers read it.
constexpr float kInside = 0.3F;
constexpr float kScoreMin = 0.6F;
constexpr float kUnclip = 1.6F;
constexpr float kSideMin = 3;  // Pixels of the map; less is a speck.
// Regions that are longer than this times their height tell how they lie;
// shorter ones lie as most of the others do.
constexpr float kLong = 8;

constexpr float kPi = 3.14159265F;

float Cross(MapPoint a, MapPoint b, MapPoint c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// The corners of the convex hull, in order.
std::vector<MapPoint> HullOf(std::vector<MapPoint> points) {
  std::sort(points.begin(), points.end(), [](MapPoint a, MapPoint b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
  });
  std::vector<MapPoint> hull;
  const auto add = [&](MapPoint point, std::size_t keep) {
    while (hull.size() >= keep + 2 &&
           Cross(hull[hull.size() - 2], hull.back(), point) <= 0) {
      hull.pop_back();
    }
    hull.push_back(point);
  };
  for (const MapPoint point : points) add(point, 0);
  const std::size_t lower = hull.size() - 1;
  for (auto at = points.rbegin() + 1; at < points.rend(); ++at) {
    add(*at, lower);
  }
  if (hull.size() > 1) hull.pop_back();
  return hull;
}

// The rectangle around `hull` whose sides run along and across (cosine, sine).
TextRegion Around(const std::vector<MapPoint>& hull, float cosine, float sine) {
  constexpr float kFar = std::numeric_limits<float>::max();
  float along[2] = {kFar, -kFar};
  float across[2] = {kFar, -kFar};
  for (const MapPoint point : hull) {
    const float u = point.x * cosine + point.y * sine;
    const float v = point.y * cosine - point.x * sine;
    along[0] = std::min(along[0], u);
    along[1] = std::max(along[1], u);
    across[0] = std::min(across[0], v);
    across[1] = std::max(across[1], v);
  }
  const float u = (along[0] + along[1]) / 2;
  const float v = (across[0] + across[1]) / 2;
  TextRegion out;
  out.x = u * cosine - v * sine;
  out.y = u * sine + v * cosine;
  out.width = along[1] - along[0];
  out.height = across[1] - across[0];
  out.radians = std::atan2(sine, cosine);
  return out;
}

// Turned by a quarter where it says the same with a smaller turn.
TextRegion AsUprightAsCan(TextRegion region) {
  while (region.radians > kPi / 4) {
    region.radians -= kPi / 2;
    std::swap(region.width, region.height);
  }
  while (region.radians <= -kPi / 4) {
    region.radians += kPi / 2;
    std::swap(region.width, region.height);
  }
  return region;
}

// One side of the smallest rectangle lies on a side of the hull.
TextRegion Smallest(const std::vector<MapPoint>& hull) {
  TextRegion best = Around(hull, 1, 0);
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const MapPoint a = hull[i];
    const MapPoint b = hull[(i + 1) % hull.size()];
    const float length = std::hypot(b.x - a.x, b.y - a.y);
    if (!(length > 0)) continue;
    const TextRegion next =
        Around(hull, (b.x - a.x) / length, (b.y - a.y) / length);
    if (next.width * next.height < best.width * best.height) best = next;
  }
  return AsUprightAsCan(best);
}

// Regions of one map, one after the other.
class RegionFinder {
 public:
  explicit RegionFinder(const ProbabilityMap& map)
      : map_(map), seen_(map.values.size(), false) {}

  std::vector<TextRegion> Find() {
    for (std::uint32_t y = 0; y < map_.height; ++y) {
      for (std::uint32_t x = 0; x < map_.width; ++x) {
        if (!IsNew(x, y)) continue;
        Flood(x, y);
        Close();
        if (found_.size() == kRegionsMax) return Regions();
      }
    }
    return Regions();
  }

 private:
  std::size_t At(std::uint32_t x, std::uint32_t y) const {
    return std::size_t{y} * map_.width + x;
  }
  bool IsNew(std::uint32_t x, std::uint32_t y) const {
    return !seen_[At(x, y)] && map_.values[At(x, y)] > kInside;
  }
  void Flood(std::uint32_t x, std::uint32_t y);
  void Reach(std::uint32_t x, std::uint32_t y);
  void Close();
  float UsualTurn() const;
  std::vector<TextRegion> Regions() const;

  const ProbabilityMap& map_;
  std::vector<bool> seen_;
  struct Place {
    std::uint32_t x = 0, y = 0;
  };
  std::vector<Place> open_;
  // Of the region at hand: its leftmost and rightmost pixel in every row.
  struct Row {
    std::uint32_t from = 0, to = 0;
  };
  std::uint32_t top_ = 0;
  std::vector<Row> rows_;
  double sum_ = 0;  // Of probabilities.
  std::size_t pixels_ = 0;
  struct Found {
    std::vector<MapPoint> hull;
    TextRegion region;
  };
  std::vector<Found> found_;
};

void RegionFinder::Reach(std::uint32_t x, std::uint32_t y) {
  seen_[At(x, y)] = true;
  open_.push_back({x, y});
  sum_ += static_cast<double>(map_.values[At(x, y)]);
  ++pixels_;
  // The first pixel found is in the topmost row.
  if (y - top_ >= rows_.size()) rows_.resize(y - top_ + 1, {x, x});
  Row& row = rows_[y - top_];
  row.from = std::min(row.from, x);
  row.to = std::max(row.to, x);
}

// All that touches (x, y), aslant too.
void RegionFinder::Flood(std::uint32_t x, std::uint32_t y) {
  top_ = y;
  rows_.clear();
  sum_ = 0;
  pixels_ = 0;
  Reach(x, y);
  while (!open_.empty()) {
    const Place at = open_.back();
    open_.pop_back();
    const std::uint32_t right = std::min(at.x + 1, map_.width - 1);
    const std::uint32_t bottom = std::min(at.y + 1, map_.height - 1);
    for (std::uint32_t v = at.y == 0 ? 0 : at.y - 1; v <= bottom; ++v) {
      for (std::uint32_t u = at.x == 0 ? 0 : at.x - 1; u <= right; ++u) {
        if (IsNew(u, v)) Reach(u, v);
      }
    }
  }
}

void RegionFinder::Close() {
  std::vector<MapPoint> corners;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const auto y = static_cast<float>(top_ + i);
    const auto from = static_cast<float>(rows_[i].from);
    const auto to = static_cast<float>(rows_[i].to + 1);
    for (const float v : {y, y + 1}) {
      corners.push_back({from, v});
      corners.push_back({to, v});
    }
  }
  Found found;
  found.hull = HullOf(std::move(corners));
  found.region = Smallest(found.hull);
  found.region.score = static_cast<float>(sum_ / static_cast<double>(pixels_));
  if (std::min(found.region.width, found.region.height) < kSideMin ||
      found.region.score < kScoreMin) {
    return;
  }
  found_.push_back(std::move(found));
}

// The middle one over the length of long regions.
float RegionFinder::UsualTurn() const {
  std::vector<std::pair<float, float>> turns;  // With lengths.
  float total = 0;
  for (const Found& found : found_) {
    const auto [small, large] =
        std::minmax(found.region.width, found.region.height);
    if (large < kLong * small) continue;
    turns.emplace_back(found.region.radians, large);
    total += large;
  }
  std::sort(turns.begin(), turns.end());
  float passed = 0;
  for (const auto& [radians, length] : turns) {
    passed += length;
    if (passed >= total / 2) return radians;
  }
  return 0;
}

std::vector<TextRegion> RegionFinder::Regions() const {
  const float turn = UsualTurn();
  std::vector<TextRegion> out;
  for (const Found& found : found_) {
    TextRegion region = found.region;
    if (std::max(region.width, region.height) <
        kLong * std::min(region.width, region.height)) {
      region = Around(found.hull, std::cos(turn), std::sin(turn));
      region.score = found.region.score;
    }
    const float margin = region.width * region.height * kUnclip /
                         (2 * (region.width + region.height));
    region.width += 2 * margin;
    region.height += 2 * margin;
    out.push_back(region);
  }
  return out;
}

}  // namespace

TextRegion SmallestRectangle(std::vector<MapPoint> points) {
  return points.empty() ? TextRegion() : Smallest(HullOf(std::move(points)));
}

std::vector<TextRegion> FindTextRegions(const ProbabilityMap& map) {
  if (map.values.size() != std::size_t{map.width} * map.height) return {};
  return RegionFinder(map).Find();
}

}  // namespace cairn::ocr
