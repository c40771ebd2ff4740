#include "documents/sandbox/parse_document.h"

#include <chrono>
#include <cstdlib>
#include <string>

#include "documents/sandbox/child_process.h"
#include "documents/sandbox/child_status.h"
#include "documents/sandbox/codec.h"

namespace cairn {
namespace {

StatusOr<ParsedDocument> ParseJailed(const FormatParser& format,
                                     const ParseInput& input,
                                     const SandboxOptions& options) {
  const Limits& limits = options.limits;
  // Set in every child: a program that is started as parser process but does
  // not call ParserProcessMain would start itself without end.
  if (std::getenv("CAIRN_PARSER_PROCESS") != nullptr) {
    return FailedPreconditionError(
        "a parser process cannot start another; its program must call "
        "ParserProcessMain for the argument parser-process",
        "NO_SANDBOX");
  }
  const std::string request = EncodeRequest(
      {.format = format.name(), .input = input, .limits = limits});
  const std::string program =
      options.program.empty() ? "/proc/self/exe" : options.program;
  CAIRN_ASSIGN_OR_RETURN(
      const ChildOutcome outcome,
      RunChild(
          {.program = program,
           .argument = "parser-process",
           .request = request,
           .wall_max = std::chrono::seconds(limits.parser_wall_seconds_max),
           .reply_bytes_max = limits.parser_output_bytes_max}));
  if (outcome.complete) return DecodeReply(outcome.reply, limits);
  return StatusOfChild(outcome, limits, "parsing this document");
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
  if (!format->needs_jail()) return format->Parse(input, options.limits);
  return ParseJailed(*format, input, options);
}

}  // namespace cairn
