// Film: what the containers of films and sounds hold: tracks, chapters, names.
//
// Place: under film_parser.cc (text), sound_track.cc (sound) and film_frames.cc
// (what is seen); ReadFilm is their one way in. Two containers are read, each
// by code of our own: ISO base media (.mp4, .m4a, .mov; mp4_reader.cc) and
// Matroska (.mkv, .webm; matroska_reader.cc). No picture and no sound is
// decoded. Life cycle: a Film borrows from the bytes that it was read from.
// Threads: safe; pure.
// Errors: INVALID_ARGUMENT with DAMAGED_FILM when there is no list of tracks.
// Damage behind that is passed over and told in `warnings`.
// Limits: boxes and elements are entered along fixed paths, never deeper; of
// one file kPartsMax of them, kTracksMax tracks, kSamplesMax samples and
// kChaptersMax chapters are read. Every length is cut at the end of what holds
// it, and a track's samples together are never more bytes than the file. Cost:
// linear in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace cairn::film {

constexpr std::size_t kPartsMax = 4'000'000;
constexpr std::size_t kTracksMax = 64;
constexpr std::size_t kSamplesMax = 2'000'000;
constexpr std::size_t kChaptersMax = 10'000;

enum class TrackKind : std::uint8_t { kOther, kSeen, kSound, kSubtitles };

struct Sample {
  std::int64_t begin = 0;     // In ticks of the track.
  std::int64_t duration = 0;  // Likewise; 0: unknown.
  std::string_view bytes;
  bool key = true;  // Can be decoded without those before it.
};

struct Track {
  TrackKind kind = TrackKind::kOther;
  std::uint64_t number = 0;
  std::string codec;     // "tx3g", "mp4a"; "S_TEXT/UTF8", "A_OPUS".
  std::string language;  // "en"; empty: unknown.
  bool preferred = true;
  bool forced = false;  // Subtitles of foreign words and signs only.
  bool locked = false;  // Encrypted, or packed in a way that is not read.
  unsigned quarter_turns = 0;  // Clockwise, before pictures are shown.
  std::uint64_t ticks_per_second = 1000;
  // How a decoder is told about the codec: the body of `stsd` of ISO media,
  // the whole body of a TrackEntry of Matroska.
  std::string_view description;
  std::string_view codec_private;  // Of Matroska.
  std::vector<Sample> samples;     // If of the kind that was asked for.
  std::uint64_t sample_bytes = 0;  // Of all of them.
};

struct Chapter {
  std::uint32_t begin_ms = 0;
  std::string title;
};

struct Film {
  bool matroska = false;
  std::string title;
  std::string about;  // A description; may have lines.
  // With the keys of ParsedDocument::properties.
  std::vector<std::pair<std::string, std::string>> properties;
  std::uint32_t duration_ms = 0;  // 0: unknown.
  std::vector<Chapter> chapters;  // By begin.
  std::vector<Track> tracks;
  std::vector<std::string> warnings;

  // One of a few; the first of a key is the one that counts.
  void AddProperty(std::string_view key, std::string value);
  // Before the others: what people wrote counts before a program's clock.
  void AddFirst(std::string_view key, std::string value);
};

// `samples_of`: the tracks whose samples are wanted.
StatusOr<Film> ReadFilm(std::string_view bytes, TrackKind samples_of);

// The one track whose sound is heard first; null: the film is silent.
const Track* FirstSound(const Film& film);

// From 0 to the largest number that fits.
std::uint32_t Milliseconds(std::int64_t ticks, std::uint64_t per_second);

// "en" of "eng", "en-GB" and "en"; empty: unknown.
std::string LanguageTag(std::string_view code);

// "2021-05-03" of a text that begins so; "2021" of "2021"; else empty.
std::string DayOf(std::string_view text);
// The same of seconds since 1970.
std::string DayOfSeconds(std::int64_t seconds);

// How much of a file has been read, for the limits above.
class Budget {
 public:
  explicit Budget(std::size_t file_bytes) : file_bytes_(file_bytes) {}

  // False when there have been too many.
  bool TakePart() { return parts_ < kPartsMax && ++parts_ > 0; }
  // Adds the sample to the track; false when the limit is reached.
  bool AddSample(const Sample& sample, Track& track);

  // A length that did not fit, a table that ended too early.
  void NoteDamage() { damaged_ = true; }
  // Says so in `film.warnings`, and when a limit was reached.
  void Warn(Film& film) const;

 private:
  const std::size_t file_bytes_;
  std::size_t parts_ = 0, samples_ = 0;
  bool damaged_ = false, samples_cut_ = false;
};

// The two readers; `film.matroska` is set by the second.
Status ReadMp4(std::string_view bytes, TrackKind samples_of, Film& film);
Status ReadMatroska(std::string_view bytes, TrackKind samples_of, Film& film);

}  // namespace cairn::film
