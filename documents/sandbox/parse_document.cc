#include "documents/sandbox/parse_document.h"

#include <chrono>
#include <cstdlib>
#include <string>
#include <utility>

#include "documents/sandbox/child_process.h"
#include "documents/sandbox/child_status.h"
#include "documents/sandbox/codec.h"

namespace cairn {
namespace {

// The limits of a child that runs `format`.
Limits LimitsFor(const FormatParser& format, const SandboxOptions& options) {
  Limits limits = options.limits;
  if (format.reads_pictures()) {
    limits.parser_cpu_seconds_max = limits.ocr_cpu_seconds_max;
    limits.parser_wall_seconds_max = limits.ocr_wall_seconds_max;
  }
  return limits;
}

// What the child that was asked replied.
StatusOr<std::string> AskJailed(const FormatParser& format,
                                const ParseRequest& request,
                                const SandboxOptions& options) {
  // Set in every child: a program that is started as parser process but does
  // not call ParserProcessMain would start itself without end.
  if (std::getenv("CAIRN_PARSER_PROCESS") != nullptr) {
    return FailedPreconditionError(
        "a parser process cannot start another; its program must call "
        "ParserProcessMain for the argument parser-process",
        "NO_SANDBOX");
  }
  const Limits& limits = request.limits;
  const std::string head = EncodeRequestHead(request);
  const std::string program =
      options.program.empty() ? "/proc/self/exe" : options.program;
  CAIRN_ASSIGN_OR_RETURN(
      ChildOutcome outcome,
      RunChild(
          {.program = program,
           .argument = "parser-process",
           .request = {head, request.input.bytes},
           .wall_max = std::chrono::seconds(limits.parser_wall_seconds_max),
           .reply_bytes_max = limits.parser_output_bytes_max}));
  if (outcome.complete) return std::move(outcome.reply);
  return StatusOfChild(outcome, limits, "parsing this document",
                       format.reads_pictures() ? "ocr" : "parser");
}

StatusOr<ParsedDocument> ParseJailed(const FormatParser& format,
                                     const ParseInput& input,
                                     const SandboxOptions& options) {
  const Limits limits = LimitsFor(format, options);
  CAIRN_ASSIGN_OR_RETURN(
      const std::string reply,
      AskJailed(format,
                {.format = format.name(), .input = input, .limits = limits},
                options));
  return DecodeReply(reply, limits);
}

// Once more with the parser that reads pictures, which takes longer to load and
// to run than most documents are worth. What was found without it stands when
// that fails.
StatusOr<ParsedDocument> ReadPictures(const FormatParser& reader,
                                      const ParseInput& input,
                                      const SandboxOptions& options,
                                      StatusOr<ParsedDocument> without) {
  StatusOr<ParsedDocument> with = ParseJailed(reader, input, options);
  if (with.ok()) return with;
  if (!without.ok()) {
    // Which of the two is wrong the user can tell from the second only.
    return with;
  }
  const bool one = without->unread_pictures == 1;
  without->warnings.push_back(
      std::to_string(without->unread_pictures) +
      (one ? " picture that may hold text was not read: "
           : " pictures that may hold text were not read: ") +
      MessageOf(with.status()));
  return without;
}

// What is wanted of a film besides its text.
StatusOr<std::string> AskForPart(Wanted wanted, const ParseInput& input,
                                 const SandboxOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const FormatParser* format, FindFormat(input));
  return AskJailed(*format,
                   {.format = format->name(),
                    .wanted = wanted,
                    .input = input,
                    .limits = LimitsFor(*format, options)},
                   options);
}

}  // namespace

StatusOr<ParsedDocument> ParseDocument(const ParseInput& input,
                                       const SandboxOptions& options) {
  if (input.bytes.size() > options.limits.document_bytes_max) {
    return InvalidArgumentError(
        "the document has " + std::to_string(input.bytes.size()) +
            " bytes, above the limit document_bytes_max of " +
            std::to_string(options.limits.document_bytes_max),
        "DOCUMENT_TOO_LARGE");
  }
  CAIRN_ASSIGN_OR_RETURN(const FormatParser* format, FindFormat(input));
  StatusOr<ParsedDocument> document =
      format->needs_jail() ? ParseJailed(*format, input, options)
                           : format->Parse(input, options.limits);
  const FormatParser* const reader = PictureReaderFor(*format, document);
  if (reader == nullptr) return document;
  return ReadPictures(*reader, input, options, std::move(document));
}

StatusOr<SoundTrack> ReadSoundOf(const ParseInput& input,
                                 const SandboxOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::string reply,
                         AskForPart(Wanted::kSound, input, options));
  return DecodeSoundReply(reply, options.limits);
}

StatusOr<FilmFrames> ReadFramesOf(const ParseInput& input,
                                  const SandboxOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(const std::string reply,
                         AskForPart(Wanted::kFrames, input, options));
  return DecodeFramesReply(reply, options.limits);
}

}  // namespace cairn
