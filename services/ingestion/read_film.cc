#include "services/ingestion/read_film.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "documents/formats/film/merge_by_time.h"
#include "documents/formats/recording/transcript_writer.h"
#include "documents/formats/seen/descriptions.h"
#include "documents/sandbox/parse_document.h"

namespace cairn {
namespace {

constexpr const char* kNotHeard =
    "what is said in the film was not read: it has no subtitles, and no "
    "transcriber is configured (--transcriber)";

std::uint32_t Later(std::uint32_t time_ms, std::uint32_t by_ms) {
  return time_ms > UINT32_MAX - by_ms ? UINT32_MAX : time_ms + by_ms;
}

// What is said in a film: its sound alone where that can be taken out, and the
// film where not.
StatusOr<ParsedDocument> HeardInFilm(const ReadingTools& tools,
                                     const DocumentSource& source) {
  const auto sound = ReadSoundOf(InputOf(source), SandboxOf(tools));
  if (!sound.ok() || sound->bytes.empty()) return Transcribed(tools, source);
  CAIRN_ASSIGN_OR_RETURN(
      Transcript transcript,
      Hear(tools, {.bytes = sound->bytes, .ending = sound->ending}));
  for (SpokenSegment& segment : transcript.segments) {
    segment.time = {Later(segment.time.begin_ms, sound->begin_ms),
                    Later(segment.time.end_ms, sound->begin_ms)};
  }
  return WriteTranscript(transcript, tools.transcriber->id(), tools.limits);
}

StatusOr<ParsedDocument> WrittenAndSaid(const ReadingTools& tools,
                                        const DocumentSource& source) {
  StatusOr<ParsedDocument> film =
      ParseDocument(InputOf(source), SandboxOf(tools));
  if (film.ok() && !film->unread_speech) return film;
  if (tools.transcriber == nullptr) {
    if (film.ok()) film->warnings.emplace_back(kNotHeard);
    return film;
  }
  if (ReasonOf(film.status()) == "NO_TEXT_IN_FILM") return film;
  StatusOr<ParsedDocument> heard = HeardInFilm(tools, source);
  if (!heard.ok()) {
    // Music is no reason to lose the chapters.
    if (film.ok() && ReasonOf(heard.status()) == "NOTHING_SAID") {
      film->warnings.emplace_back(MessageOf(heard.status()));
      return film;
    }
    return heard;
  }
  if (film.ok()) return MergeByTime(*film, *heard, tools.limits);
  heard->format = "film";
  if (ReasonOf(film.status()) != "NO_TRANSCRIBER") {
    // A server may know what our reader does not.
    heard->warnings.push_back("the film itself could not be read: " +
                              MessageOf(film.status()));
  }
  return heard;
}

// Why a film has no text though nothing went wrong.
bool IsWordless(const Status& status) {
  const std::string reason = ReasonOf(status);
  return reason == "NO_TEXT_IN_FILM" || reason == "NO_TRANSCRIBER" ||
         reason == "NOTHING_SAID";
}

// What a describer said of the frames, and what it did not.
struct Seen {
  std::vector<Description> descriptions;
  std::size_t failed = 0;
  Status failure;        // The first.
  std::size_t left = 0;  // No time was left for them.
};

// Fails when the server does, or has not described one frame in all the time.
StatusOr<Seen> Describe(const ReadingTools& tools,
                        const std::vector<FilmFrame>& frames) {
  const Deadline time = Deadline::After(
      std::chrono::seconds(tools.limits.film_description_seconds_max));
  Seen seen;
  for (const FilmFrame& frame : frames) {
    StatusOr<std::string> text = See(tools, frame.jpeg, time);
    if (text.ok()) {
      seen.descriptions.push_back(
          {.text = *std::move(text), .page = 0, .time = frame.time});
      continue;
    }
    if (MayPass(text.status())) {
      if (!time.expired() || seen.descriptions.empty()) return text.status();
      seen.left = frames.size() - seen.failed - seen.descriptions.size();
      break;
    }
    if (seen.failed++ == 0) seen.failure = text.status();
  }
  return seen;
}

std::string FramesWere(std::size_t count) {
  return std::to_string(count) +
         (count == 1 ? " frame of the film was" : " frames of the film were");
}

void WarnOfUnseen(const Seen& seen, const Limits& limits,
                  ParsedDocument& document) {
  if (seen.failed > 0) {
    document.warnings.push_back(FramesWere(seen.failed) +
                                " not described: " + MessageOf(seen.failure));
  }
  if (seen.left > 0) {
    document.warnings.push_back(
        FramesWere(seen.left) +
        " not described within the limit film_description_seconds_max of " +
        std::to_string(limits.film_description_seconds_max));
  }
}

// A film without any words still is a document, of what is seen.
ParsedDocument WithoutWords(ParsedDocument names, const Status& why) {
  if (ReasonOf(why) == "NO_TRANSCRIBER") {
    names.warnings.emplace_back(kNotHeard);
  } else if (ReasonOf(why) == "NOTHING_SAID") {
    names.warnings.emplace_back(MessageOf(why));
  }
  return names;
}

// Why there is no document: `wordless`, and what is known of the frames.
Status Nothing(const Status& wordless, const Seen& seen,
               const FilmFrames& taken) {
  if (seen.failed > 0) return seen.failure;
  const std::string why = !taken.frames.empty() ? "the describer said nothing"
                          : taken.warnings.empty()
                              ? "there is none that shows anything"
                              : taken.warnings.front();
  if (ReasonOf(wordless) != "NO_TEXT_IN_FILM") {
    return MakeError(wordless.code(),
                     MessageOf(wordless) + "; no frame was described: " + why,
                     ReasonOf(wordless));
  }
  return InvalidArgumentError(
      "the film has neither sound nor subtitles, and no frame of it was "
      "described: " +
          why + "; give the subtitles (.vtt, .srt) beside the file",
      "NO_TEXT_IN_FILM");
}

// `film` is what was written and said.
StatusOr<ParsedDocument> WithFrames(const ReadingTools& tools,
                                    const DocumentSource& source,
                                    StatusOr<ParsedDocument> film) {
  StatusOr<FilmFrames> taken = ReadFramesOf(InputOf(source), SandboxOf(tools));
  if (!taken.ok()) {
    if (!film.ok()) return taken.status();
    film->warnings.push_back("what is seen in the film was left out: " +
                             MessageOf(taken.status()));
    return film;
  }
  const Status wordless = film.status();
  ParsedDocument document =
      film.ok() ? *std::move(film)
                : WithoutWords(std::move(taken->film), wordless);
  document.warnings.insert(document.warnings.end(), taken->warnings.begin(),
                           taken->warnings.end());
  CAIRN_ASSIGN_OR_RETURN(const Seen seen, Describe(tools, taken->frames));
  WarnOfUnseen(seen, tools.limits, document);
  CAIRN_ASSIGN_OR_RETURN(const bool described,
                         AppendDescriptions(seen.descriptions,
                                            {.id = tools.describer->id(),
                                             .name = tools.describer->name()},
                                            tools.limits, document));
  if (described || !document.blocks.empty()) return document;
  return Nothing(wordless, seen, *taken);
}

}  // namespace

StatusOr<ParsedDocument> ReadFilm(const ReadingTools& tools,
                                  const DocumentSource& source) {
  StatusOr<ParsedDocument> film = WrittenAndSaid(tools, source);
  const bool looked_at = film.ok() || IsWordless(film.status());
  if (tools.describer == nullptr || !looked_at) return film;
  return WithFrames(tools, source, std::move(film));
}

}  // namespace cairn
