#include "documents/sandbox/parser_process.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <new>
#include <string>

#include "base/status.h"
#include "documents/sandbox/codec.h"
#include "documents/sandbox/jail.h"
#include "documents/sandbox/parse_document.h"

namespace cairn {
namespace {

bool ReadAll(int fd, std::string& out) {
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got == 0) return true;
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    out.append(buffer, static_cast<std::size_t>(got));
  }
}

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

int Reply(const std::string& reply) {
  return WriteAll(STDOUT_FILENO, Framed(reply)) ? 0 : 1;
}

// All kinds of replies tell an error in the same words.
int ReplyError(const Status& status) { return Reply(EncodeReply(status)); }

std::string Answer(const FormatParser& format, const ParseRequest& request) {
  switch (request.wanted) {
    case Wanted::kSound:
      return EncodeSoundReply(format.ReadSound(request.input, request.limits));
    case Wanted::kFrames:
      return EncodeFramesReply(
          format.ReadFrames(request.input, request.limits));
    case Wanted::kText:
      break;
  }
  return EncodeReply(format.Parse(request.input, request.limits));
}

Status Prepare(const FormatParser& format, Wanted wanted) {
  if (wanted != Wanted::kFrames) return format.PrepareForJail();
  // A film without pictures needs no library; ReadFrames says when one is.
  static_cast<void>(format.PrepareForFrames());
  return OkStatus();
}

int AnswerJailed(const FormatParser& format, const ParseRequest& request) {
  try {
    return Reply(Answer(format, request));
  } catch (const std::bad_alloc&) {
    ::_exit(kExitOutOfMemory);
  } catch (const std::exception& error) {
    return ReplyError(
        InternalError(std::string("the parser failed: ") + error.what()));
  }
}

}  // namespace

int RunParserProcess(const FormatLookup& find_format) {
  // The service that asked is gone: so is the reason to go on.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  ::signal(SIGPIPE, SIG_IGN);
  // Dates are no business of a parser, and asking for the zone opens a file.
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
  std::string bytes;
  if (!ReadAll(STDIN_FILENO, bytes)) return 1;
  const StatusOr<ParseRequest> request = DecodeRequest(bytes);
  if (!request.ok()) return ReplyError(request.status());
  const FormatParser* format = find_format(request->format);
  if (format == nullptr) {
    return ReplyError(
        InternalError("the parser process does not know the format " +
                      std::string(request->format)));
  }
  const Status prepared = Prepare(*format, request->wanted);
  if (!prepared.ok()) return ReplyError(prepared);
  const Status jailed = EnterJail(request->limits);
  if (!jailed.ok()) return ReplyError(jailed);
  ::_exit(AnswerJailed(*format, *request));
}

int ParserProcessMain() {
  return RunParserProcess(
      [](std::string_view name) { return FormatByName(name); });
}

}  // namespace cairn
