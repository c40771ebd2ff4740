// Films: their text; their sound as a file of its own, which is no larger than
// the film and has the same sound when it is read once more; which frames are
// taken, and what their decoder is told. Decoding itself is FFmpeg's, in the
// jail.
#include "documents/formats/film/film.h"
#include "documents/formats/film/film_parser.h"
#include "documents/formats/film/moments.h"
#include "documents/formats/film/seen_track.h"
#include "documents/formats/film/sound_track.h"
#include "tests/fuzz/check_document.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace cairn;

std::uint64_t SoundBytesOf(const film::Film& film) {
  const film::Track* const track = film::FirstSound(film);
  return track == nullptr ? 0 : track->sample_bytes;
}

void CheckSound(std::string_view bytes) {
  const auto film = film::ReadFilm(bytes, film::TrackKind::kSound);
  if (!film.ok()) return;
  fuzz::Require(SoundBytesOf(*film) <= bytes.size(),
                "the samples of a track are no more than the file");
  const SoundTrack sound = film::MakeSoundTrack(bytes, *film);
  fuzz::Require(sound.bytes.empty() || sound.bytes.size() < bytes.size(),
                "the sound is less than the film");
  if (sound.ending != "m4a") return;
  const auto again = film::ReadFilm(sound.bytes, film::TrackKind::kSound);
  fuzz::Require(again.ok(), "a film of our own can be read");
  fuzz::Require(SoundBytesOf(*again) == SoundBytesOf(*film),
                "no sound gets lost");
}

bool IsInside(std::string_view part, std::string_view bytes) {
  return part.empty() ||
         (part.data() >= bytes.data() &&
          part.data() + part.size() <= bytes.data() + bytes.size());
}

void CheckFrames(std::string_view bytes) {
  const auto film = film::ReadFilm(bytes, film::TrackKind::kSeen);
  if (!film.ok()) return;
  const film::Track* const track = film::FirstSeen(*film);
  if (track == nullptr) return;
  const auto seen = film::DescribeSeen(*track, film->matroska);
  fuzz::Require(!seen.has_value() || IsInside(seen->setup, bytes),
                "what a decoder is told stands in the film");
  const std::size_t frames_max = Limits().film_frames_max;
  const auto moments = film::ChooseMoments(
      film::KeyFramesOf(*track), film->chapters, film->duration_ms, frames_max);
  fuzz::Require(moments.size() <= frames_max, "few frames are taken");
  for (const film::Moment& moment : moments) {
    fuzz::Require(!moment.empty() && moment.size() <= film::kTriesMax,
                  "a moment has frames, and few");
    for (const film::KeyFrame& key : moment) {
      fuzz::Require(key.sample < track->samples.size() &&
                        IsInside(track->samples[key.sample].bytes, bytes),
                    "a frame stands in the film");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes = fuzz::TextOf(data, size);
  fuzz::CheckDocument(FilmParser().Parse({.bytes = bytes}, Limits()));
  CheckSound(bytes);
  CheckFrames(bytes);
  return 0;
}
