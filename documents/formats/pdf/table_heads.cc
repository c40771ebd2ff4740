#include "documents/formats/pdf/table_heads.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace cairn::pdf {
namespace {

struct Head {
  ColumnRange range;
  Rect box;
  Item item;  // The lowest.

  float middle() const { return (box.left + box.right) / 2; }
};

// Items of wrapped heads as one, from left to right, none sharing a column.
std::vector<Head> HeadsOf(const std::vector<const TextRow*>& row,
                          const std::vector<float>& xs) {
  std::vector<Head> heads;
  for (const TextRow* line : row) {
    for (const Item& item : line->items) {
      heads.push_back({ColumnsOf(item, xs), item.box, item});
    }
  }
  std::stable_sort(heads.begin(), heads.end(),
                   [](const Head& a, const Head& b) {
                     return a.range.first < b.range.first;
                   });
  std::vector<Head> merged;
  for (Head& head : heads) {
    if (merged.empty() || head.range.first > merged.back().range.last) {
      merged.push_back(std::move(head));
      continue;
    }
    Head& open = merged.back();
    open.range.last = std::max(open.range.last, head.range.last);
    open.box.Include(head.box);
    if (head.item.baseline > open.item.baseline) open.item = head.item;
  }
  return merged;
}

// What stands in each single column of the row below.
std::vector<std::optional<Rect>> BoxesOf(const std::vector<const TextRow*>& row,
                                         const std::vector<float>& xs) {
  std::vector<std::optional<Rect>> boxes(xs.size() - 1);
  for (const TextRow* line : row) {
    for (const Item& item : line->items) {
      const ColumnRange range = ColumnsOf(item, xs);
      if (range.first != range.last) continue;
      std::optional<Rect>& box = boxes[range.first];
      if (box.has_value()) {
        box->Include(item.box);
      } else {
        box = item.box;
      }
    }
  }
  return boxes;
}

// The columns within `bounds` that a head is centred on.
ColumnRange Centred(const Head& head, ColumnRange bounds,
                    const std::vector<std::optional<Rect>>& boxes) {
  const auto cost = [&](std::uint32_t first, std::uint32_t last) {
    const float middle = (boxes[first]->left + boxes[last]->right) / 2;
    return std::fabs(middle - head.middle());
  };
  ColumnRange best = head.range;
  for (std::uint32_t c = best.first; c <= best.last; ++c) {
    if (!boxes[c].has_value()) return best;
  }
  float least = cost(best.first, best.last) - 0.15F * head.item.size;
  // Growing on both sides: the ranges that are centred best, in one pass.
  std::uint32_t first = best.first;
  std::uint32_t last = best.last;
  const auto may = [&](std::uint32_t c) {
    return c >= bounds.first && c <= bounds.last && boxes[c].has_value();
  };
  for (;;) {
    const bool left = first > 0 && may(first - 1);
    const bool right = may(last + 1);
    if (!left && !right) return best;
    if (left && (!right || cost(first - 1, last) < cost(first, last + 1))) {
      --first;
    } else {
      ++last;
    }
    const float now = cost(first, last);
    if (now < least) {
      least = now;
      best = {first, last};
    }
  }
}

// The columns whose middles a rule covers.
ColumnRange Covered(const Ruling& rule, ColumnRange range, ColumnRange bounds,
                    const std::vector<float>& xs,
                    const std::vector<std::optional<Rect>>& boxes) {
  const auto covers = [&](std::uint32_t c) {
    const float left = boxes[c].has_value() ? boxes[c]->left : xs[c];
    const float right = boxes[c].has_value() ? boxes[c]->right : xs[c + 1];
    const float middle = (left + right) / 2;
    return middle > rule.from && middle < rule.to;
  };
  while (range.first > bounds.first && covers(range.first - 1)) --range.first;
  while (range.last < bounds.last && covers(range.last + 1)) ++range.last;
  return range;
}

}  // namespace

const Ruling* RuleUnder(const Item& item, float below,
                        const std::vector<float>& xs,
                        const std::vector<Ruling>& rulings) {
  constexpr float kWhole = 0.8F;  // Of the table: parts head and body.
  const float width = xs.back() - xs.front();
  for (const Ruling& rule : rulings) {
    if (rule.horizontal && rule.at > item.baseline - 1 && rule.at < below &&
        rule.from < item.middle() && rule.to > item.middle() &&
        rule.to - rule.from < kWhole * width) {
      return &rule;
    }
  }
  return nullptr;
}

std::vector<ColumnRange> FindWideHeads(const std::vector<const TextRow*>& row,
                                       const std::vector<const TextRow*>& below,
                                       const std::vector<float>& xs,
                                       const std::vector<Ruling>& rulings) {
  if (row.empty() || below.empty() || xs.size() < 3) return {};
  const std::vector<Head> heads = HeadsOf(row, xs);
  const std::vector<std::optional<Rect>> boxes = BoxesOf(below, xs);
  const auto columns = static_cast<std::uint32_t>(xs.size() - 1);
  std::vector<ColumnRange> wide;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    const Head& head = heads[i];
    if (head.range.first == 0) continue;
    const ColumnRange bounds{
        i == 0 ? 1 : std::max(heads[i - 1].range.last + 1, 1U),
        i + 1 == heads.size() ? columns - 1 : heads[i + 1].range.first - 1};
    ColumnRange range = head.range;
    const Ruling* const rule =
        RuleUnder(head.item, below.front()->middle(), xs, rulings);
    if (rule != nullptr) {
      range = Covered(*rule, range, bounds, xs, boxes);
    } else if (range.last > range.first) {
      range = Centred(head, bounds, boxes);
    }
    if (range.last > range.first) wide.push_back(range);
  }
  return wide;
}

}  // namespace cairn::pdf
