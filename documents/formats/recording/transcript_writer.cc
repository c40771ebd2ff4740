#include "documents/formats/recording/transcript_writer.h"

#include <string>
#include <utility>

#include "documents/charset.h"
#include "documents/document_builder.h"
#include "documents/formats/subtitles/cue_writer.h"

namespace cairn {
StatusOr<ParsedDocument> WriteTranscript(const Transcript& transcript,
                                         std::string_view by,
                                         const Limits& limits) {
  DocumentBuilder builder("recording", limits);
  CueWriter writer(builder);
  std::size_t said = 0;
  for (const SpokenSegment& segment : transcript.segments) {
    if (builder.failed()) break;
    Cue cue{segment.time.begin_ms, segment.time.end_ms,
            CollapseWhiteSpace(CleanText(segment.speaker)),
            // A transcriber may be anybody's server: its text is foreign.
            CleanText(segment.text)};
    said += TrimWhiteSpace(cue.text).empty() ? 0 : 1;
    writer.Add(std::move(cue));
  }
  writer.Flush();
  if (said == 0) {
    return InvalidArgumentError(
        "the transcriber heard no word in the recording", "NOTHING_SAID");
  }
  builder.SetLanguage(transcript.language);
  builder.AddWarning("the text was transcribed by " + std::string(by) +
                     " and may have errors");
  return std::move(builder).Finish();
}

}  // namespace cairn
