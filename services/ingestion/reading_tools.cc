#include "services/ingestion/reading_tools.h"

#include <algorithm>
#include <chrono>

#include "documents/formats/recording/transcript_writer.h"
#include "documents/sniff_recording.h"

namespace cairn {
namespace {

using namespace std::string_view_literals;

// As servers of models take them; empty: they take no such picture.
std::string_view SentType(std::string_view bytes) {
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
  if (bytes.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
  if (bytes.starts_with("GIF8"sv)) return "image/gif";
  return bytes.starts_with("RIFF"sv) ? "image/webp"sv : ""sv;
}

}  // namespace

ParseInput InputOf(const DocumentSource& source) {
  return {.bytes = source.bytes,
          .media_type = source.media_type,
          .file_name = source.file_name};
}

SandboxOptions SandboxOf(const ReadingTools& tools) {
  return {.program = tools.parser_program, .limits = tools.limits};
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

StatusOr<std::string> See(const ReadingTools& tools, std::string_view bytes,
                          const Deadline& time) {
  const std::string_view type = SentType(bytes);
  if (type.empty()) {
    return InvalidArgumentError(
        "only PNG, JPEG, WebP and GIF are sent to a describer",
        "PICTURE_NOT_SENT");
  }
  if (bytes.size() > tools.limits.described_picture_bytes_max) {
    return InvalidArgumentError(
        "the picture is above the limit described_picture_bytes_max of " +
            std::to_string(tools.limits.described_picture_bytes_max),
        "PICTURE_NOT_SENT");
  }
  const std::chrono::nanoseconds limit =
      std::chrono::seconds(tools.limits.description_seconds_max);
  return tools.describer->Describe(
      {.bytes = bytes, .media_type = type},
      Deadline::After(std::min(limit, time.remaining())));
}

bool MayPass(const Status& status) {
  return status.code() == StatusCode::kUnavailable ||
         status.code() == StatusCode::kDeadlineExceeded ||
         status.code() == StatusCode::kUnauthenticated;
}

}  // namespace cairn
