#include "documents/formats/pdf/table_columns.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cairn::pdf {
namespace {

constexpr float kBin = 0.5F;         // Points.
constexpr std::size_t kBinsMin = 4;  // Narrower is chance.
constexpr std::size_t kBinsMax = 20'000;

struct Span {
  float left = 0, right = 0;
};

std::vector<Span> SpansIn(const TextRow& row, float left, float right) {
  std::vector<Span> spans;
  for (const Item& item : row.items) {
    if (item.middle() < left || item.middle() > right) continue;
    // Boxes are wider than ink; neighbours may touch.
    const float shrink = std::min(0.3F, item.box.width() / 4);
    spans.push_back({item.box.left + shrink, item.box.right - shrink});
  }
  return spans;
}

// Rows with many items tell where columns are.
std::vector<std::vector<Span>> VotersOf(const std::vector<const TextRow*>& rows,
                                        const RiverOptions& options) {
  std::vector<std::vector<Span>> all;
  std::vector<std::size_t> counts;
  for (const TextRow* row : rows) {
    std::vector<Span> spans = SpansIn(*row, options.left, options.right);
    if (spans.empty()) continue;
    if (spans.size() > 1) counts.push_back(spans.size());
    all.push_back(std::move(spans));
  }
  if (counts.empty()) return {};
  const std::size_t place = counts.size() * 3 / 4;
  std::nth_element(counts.begin(),
                   counts.begin() + static_cast<std::ptrdiff_t>(place),
                   counts.end());
  const std::size_t need =
      std::max<std::size_t>(2, (counts[place] * 6 + 9) / 10);
  std::vector<std::vector<Span>> voters;
  for (auto& spans : all) {
    if (spans.size() >= need) voters.push_back(std::move(spans));
  }
  return voters;
}

}  // namespace

std::vector<float> FindRivers(const std::vector<const TextRow*>& rows,
                              const RiverOptions& options) {
  const auto voters = VotersOf(rows, options);
  const float width = options.right - options.left;
  if (voters.size() < options.rows_min || !(width > 0) ||
      width / kBin > static_cast<float>(kBinsMax)) {
    return {};
  }
  const auto bins = static_cast<std::size_t>(width / kBin) + 2;
  std::vector<int> cover(bins + 1);
  std::vector<int> gaps(bins + 1);
  const auto bin = [&](float x) {
    const float place = std::clamp((x - options.left) / kBin, 0.0F,
                                   static_cast<float>(bins - 1));
    return static_cast<std::size_t>(place);
  };
  for (const auto& spans : voters) {
    float reach = spans.front().right;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      ++cover[bin(spans[i].left)];
      --cover[bin(spans[i].right) + 1];
      if (i > 0 && spans[i].left > reach) {
        ++gaps[bin(reach)];
        --gaps[bin(spans[i].left) + 1];
      }
      reach = std::max(reach, spans[i].right);
    }
  }
  const int crossing_max =
      voters.size() < 8 ? 0 : static_cast<int>(voters.size()) * 8 / 100;
  const auto need = static_cast<int>(std::max(
      static_cast<float>(options.rows_min),
      std::ceil(options.share_min * static_cast<float>(voters.size()))));
  std::vector<float> rivers;
  int covered = 0;
  int gap = 0;
  // The least crossed part of each run of free bins is its river.
  std::size_t first = 0;
  std::size_t last = 0;
  int least = crossing_max + 1;
  for (std::size_t i = 0; i <= bins; ++i) {
    covered += cover[i];
    gap += gaps[i];
    const bool free = i < bins && covered <= crossing_max && gap >= need;
    if (free && covered < least) {
      least = covered;
      first = last = i;
    } else if (free && covered == least && last + 1 == i) {
      last = i;
    }
    if (!free && least <= crossing_max) {
      if (last + 1 - first >= kBinsMin) {
        rivers.push_back(options.left +
                         kBin * (static_cast<float>(first + last) / 2 + 0.5F));
      }
      least = crossing_max + 1;
    }
  }
  return rivers;
}

}  // namespace cairn::pdf
