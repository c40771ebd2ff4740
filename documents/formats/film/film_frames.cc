#include "documents/formats/film/film_frames.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/film/moments.h"
#include "documents/formats/film/seen_track.h"
#include "documents/frames/codec_libraries.h"
#include "documents/frames/frame_codec.h"
#include "documents/frames/frame_picture.h"

namespace cairn::film {
namespace {

// Looks at one moment after another and keeps what is worth to be shown.
class FrameTaker {
 public:
  FrameTaker(const frames::CodecLibraries& codecs, const Track& track,
             const SeenTrack& seen, const Limits& limits)
      : codecs_(codecs), track_(track), seen_(seen), limits_(limits) {}

  // Fails only when the library cannot do its work at all.
  Status Look(const Moment& moment) {
    for (const KeyFrame& key : moment) {
      // The second choice of a moment may be near the frame before it.
      if (!taken_.empty() &&
          key.begin_ms <
              std::uint64_t{taken_.back().time.begin_ms} + kFrameGapMs) {
        continue;
      }
      CAIRN_ASSIGN_OR_RETURN(const bool settled, Take(key));
      if (settled) break;
    }
    return OkStatus();
  }

  std::vector<FilmFrame> Taken(std::uint32_t duration_ms) && {
    for (std::size_t i = 0; i < taken_.size(); ++i) {
      TimeRange& time = taken_[i].time;
      time.end_ms = std::max(time.begin_ms, i + 1 < taken_.size()
                                                ? taken_[i + 1].time.begin_ms
                                                : duration_ms);
    }
    return std::move(taken_);
  }
  std::size_t damaged() const { return damaged_; }

 private:
  // False: another frame of the moment may be better.
  StatusOr<bool> Take(const KeyFrame& key) {
    const auto picture = frames::DecodeFrame(
        codecs_, {.codec = seen_.codec,
                  .setup = seen_.setup,
                  .bytes = track_.samples[key.sample].bytes});
    if (ReasonOf(picture.status()) == "NO_AVCODEC") return picture.status();
    if (!picture.ok()) {
      ++damaged_;
      return false;
    }
    const frames::Thumbnail thumbnail = frames::ThumbnailOf(*picture);
    if (frames::ShowsNothing(thumbnail)) return false;
    if (last_.has_value() && frames::LooksTheSame(*last_, thumbnail)) {
      return true;
    }
    CAIRN_ASSIGN_OR_RETURN(
        std::string jpeg,
        frames::EncodeJpeg(codecs_,
                           frames::Turned(*picture, track_.quarter_turns)));
    if (jpeg.size() > limits_.described_picture_bytes_max) return false;
    taken_.push_back({{key.begin_ms, key.begin_ms}, std::move(jpeg)});
    last_ = thumbnail;
    return true;
  }

  const frames::CodecLibraries& codecs_;
  const Track& track_;
  const SeenTrack& seen_;
  const Limits& limits_;
  std::vector<FilmFrame> taken_;
  std::optional<frames::Thumbnail> last_;
  std::size_t damaged_ = 0;
};

// Films in fragments may not tell it.
std::uint32_t LengthOf(const Film& film, const Track& track) {
  const Sample& last = track.samples.back();
  return std::max(film.duration_ms, Milliseconds(last.begin + last.duration,
                                                 track.ticks_per_second));
}

bool TooLarge(const SeenTrack& seen) {
  return seen.width > frames::kSideMax || seen.height > frames::kSideMax;
}

}  // namespace

StatusOr<FilmFrames> TakeFrames(const Film& film, const Limits& limits) {
  FilmFrames out;
  const Track* const track = FirstSeen(film);
  if (track == nullptr) return out;
  const auto seen = DescribeSeen(*track, film.matroska);
  if (!seen.has_value()) {
    out.warnings.push_back(
        "what is seen in the film was left out: its pictures are " +
        (track->locked ? "encrypted or packed"
                       : "coded as " + track->codec +
                             ", and H.264, HEVC, AV1, VP8, VP9, MPEG-4 and "
                             "Motion JPEG are read"));
    return out;
  }
  if (TooLarge(*seen)) {
    out.warnings.push_back(
        "what is seen in the film was left out: it claims pictures of " +
        std::to_string(seen->width) + " x " + std::to_string(seen->height) +
        ", and at most " + std::to_string(frames::kSideMax) +
        " a side are read");
    return out;
  }
  const std::uint32_t length = LengthOf(film, *track);
  const std::vector<Moment> moments = ChooseMoments(
      KeyFramesOf(*track), film.chapters, length, limits.film_frames_max);
  if (moments.empty()) return out;
  CAIRN_ASSIGN_OR_RETURN(const frames::CodecLibraries* codecs,
                         frames::LoadCodecs());
  FrameTaker taker(*codecs, *track, *seen, limits);
  for (const Moment& moment : moments) {
    CAIRN_RETURN_IF_ERROR(taker.Look(moment));
  }
  if (taker.damaged() > 0) {
    out.warnings.push_back(std::to_string(taker.damaged()) +
                           (taker.damaged() == 1 ? " frame" : " frames") +
                           " of the film could not be decoded");
  }
  out.frames = std::move(taker).Taken(length);
  return out;
}

}  // namespace cairn::film
