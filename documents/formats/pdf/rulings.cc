#include "documents/formats/pdf/rulings.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <numeric>
#include <utility>

namespace cairn::pdf {
namespace {

constexpr float kSameLine = 2;   // Points between lines that are one.
constexpr float kBridge = 2.5F;  // Points that a line may be broken for.
constexpr float kLengthMin = 6;  // Points.
constexpr float kTouch = 3;      // Points between lines that meet.
constexpr float kSameBorder = 3.5F;
constexpr std::size_t kLinesMax = 3000;  // Of one direction.

// Lines at one place, by `from`, joined where they touch.
void JoinGroup(std::vector<Ruling>::iterator first,
               std::vector<Ruling>::iterator last, std::vector<Ruling>& out) {
  float sum = 0;
  for (auto it = first; it != last; ++it) sum += it->at;
  const float at = sum / static_cast<float>(last - first);
  std::sort(first, last,
            [](const Ruling& a, const Ruling& b) { return a.from < b.from; });
  Ruling open = *first;
  open.at = at;
  const auto close = [&] {
    if (open.to - open.from >= kLengthMin) out.push_back(open);
  };
  for (auto it = first + 1; it != last; ++it) {
    if (it->from - open.to <= kBridge) {
      open.to = std::max(open.to, it->to);
    } else {
      close();
      open.from = it->from;
      open.to = it->to;
    }
  }
  close();
}

// Values nearer to each other than `slack` become one.
std::vector<float> Distinct(std::vector<float> values, float slack) {
  std::sort(values.begin(), values.end());
  std::vector<float> out;
  for (std::size_t i = 0; i < values.size();) {
    std::size_t end = i + 1;
    while (end < values.size() && values[end] - values[i] <= slack) ++end;
    out.push_back((values[i] + values[end - 1]) / 2);
    i = end;
  }
  return out;
}

class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parents_(size) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  std::size_t Find(std::size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void Join(std::size_t a, std::size_t b) { parents_[Find(a)] = Find(b); }

 private:
  std::vector<std::size_t> parents_;
};

bool Meet(const Ruling& across, const Ruling& down) {
  return down.at >= across.from - kTouch && down.at <= across.to + kTouch &&
         across.at >= down.from - kTouch && across.at <= down.to + kTouch;
}

Grid GridOf(std::vector<Ruling> across, std::vector<Ruling> down) {
  Grid grid;
  std::vector<float> xs;
  std::vector<float> ys;
  for (const Ruling& ruling : across) {
    ys.push_back(ruling.at);
    xs.push_back(ruling.from);
    xs.push_back(ruling.to);
  }
  // Where lines stick out, an open column or row begins.
  std::vector<float> outer_x;
  if (!xs.empty()) {
    const auto [least, most] = std::minmax_element(xs.begin(), xs.end());
    outer_x = {*least, *most};
  }
  xs.clear();
  for (const Ruling& ruling : down) {
    xs.push_back(ruling.at);
  }
  if (!down.empty()) {
    float top = down.front().from;
    float bottom = down.front().to;
    for (const Ruling& ruling : down) {
      top = std::min(top, ruling.from);
      bottom = std::max(bottom, ruling.to);
    }
    const auto [first, last] = std::minmax_element(ys.begin(), ys.end());
    const bool none = ys.empty();
    grid.loose_top = none || top < *first - kSameBorder;
    grid.loose_bottom = none || bottom > *last + kSameBorder;
    if (grid.loose_top) ys.push_back(top);
    if (grid.loose_bottom) ys.push_back(bottom);
  }
  xs.insert(xs.end(), outer_x.begin(), outer_x.end());
  grid.xs = Distinct(std::move(xs), kSameBorder);
  grid.ys = Distinct(std::move(ys), kSameBorder);
  grid.box = {grid.xs.front(), grid.ys.front(), grid.xs.back(), grid.ys.back()};
  grid.across = std::move(across);
  grid.down = std::move(down);
  grid.open = grid.down.empty();
  return grid;
}

// Horizontal lines left alone: those with the same ends, one below the other.
void AddOpenGrids(std::vector<Ruling> across, std::vector<Grid>& grids) {
  constexpr float kSameEnd = 8;
  constexpr float kWidthMin = 60;
  std::sort(across.begin(), across.end(),
            [](const Ruling& a, const Ruling& b) { return a.at < b.at; });
  // What is broken into portions, one a column, is one line.
  std::vector<std::vector<Ruling>> lines;
  for (const Ruling& ruling : across) {
    if (lines.empty() || ruling.at - lines.back().front().at > kSameLine) {
      lines.emplace_back();
    }
    lines.back().push_back(ruling);
  }
  std::vector<std::pair<float, float>> ends;
  for (const auto& line : lines) {
    float from = line.front().from;
    float to = line.front().to;
    for (const Ruling& ruling : line) {
      from = std::min(from, ruling.from);
      to = std::max(to, ruling.to);
    }
    ends.emplace_back(from, to);
  }
  std::vector<bool> taken(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (taken[i] || ends[i].second - ends[i].first < kWidthMin) continue;
    std::vector<Ruling> group;
    std::size_t full = 0;
    for (std::size_t k = i; k < lines.size(); ++k) {
      const bool same = std::fabs(ends[k].first - ends[i].first) < kSameEnd &&
                        std::fabs(ends[k].second - ends[i].second) < kSameEnd;
      const bool inside = ends[k].first > ends[i].first - kSameEnd &&
                          ends[k].second < ends[i].second + kSameEnd;
      if (taken[k] || !inside) continue;
      full += same ? 1 : 0;
      taken[k] = taken[k] || same;
      group.insert(group.end(), lines[k].begin(), lines[k].end());
    }
    if (full >= 2) grids.push_back(GridOf(std::move(group), {}));
  }
}

std::vector<Grid> Connect(const std::vector<Ruling>& rulings) {
  std::vector<Ruling> across;
  std::vector<Ruling> down;
  for (const Ruling& ruling : rulings) {
    (ruling.horizontal ? across : down).push_back(ruling);
  }
  if (across.size() > kLinesMax || down.size() > kLinesMax) return {};
  UnionFind sets(across.size() + down.size());
  for (std::size_t i = 0; i < across.size(); ++i) {
    for (std::size_t k = 0; k < down.size(); ++k) {
      if (Meet(across[i], down[k])) sets.Join(i, across.size() + k);
    }
  }
  std::map<std::size_t, std::pair<std::vector<Ruling>, std::vector<Ruling>>>
      groups;
  for (std::size_t i = 0; i < across.size(); ++i) {
    groups[sets.Find(i)].first.push_back(across[i]);
  }
  for (std::size_t k = 0; k < down.size(); ++k) {
    groups[sets.Find(across.size() + k)].second.push_back(down[k]);
  }
  std::vector<Grid> grids;
  std::vector<Ruling> alone;
  for (auto& [root, group] : groups) {
    auto& [horizontal, vertical] = group;
    if (vertical.empty()) {
      alone.insert(alone.end(), horizontal.begin(), horizontal.end());
    } else if (!horizontal.empty() &&
               horizontal.size() + vertical.size() >= 3) {
      grids.push_back(GridOf(std::move(horizontal), std::move(vertical)));
    }
  }
  AddOpenGrids(std::move(alone), grids);
  return grids;
}

}  // namespace

std::vector<Ruling> MergeRulings(std::vector<Ruling> rulings) {
  std::sort(rulings.begin(), rulings.end(),
            [](const Ruling& a, const Ruling& b) {
              if (a.horizontal != b.horizontal) return a.horizontal;
              return a.area != b.area ? b.area : a.at < b.at;
            });
  std::vector<Ruling> out;
  for (auto first = rulings.begin(); first != rulings.end();) {
    auto last = first + 1;
    while (last != rulings.end() && last->horizontal == first->horizontal &&
           last->area == first->area && last->at - first->at <= kSameLine) {
      ++last;
    }
    JoinGroup(first, last, out);
    first = last;
  }
  return out;
}

std::vector<Grid> FindGrids(const std::vector<Ruling>& rulings) {
  std::vector<Ruling> lines;
  for (const Ruling& ruling : rulings) {
    if (!ruling.area) lines.push_back(ruling);
  }
  if (lines.size() == rulings.size()) return Connect(lines);
  // Shades inside a ruled table part nothing; at its edges they are its head.
  std::vector<Rect> ruled;
  for (const Grid& grid : Connect(lines)) {
    if (!grid.open && grid.xs.size() > 2 && grid.ys.size() > 2) {
      ruled.push_back(grid.box);
    }
  }
  for (const Ruling& ruling : rulings) {
    if (!ruling.area) continue;
    const float middle = (ruling.from + ruling.to) / 2;
    const float x = ruling.horizontal ? middle : ruling.at;
    const float y = ruling.horizontal ? ruling.at : middle;
    const bool inside =
        std::any_of(ruled.begin(), ruled.end(), [&](const Rect& box) {
          return x > box.left - kTouch && x < box.right + kTouch &&
                 y > box.top - kTouch && y < box.bottom + kTouch;
        });
    if (!inside) lines.push_back(ruling);
  }
  return Connect(lines);
}

bool IsRuled(const std::vector<Ruling>& rulings, float at, float from,
             float to) {
  float covered = 0;
  for (const Ruling& ruling : rulings) {
    if (std::fabs(ruling.at - at) > kSameBorder) continue;
    covered +=
        std::max(0.0F, std::min(to, ruling.to) - std::max(from, ruling.from));
  }
  return covered > 0.6F * (to - from);
}

}  // namespace cairn::pdf
