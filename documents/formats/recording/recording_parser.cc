#include "documents/formats/recording/recording_parser.h"

namespace cairn {
namespace {

class Parser final : public FormatParser {
 public:
  std::string_view name() const override { return "recording"; }
  bool needs_jail() const override { return false; }
  StatusOr<ParsedDocument> Parse(const ParseInput&,
                                 const Limits&) const override {
    return InvalidArgumentError(
        "sounds and films are read by a transcriber, and none is configured: "
        "name an endpoint with --transcriber "
        "https://HOST/v1/audio/transcriptions, or give the subtitles (.vtt, "
        ".srt) beside the file",
        "NO_TRANSCRIBER");
  }
};

}  // namespace

const FormatParser& RecordingParser() {
  static const Parser parser;
  return parser;
}

}  // namespace cairn
