#include "documents/formats/package/shape_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace cairn {
namespace {

using Indexes = std::vector<std::size_t>;

// Boxes touch and overlap a little where people placed them by hand.
constexpr double kMargin = 0.05;
// Gaps of nearly one width part things of one rank.
constexpr double kAsWide = 0.75;

struct Extent {
  double begin = 0, end = 0;
};

Extent ExtentOf(const ShapeBox& box, bool rows) {
  const double begin = rows ? box.top : box.left;
  const double end = rows ? box.bottom : box.right;
  const double margin = (end - begin) * kMargin;
  return {begin + margin, end - margin};
}

struct Cuts {
  std::vector<Indexes> parts;
  double widest = -1;  // Below 0: no gap.
};

Cuts CutAlong(const std::vector<ShapeBox>& boxes, Indexes indexes, bool rows) {
  std::stable_sort(
      indexes.begin(), indexes.end(), [&](std::size_t a, std::size_t b) {
        return ExtentOf(boxes[a], rows).begin < ExtentOf(boxes[b], rows).begin;
      });
  Cuts cuts;
  std::vector<double> gaps(indexes.size(), -1);  // Before each box.
  double end = 0;
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const Extent extent = ExtentOf(boxes[indexes[i]], rows);
    if (i > 0) gaps[i] = extent.begin - end;
    end = i == 0 ? extent.end : std::max(end, extent.end);
    cuts.widest = std::max(cuts.widest, gaps[i] >= 0 ? gaps[i] : -1);
  }
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    if (i == 0 || (gaps[i] >= 0 && gaps[i] >= cuts.widest * kAsWide)) {
      cuts.parts.emplace_back();
    }
    cuts.parts.back().push_back(indexes[i]);
  }
  // Inside a part the order in which the boxes were given.
  for (Indexes& part : cuts.parts) std::sort(part.begin(), part.end());
  return cuts;
}

}  // namespace

std::vector<std::size_t> ReadingOrder(const std::vector<ShapeBox>& boxes) {
  Indexes all(boxes.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::pair<Indexes, int>> work = {{std::move(all), 0}};
  Indexes out;
  while (!work.empty()) {
    auto [indexes, rounds] = std::move(work.back());
    work.pop_back();
    Cuts rows, columns;
    if (indexes.size() > 1 && rounds < kShapeCutsMax) {
      rows = CutAlong(boxes, indexes, true);
      columns = CutAlong(boxes, indexes, false);
    }
    if (rows.widest < 0 && columns.widest < 0) {
      out.insert(out.end(), indexes.begin(), indexes.end());
      continue;
    }
    Cuts& best = columns.widest > rows.widest ? columns : rows;
    for (std::size_t i = best.parts.size(); i > 0; --i) {
      work.emplace_back(std::move(best.parts[i - 1]), rounds + 1);
    }
  }
  return out;
}

std::vector<std::size_t> ReadingOrder(
    const std::vector<std::optional<ShapeBox>>& boxes) {
  std::vector<ShapeBox> placed;
  for (const auto& box : boxes) {
    if (box.has_value()) placed.push_back(*box);
  }
  if (placed.size() == boxes.size()) return ReadingOrder(placed);
  Indexes all(boxes.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

ShapeScale ShapeScale::Inside(const ShapeBox& own,
                              const ShapeBox& inner) const {
  const double inner_wide = inner.right - inner.left;
  const double inner_high = inner.bottom - inner.top;
  if (inner_wide <= 0 || inner_high <= 0) return *this;
  const ShapeBox box = OnSlide(own);
  ShapeScale out;
  out.wide = (box.right - box.left) / inner_wide;
  out.high = (box.bottom - box.top) / inner_high;
  out.x = box.left - inner.left * out.wide;
  out.y = box.top - inner.top * out.high;
  return out;
}

}  // namespace cairn
