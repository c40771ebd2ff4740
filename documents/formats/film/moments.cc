#include "documents/formats/film/moments.h"

#include <algorithm>
#include <optional>

namespace cairn::film {
namespace {

using Keys = std::vector<KeyFrame>;

Keys::const_iterator FirstFrom(const Keys& keys, std::uint64_t ms) {
  return std::lower_bound(keys.begin(), keys.end(), ms,
                          [](const KeyFrame& key, std::uint64_t begin) {
                            return key.begin_ms < begin;
                          });
}

// Of the chapters the first that begins in [from, to).
std::optional<std::uint64_t> ChapterIn(const std::vector<Chapter>& chapters,
                                       std::uint64_t from, std::uint64_t to) {
  const auto chapter =
      std::lower_bound(chapters.begin(), chapters.end(), from,
                       [](const Chapter& one, std::uint64_t begin) {
                         return one.begin_ms < begin;
                       });
  if (chapter == chapters.end() || chapter->begin_ms >= to) return {};
  return chapter->begin_ms;
}

// The frames of [from, to), by their distance from `wanted`.
Moment Nearest(const Keys& keys, std::uint64_t from, std::uint64_t to,
               std::uint64_t wanted) {
  Moment moment(std::min(
      kTriesMax,
      static_cast<std::size_t>(FirstFrom(keys, to) - FirstFrom(keys, from))));
  std::partial_sort_copy(
      FirstFrom(keys, from), FirstFrom(keys, to), moment.begin(), moment.end(),
      [&](const KeyFrame& a, const KeyFrame& b) {
        const auto distance = [&](const KeyFrame& key) {
          return key.begin_ms < wanted ? wanted - key.begin_ms
                                       : key.begin_ms - wanted;
        };
        return distance(a) < distance(b);
      });
  return moment;
}

}  // namespace

std::vector<KeyFrame> KeyFramesOf(const Track& track) {
  Keys keys;
  for (std::size_t i = 0; i < track.samples.size(); ++i) {
    const Sample& sample = track.samples[i];
    if (!sample.key || sample.bytes.empty()) continue;
    keys.push_back({Milliseconds(sample.begin, track.ticks_per_second), i});
  }
  std::stable_sort(keys.begin(), keys.end(),
                   [](const KeyFrame& a, const KeyFrame& b) {
                     return a.begin_ms < b.begin_ms;
                   });
  return keys;
}

std::vector<Moment> ChooseMoments(const Keys& keys,
                                  const std::vector<Chapter>& chapters,
                                  std::uint32_t duration_ms,
                                  std::size_t frames_max) {
  std::vector<Moment> moments;
  if (keys.empty() || frames_max == 0) return moments;
  const std::uint64_t length = std::max<std::uint64_t>(
      duration_ms, std::uint64_t{1} + keys.back().begin_ms);
  const std::uint64_t part = std::max<std::uint64_t>(
      kFrameGapMs, (length + frames_max - 1) / frames_max);
  std::uint64_t earliest = 0;
  for (std::uint64_t begin = 0; begin < length; begin += part) {
    const std::uint64_t end = std::min(begin + part, length);
    std::uint64_t from = std::max(begin, earliest);
    if (from >= end) continue;
    std::uint64_t wanted = begin + (end - begin) / 2;
    const auto chapter = ChapterIn(chapters, from, end);
    // A chapter may begin behind the last key frame of the part.
    if (chapter.has_value() &&
        FirstFrom(keys, *chapter) != FirstFrom(keys, end)) {
      from = wanted = *chapter;
    }
    Moment moment = Nearest(keys, from, end, wanted);
    if (moment.empty()) continue;
    earliest = std::uint64_t{moment.front().begin_ms} + kFrameGapMs;
    moments.push_back(std::move(moment));
  }
  return moments;
}

}  // namespace cairn::film
