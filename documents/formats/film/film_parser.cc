#include "documents/formats/film/film_parser.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock_text.h"
#include "documents/document_builder.h"
#include "documents/formats/film/film.h"
#include "documents/formats/film/film_frames.h"
#include "documents/formats/film/sound_track.h"
#include "documents/formats/film/timed_text.h"
#include "documents/formats/subtitles/cue_writer.h"
#include "documents/frames/codec_libraries.h"

namespace cairn {
namespace film {
namespace {

// Which of two tracks of subtitles says more of what is said.
int RankOf(const Track& track, const std::string& spoken) {
  int rank = track.preferred ? 1 : 0;
  if (!track.forced) rank += 4;
  if (!spoken.empty() && track.language == spoken) rank += 2;
  return rank;
}

const Track* ChooseSubtitles(const Film& film) {
  const Track* const sound = FirstSound(film);
  const std::string spoken = sound == nullptr ? "" : sound->language;
  const Track* best = nullptr;
  for (const Track& track : film.tracks) {
    if (track.kind != TrackKind::kSubtitles || track.locked ||
        track.samples.empty() || !IsTextCodec(track.codec)) {
      continue;
    }
    if (best == nullptr || RankOf(track, spoken) > RankOf(*best, spoken)) {
      best = &track;
    }
  }
  return best;
}

// "2 tracks of subtitles were left out: in de, fr".
void WarnOfTracks(const Film& film, const Track* chosen,
                  DocumentBuilder& builder) {
  std::size_t unread = 0;
  std::size_t others = 0;
  std::set<std::string> languages;
  for (const Track& track : film.tracks) {
    if (track.kind != TrackKind::kSubtitles || &track == chosen) continue;
    if (track.locked || !IsTextCodec(track.codec)) {
      ++unread;
    } else if (!track.samples.empty()) {
      ++others;
      if (!track.language.empty()) languages.insert(track.language);
    }
  }
  builder.AddWarning(unread,
                     "tracks of subtitles were not read, since they are "
                     "pictures, packed or encrypted");
  if (others == 0) return;
  std::string names;
  for (const std::string& language : languages) {
    names += (names.empty() ? " (" : ", ") + language;
  }
  builder.AddWarning(others, "further tracks of subtitles" +
                                 (names.empty() ? names : names + ")") +
                                 " were left out");
}

// Chapters stand before the first cue that begins in them.
class FilmWriter {
 public:
  FilmWriter(const Film& film, DocumentBuilder& builder)
      : film_(film), builder_(builder), writer_(builder) {}

  void Write(std::vector<Cue> cues) {
    for (Cue& cue : cues) {
      if (builder_.failed()) return;
      AddChaptersUntil(cue.begin_ms);
      writer_.Add(std::move(cue));
    }
    writer_.Flush();
    AddChaptersUntil(INT64_MAX);
  }

 private:
  void AddChaptersUntil(std::int64_t ms) {
    for (; next_ < film_.chapters.size(); ++next_) {
      const Chapter& chapter = film_.chapters[next_];
      if (chapter.begin_ms > ms) return;
      writer_.Flush();
      const std::string title = CollapseWhiteSpace(chapter.title);
      if (title.empty()) continue;
      builder_.AddBlock(BlockType::kHeading, title, 1);
      const std::uint32_t end = next_ + 1 < film_.chapters.size()
                                    ? film_.chapters[next_ + 1].begin_ms
                                    : film_.duration_ms;
      builder_.SetTime({chapter.begin_ms, std::max(chapter.begin_ms, end)});
    }
  }

  const Film& film_;
  DocumentBuilder& builder_;
  CueWriter writer_;
  std::size_t next_ = 0;
};

Status NothingWritten(const Film& film) {
  if (FirstSound(film) != nullptr) {
    return InvalidArgumentError(
        "the film has no subtitles; what is said in it is read by a "
        "transcriber, and none is configured: name an endpoint with "
        "--transcriber https://HOST/v1/audio/transcriptions, or give the "
        "subtitles (.vtt, .srt) beside the file",
        "NO_TRANSCRIBER");
  }
  return InvalidArgumentError(
      "the film has neither sound nor subtitles; give the subtitles (.vtt, "
      ".srt) beside the file, or name a model that says what is seen with "
      "--describer https://HOST/v1/chat/completions",
      "NO_TEXT_IN_FILM");
}

// What the film says of itself.
void AddNames(const Film& film, DocumentBuilder& builder) {
  builder.SetTitle(film.title);
  for (const auto& [key, value] : film.properties) {
    builder.SetProperty(key, value);
  }
  if (film.duration_ms > 0) {
    builder.SetProperty("duration", ClockText(film.duration_ms / 1000));
  }
}

void AddWarnings(const Film& film, DocumentBuilder& builder) {
  for (const std::string& warning : film.warnings) builder.AddWarning(warning);
}

StatusOr<ParsedDocument> ParseFilm(std::string_view bytes,
                                   const Limits& limits) {
  CAIRN_ASSIGN_OR_RETURN(const Film film,
                         ReadFilm(bytes, TrackKind::kSubtitles));
  DocumentBuilder builder("film", limits);
  AddNames(film, builder);
  builder.AddBlock(BlockType::kParagraph, CollapseLines(film.about));
  const Track* const subtitles = ChooseSubtitles(film);
  std::vector<Cue> cues;
  if (subtitles != nullptr) {
    cues = CuesOf(*subtitles);
    builder.SetLanguage(subtitles->language);
  }
  const bool said = !cues.empty();
  FilmWriter(film, builder).Write(std::move(cues));
  WarnOfTracks(film, subtitles, builder);
  AddWarnings(film, builder);
  StatusOr<ParsedDocument> document = std::move(builder).Finish();
  if (ReasonOf(document.status()) == "EMPTY_DOCUMENT") {
    return NothingWritten(film);
  }
  if (document.ok()) {
    document->unread_speech = !said && FirstSound(film) != nullptr;
  }
  return document;
}

class Parser final : public FormatParser {
 public:
  std::string_view name() const override { return "film"; }
  bool needs_jail() const override { return true; }
  StatusOr<ParsedDocument> Parse(const ParseInput& input,
                                 const Limits& limits) const override {
    return ParseFilm(input.bytes, limits);
  }
  StatusOr<SoundTrack> ReadSound(const ParseInput& input,
                                 const Limits&) const override {
    CAIRN_ASSIGN_OR_RETURN(const Film film,
                           ReadFilm(input.bytes, TrackKind::kSound));
    return MakeSoundTrack(input.bytes, film);
  }
  StatusOr<FilmFrames> ReadFrames(const ParseInput& input,
                                  const Limits& limits) const override {
    CAIRN_ASSIGN_OR_RETURN(const Film film,
                           ReadFilm(input.bytes, TrackKind::kSeen));
    CAIRN_ASSIGN_OR_RETURN(FilmFrames frames, TakeFrames(film, limits));
    DocumentBuilder builder("film", limits);
    AddNames(film, builder);
    AddWarnings(film, builder);
    frames.film = std::move(builder).FinishWithoutText();
    return frames;
  }
  Status PrepareForFrames() const override {
    return frames::LoadCodecs().status();
  }
};

}  // namespace
}  // namespace film

const FormatParser& FilmParser() {
  static const film::Parser parser;
  return parser;
}

}  // namespace cairn
