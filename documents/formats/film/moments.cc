#include "documents/formats/film/moments.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cairn::film {
namespace {

using Keys = std::vector<KeyFrame>;

Keys::const_iterator FirstFrom(const Keys& keys, std::uint64_t ms) {
  return std::lower_bound(keys.begin(), keys.end(), ms,
                          [](const KeyFrame& key, std::uint64_t begin) {
                            return key.begin_ms < begin;
                          });
}

// A part of the film.
struct Part {
  std::uint64_t begin = 0, end = 0;
  // When the first frame of a chapter is shown that begins here.
  std::optional<std::uint64_t> chapter;
};

// Of [from, to); nothing when no chapter or no frame behind its begin is there.
std::optional<std::uint64_t> ChapterFrame(const Keys& keys,
                                          const std::vector<Chapter>& chapters,
                                          std::uint64_t from,
                                          std::uint64_t to) {
  const auto chapter =
      std::lower_bound(chapters.begin(), chapters.end(), from,
                       [](const Chapter& one, std::uint64_t begin) {
                         return one.begin_ms < begin;
                       });
  if (chapter == chapters.end()) return std::nullopt;
  const auto key = FirstFrom(keys, chapter->begin_ms);
  if (key == keys.end() || key->begin_ms >= to) return std::nullopt;
  return key->begin_ms;
}

std::vector<Part> PartsOf(const Keys& keys,
                          const std::vector<Chapter>& chapters,
                          std::uint64_t length, std::size_t frames_max) {
  const std::uint64_t part = std::max<std::uint64_t>(
      kFrameGapMs, (length + frames_max - 1) / frames_max);
  std::vector<Part> parts;
  std::uint64_t earliest = 0;
  for (std::uint64_t begin = 0; begin < length; begin += part) {
    const std::uint64_t end = std::min(begin + part, length);
    parts.push_back(
        {begin, end,
         ChapterFrame(keys, chapters, std::max(begin, earliest), end)});
    if (parts.back().chapter.has_value()) {
      earliest = *parts.back().chapter + kFrameGapMs;
    }
  }
  return parts;
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
  const std::vector<Part> parts = PartsOf(keys, chapters, length, frames_max);
  std::uint64_t earliest = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    std::uint64_t wanted = part.begin + (part.end - part.begin) / 2;
    std::uint64_t from = std::max(part.begin, earliest);
    std::uint64_t to = part.end;
    if (part.chapter.has_value()) {
      from = wanted = *part.chapter;
    } else if (i + 1 < parts.size() && parts[i + 1].chapter.has_value()) {
      // Not so late that the begin of that chapter would be too near.
      to = std::min(to, *parts[i + 1].chapter - kFrameGapMs + 1);
    }
    if (from >= to) continue;
    Moment moment = Nearest(keys, from, to, wanted);
    if (moment.empty()) continue;
    earliest = std::uint64_t{moment.front().begin_ms} + kFrameGapMs;
    moments.push_back(std::move(moment));
  }
  return moments;
}

}  // namespace cairn::film
