// Films: their text, and their sound as a file of its own, which is no larger
// than the film and has the same sound when it is read once more.
#include "documents/formats/film/film.h"
#include "documents/formats/film/film_parser.h"
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes = fuzz::TextOf(data, size);
  fuzz::CheckDocument(FilmParser().Parse({.bytes = bytes}, Limits()));
  CheckSound(bytes);
  return 0;
}
