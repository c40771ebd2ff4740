#include "services/ingestion/read_source.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "documents/formats/film/merge_by_time.h"
#include "documents/formats/recording/transcript_writer.h"
#include "documents/formats/seen/descriptions.h"
#include "documents/parser.h"
#include "documents/sandbox/parse_document.h"
#include "documents/sniff.h"
#include "documents/sniff_recording.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

// Pictures with more text than a sign or a caption has are pages, which tell
// what they are about.
constexpr std::size_t kSparseLetters = 200;

ParseInput InputOf(const DocumentSource& source) {
  return {.bytes = source.bytes,
          .media_type = source.media_type,
          .file_name = source.file_name};
}

StatusOr<ParsedDocument> Parse(const ReadingTools& tools,
                               const DocumentSource& source) {
  return ParseDocument(InputOf(source), {.program = tools.parser_program,
                                         .limits = tools.limits});
}

StatusOr<Transcript> Hear(const ReadingTools& tools,
                          const Recording& recording) {
  return tools.transcriber->Transcribe(
      recording, Deadline::After(std::chrono::seconds(
                     tools.limits.transcription_seconds_max)));
}

StatusOr<ParsedDocument> Transcribed(const ReadingTools& tools,
                                     const DocumentSource& source) {
  CAIRN_ASSIGN_OR_RETURN(const Transcript transcript,
                         Hear(tools, {.bytes = source.bytes,
                                      .ending = SniffRecording(source.bytes)}));
  return WriteTranscript(transcript, tools.transcriber->id(), tools.limits);
}

std::uint32_t Later(std::uint32_t time_ms, std::uint32_t by_ms) {
  return time_ms > UINT32_MAX - by_ms ? UINT32_MAX : time_ms + by_ms;
}

// What is said in a film: its sound alone where that can be taken out, and the
// film where not.
StatusOr<ParsedDocument> HeardInFilm(const ReadingTools& tools,
                                     const DocumentSource& source) {
  const auto sound =
      ReadSoundOf(InputOf(source),
                  {.program = tools.parser_program, .limits = tools.limits});
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

StatusOr<ParsedDocument> ReadFilm(const ReadingTools& tools,
                                  const DocumentSource& source) {
  StatusOr<ParsedDocument> film = Parse(tools, source);
  if (film.ok() && !film->unread_speech) return film;
  if (tools.transcriber == nullptr) {
    if (film.ok()) {
      film->warnings.push_back(
          "what is said in the film was not read: it has no subtitles, and no "
          "transcriber is configured (--transcriber)");
    }
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

// As servers of models take them; empty: they take no such picture.
std::string_view SentType(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF8"sv)) return "image/gif";
  return bytes.starts_with("RIFF"sv) ? "image/webp"sv : ""sv;
}

bool IsSparse(const ParsedDocument& document) {
  std::size_t letters = 0;
  for (const char sign : document.text) {
    // Bytes that go on with a sign of UTF-8 are not counted.
    letters += sign > ' ' || static_cast<unsigned char>(sign) >= 0xc0 ? 1 : 0;
  }
  return letters < kSparseLetters && document.pages <= 1;
}

bool MayPass(const Status& status) {
  return status.code() == StatusCode::kUnavailable ||
         status.code() == StatusCode::kDeadlineExceeded ||
         status.code() == StatusCode::kUnauthenticated;
}

StatusOr<std::string> See(const ReadingTools& tools, std::string_view bytes) {
  const std::string_view type = SentType(bytes);
  if (type.empty()) {
    return InvalidArgumentError(
        "only PNG, JPEG, WebP and GIF are sent to a describer",
        "PICTURE_NOT_SENT");
  }
  if (bytes.size() > tools.describing.picture_bytes_max) {
    return InvalidArgumentError(
        "the picture is above the limit picture_bytes_max of " +
            std::to_string(tools.describing.picture_bytes_max),
        "PICTURE_NOT_SENT");
  }
  return tools.describer->Describe(
      {.bytes = bytes, .media_type = type},
      Deadline::After(std::chrono::seconds(tools.describing.seconds_max)));
}

// A picture without any words still is a document, of what is seen.
ParsedDocument WithoutWords(const Status& why) {
  ParsedDocument document;
  document.format = "image";
  document.pages = 1;
  if (ReasonOf(why) == "NO_OCR") {
    document.warnings.push_back("words on the picture were not read: " +
                                MessageOf(why));
  }
  return document;
}

StatusOr<ParsedDocument> ReadPicture(const ReadingTools& tools,
                                     const DocumentSource& source) {
  StatusOr<ParsedDocument> read = Parse(tools, source);
  const bool wordless = ReasonOf(read.status()) == "NO_TEXT_IN_IMAGE" ||
                        ReasonOf(read.status()) == "NO_OCR";
  if (read.ok() ? !IsSparse(*read) : !wordless) return read;
  const StatusOr<std::string> text = See(tools, source.bytes);
  if (!text.ok()) {
    if (MayPass(text.status())) return text.status();
    if (!read.ok()) {
      return ReasonOf(text.status()) == "PICTURE_NOT_SENT" ? read
                                                           : text.status();
    }
    read->warnings.push_back("the picture was not described: " +
                             MessageOf(text.status()));
    return read;
  }
  const Status status = read.status();
  ParsedDocument document = read.ok() ? *std::move(read) : WithoutWords(status);
  CAIRN_ASSIGN_OR_RETURN(const bool described,
                         AppendDescriptions({{.text = *text, .page = 1}},
                                            {.id = tools.describer->id(),
                                             .name = tools.describer->name()},
                                            tools.limits, document));
  if (!described && document.blocks.empty()) return status;
  return document;
}

}  // namespace

StatusOr<ParsedDocument> ReadSource(const ReadingTools& tools,
                                    const DocumentSource& source) {
  const auto format = SniffFormat(InputOf(source));
  if (!format.ok()) return Parse(tools, source);
  if (*format == "film") return ReadFilm(tools, source);
  if (*format == "recording" && tools.transcriber != nullptr) {
    return Transcribed(tools, source);
  }
  if (*format == "image" && tools.describer != nullptr) {
    return ReadPicture(tools, source);
  }
  return Parse(tools, source);
}

}  // namespace cairn
