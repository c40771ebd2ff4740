#include "documents/sandbox/parse_document.h"

#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include "documents/sandbox/child_process.h"
#include "documents/sandbox/codec.h"
#include "documents/sandbox/jail.h"

namespace cairn {
namespace {

Status Crashed(const std::string& how) {
  return InvalidArgumentError("the parser of this document " + how +
                                  "; the document is damaged or hostile, try "
                                  "to save it anew with another program",
                              "PARSER_CRASHED");
}

Status OutOfMemory(const Limits& limits) {
  return InvalidArgumentError(
      "parsing this document takes more than the limit "
      "parser_memory_bytes_max of " +
          std::to_string(limits.parser_memory_bytes_max) +
          " bytes; split the document or raise the limit",
      "PARSER_OUT_OF_MEMORY");
}

Status TimedOut(const char* limit, std::uint32_t seconds) {
  return InvalidArgumentError(
      "parsing this document takes longer than the "
      "limit " +
          std::string(limit) + " of " + std::to_string(seconds) +
          " s; split the document or raise the limit",
      "PARSER_TIMEOUT");
}

// How a child that gave no reply died.
Status FromWaitStatus(int status, bool pictures, const Limits& limits) {
  if (WIFEXITED(status)) {
    if (WEXITSTATUS(status) == kExitOutOfMemory) return OutOfMemory(limits);
    return Crashed("ended with exit code " +
                   std::to_string(WEXITSTATUS(status)));
  }
  const int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  switch (number) {
    case SIGXCPU:
      return TimedOut(
          pictures ? "ocr_cpu_seconds_max" : "parser_cpu_seconds_max",
          limits.parser_cpu_seconds_max);
    case SIGKILL:  // Not ours: what the kernel sends when memory runs out.
      return OutOfMemory(limits);
    case SIGSYS:
      return Crashed("did what its jail forbids and was stopped");
    default:
      return Crashed(std::string("was ended by signal ") + ::strsignal(number));
  }
}

StatusOr<ParsedDocument> ParseJailed(const FormatParser& format,
                                     const ParseInput& input,
                                     const SandboxOptions& options) {
  Limits limits = options.limits;
  if (format.reads_pictures()) {
    limits.parser_cpu_seconds_max = limits.ocr_cpu_seconds_max;
    limits.parser_wall_seconds_max = limits.ocr_wall_seconds_max;
  }
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
  if (outcome.timed_out) {
    return TimedOut(format.reads_pictures() ? "ocr_wall_seconds_max"
                                            : "parser_wall_seconds_max",
                    limits.parser_wall_seconds_max);
  }
  if (outcome.oversized) {
    return Crashed(
        "gave a reply that is damaged or above the limit "
        "parser_output_bytes_max");
  }
  return FromWaitStatus(outcome.wait_status, format.reads_pictures(), limits);
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
  without->warnings.push_back(
      std::to_string(without->picture_pages) +
      " pages are pictures and were not read: " + MessageOf(with.status()));
  return without;
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
  StatusOr<ParsedDocument> document = ParseJailed(*format, input, options);
  const FormatParser* const reader = PictureReaderFor(*format, document);
  if (reader == nullptr) return document;
  return ReadPictures(*reader, input, options, std::move(document));
}

}  // namespace cairn
