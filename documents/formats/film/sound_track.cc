#include "documents/formats/film/sound_track.h"

#include <cstddef>
#include <string>
#include <vector>

#include "documents/formats/film/aac_description.h"
#include "documents/formats/film/big_endian.h"
#include "documents/formats/film/matroska_writer.h"
#include "documents/formats/film/mp4_writer.h"

namespace cairn::film {
namespace {

// Frames that carry their own head: behind each other they are a file.
std::string Joined(const Track& track) {
  std::string out;
  out.reserve(static_cast<std::size_t>(track.sample_bytes));
  for (const Sample& sample : track.samples) out += sample.bytes;
  return out;
}

SoundTrack FromMp4(std::string_view bytes, const Track& track) {
  // Samples of a second description would be heard by the first.
  if (U32At(track.description, 4) != 1) return {};
  const bool quicktime = From(bytes, 8, 4) == "qt  ";
  return {.bytes = WriteMp4({.description = track.description,
                             .ticks_per_second = track.ticks_per_second,
                             .quicktime = quicktime},
                            track.samples),
          .ending = "m4a"};
}

SoundTrack FromMatroska(const Track& track) {
  if (!track.locked && track.codec == "A_MPEG/L3") {
    return {.bytes = Joined(track), .ending = "mp3"};
  }
  if (!track.locked && track.codec == "A_AAC") {
    if (const auto aac = DescribeAac(track.codec_private); aac.has_value()) {
      std::vector<Sample> samples = track.samples;
      for (Sample& sample : samples) sample.duration = kAacFrameSamples;
      return {.bytes = WriteMp4({.description = aac->description,
                                 .ticks_per_second = aac->sample_rate,
                                 .quicktime = false},
                                samples),
              .ending = "m4a"};
    }
  }
  const bool web = track.codec == "A_OPUS" || track.codec == "A_VORBIS";
  return {.bytes = WriteMatroska(track, web ? "webm" : "matroska"),
          .ending = web ? "webm" : "mkv"};
}

}  // namespace

SoundTrack MakeSoundTrack(std::string_view bytes, const Film& film) {
  const Track* const track = FirstSound(film);
  if (track == nullptr || track->samples.empty() ||
      track->sample_bytes > bytes.size() / 2) {
    return {};
  }
  // What is packed in Matroska is copied as it is packed.
  if (track->locked && !film.matroska) return {};
  SoundTrack sound =
      film.matroska ? FromMatroska(*track) : FromMp4(bytes, *track);
  if (sound.bytes.size() >= bytes.size()) return {};
  sound.begin_ms =
      Milliseconds(track->samples.front().begin, track->ticks_per_second);
  return sound;
}

}  // namespace cairn::film
