#include "documents/ocr/picture_lines.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace cairn::ocr {
namespace {

constexpr std::size_t kRunsMax = 200'000;
constexpr std::size_t kLinesMax = 5000;

// A run of dark pixels in one row (or column) of the picture.
struct Run {
  std::uint32_t from = 0, to = 0;
};

// Runs of neighbouring rows that lie over each other.
struct Strip {
  std::uint32_t first = 0, last = 0;  // Rows.
  std::uint32_t from = 0, to = 0;
  std::uint32_t longest = 0;
};

// Looks along one axis: `step` leads to the next pixel of a row, `stride` to
// the next row.
class LineFinder {
 public:
  LineFinder(const Picture& picture, std::uint8_t dark_below, float em,
             bool horizontal)
      : pixels_(picture.grey.data()),
        length_(horizontal ? picture.width : picture.height),
        rows_(horizontal ? picture.height : picture.width),
        step_(horizontal ? 1 : picture.width),
        stride_(horizontal ? picture.width : 1),
        dark_below_(dark_below),
        horizontal_(horizontal),
        // A line that runs a little aslant is broken into shorter runs.
        run_min_(static_cast<std::uint32_t>(std::max(8.0F, 0.9F * em))),
        line_min_(std::max(12.0F, 1.5F * em)),
        thick_max_(std::max(3.0F, em / 3)),
        gap_max_(static_cast<std::uint32_t>(std::max(1.0F, em / 16))) {}

  std::vector<PictureLine> Find() {
    for (std::uint32_t row = 0; row < rows_ && runs_seen_ < kRunsMax; ++row) {
      TakeRuns(row);
      Extend(row);
    }
    for (const Strip& strip : open_) Close(strip);
    return std::move(lines_);
  }

 private:
  bool IsDark(std::uint32_t row, std::uint32_t at) const {
    return pixels_[row * stride_ + at * step_] < dark_below_;
  }
  void TakeRuns(std::uint32_t row);
  void Extend(std::uint32_t row);
  void Close(const Strip& strip);
  float DarkBeside(const Strip& strip) const;

  const std::uint8_t* const pixels_;
  const std::uint32_t length_, rows_;
  const std::size_t step_, stride_;
  const std::uint8_t dark_below_;
  const bool horizontal_;
  const std::uint32_t run_min_;
  const float line_min_, thick_max_;
  const std::uint32_t gap_max_;
  std::size_t runs_seen_ = 0;
  std::vector<Run> runs_;  // Of the row that is looked at.
  std::vector<Strip> open_;
  std::vector<PictureLine> lines_;
};

void LineFinder::TakeRuns(std::uint32_t row) {
  runs_.clear();
  std::uint32_t begin = 0;
  std::uint32_t end = 0;  // Of the run so far; begin == end: none.
  for (std::uint32_t at = 0; at < length_; ++at) {
    if (!IsDark(row, at)) continue;
    if (begin == end || at > end + gap_max_) {
      if (end - begin >= run_min_) runs_.push_back({begin, end});
      begin = at;
    }
    end = at + 1;
  }
  if (end - begin >= run_min_) runs_.push_back({begin, end});
  runs_seen_ += runs_.size();
}

// Runs go on with the strips of the row before; both are in order of place.
void LineFinder::Extend(std::uint32_t row) {
  std::vector<Strip> next;
  std::size_t first = 0;
  for (const Run& run : runs_) {
    Strip strip{row, row, run.from, run.to, run.to - run.from};
    while (first < open_.size() && open_[first].to < run.from) {
      Close(open_[first++]);
    }
    for (; first < open_.size() && open_[first].from <= run.to; ++first) {
      const Strip& before = open_[first];
      strip.first = std::min(strip.first, before.first);
      strip.from = std::min(strip.from, before.from);
      strip.to = std::max(strip.to, before.to);
      strip.longest = std::max(strip.longest, before.longest);
      if (before.to > run.to) {
        ++first;
        break;
      }
    }
    // One strip may go on in several runs of this row.
    if (!next.empty() && next.back().to >= strip.from) {
      next.back().first = std::min(next.back().first, strip.first);
      next.back().to = std::max(next.back().to, strip.to);
      next.back().longest = std::max(next.back().longest, strip.longest);
    } else {
      next.push_back(strip);
    }
  }
  for (; first < open_.size(); ++first) Close(open_[first]);
  open_ = std::move(next);
}

// How much of the rows right beside the strip is dark: bold letters and
// pictures have ink there.
float LineFinder::DarkBeside(const Strip& strip) const {
  const auto away = static_cast<std::uint32_t>(thick_max_ / 2) + 1;
  std::size_t dark = 0;
  std::size_t seen = 0;
  const auto look = [&](std::uint32_t row) {
    for (std::uint32_t at = strip.from; at < strip.to; ++at) {
      dark += IsDark(row, at) ? 1 : 0;
    }
    seen += strip.to - strip.from;
  };
  if (strip.first >= away) look(strip.first - away);
  if (strip.last + away < rows_) look(strip.last + away);
  return seen == 0 ? 0 : static_cast<float>(dark) / static_cast<float>(seen);
}

void LineFinder::Close(const Strip& strip) {
  const auto length = static_cast<float>(strip.to - strip.from);
  const auto thick = static_cast<float>(strip.last - strip.first + 1);
  // Aslant by up to a hundredth, a line covers more rows than it is thick.
  const float allowed = thick_max_ + length / 100;
  if (length < line_min_ || thick > allowed || length < 6 * thick ||
      lines_.size() >= kLinesMax || DarkBeside(strip) > 0.4F) {
    return;
  }
  lines_.push_back(
      {horizontal_, static_cast<float>(strip.first + strip.last + 1) / 2,
       static_cast<float>(strip.from), static_cast<float>(strip.to)});
}

}  // namespace

std::uint8_t DarkBelow(const Picture& picture) {
  std::array<double, 256> count{};
  for (const std::uint8_t pixel : picture.grey) ++count[pixel];
  double total = 0;
  double sum = 0;
  for (std::size_t i = 0; i < count.size(); ++i) {
    total += count[i];
    sum += count[i] * static_cast<double>(i);
  }
  double below = 0;
  double sum_below = 0;
  double best = -1;
  std::size_t level = 128;
  for (std::size_t i = 0; i + 1 < count.size(); ++i) {
    below += count[i];
    sum_below += count[i] * static_cast<double>(i);
    if (below == 0 || below == total) continue;
    const double apart =
        sum_below / below - (sum - sum_below) / (total - below);
    const double between = below * (total - below) * apart * apart;
    // Of equal levels (an empty valley) the middle one.
    if (between > best * (1 + 1e-9)) {
      best = between;
      level = i + 1;
    }
  }
  return static_cast<std::uint8_t>(std::clamp<std::size_t>(level, 40, 220));
}

std::vector<PictureLine> FindLines(const Picture& picture,
                                   std::uint8_t dark_below, float em) {
  std::vector<PictureLine> lines;
  if (picture.width == 0 || picture.height == 0) return lines;
  for (const bool horizontal : {true, false}) {
    const std::vector<PictureLine> found =
        LineFinder(picture, dark_below, em, horizontal).Find();
    lines.insert(lines.end(), found.begin(), found.end());
  }
  return lines;
}

}  // namespace cairn::ocr
