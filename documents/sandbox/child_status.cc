#include "documents/sandbox/child_status.h"

#include <signal.h>
#include <sys/wait.h>

#include <cstring>
#include <string>

#include "documents/sandbox/jail.h"

namespace cairn {
namespace {

Status Crashed(const std::string& how) {
  return InvalidArgumentError("the parser of this document " + how +
                                  "; the document is damaged or hostile, try "
                                  "to save it anew with another program",
                              "PARSER_CRASHED");
}

Status OutOfMemory(const Limits& limits, const std::string& work) {
  return InvalidArgumentError(
      work +
          " takes more than the limit "
          "parser_memory_bytes_max of " +
          std::to_string(limits.parser_memory_bytes_max) +
          " bytes; split the document or raise the limit",
      "PARSER_OUT_OF_MEMORY");
}

Status TimedOut(const std::string& limit, std::uint32_t seconds,
                const std::string& work) {
  return InvalidArgumentError(work + " takes longer than the limit " + limit +
                                  " of " + std::to_string(seconds) +
                                  " s; split the document or raise the limit",
                              "PARSER_TIMEOUT");
}

// How a child that gave no reply died.
Status FromWaitStatus(int status, const Limits& limits, const std::string& work,
                      const std::string& holder) {
  if (WIFEXITED(status)) {
    if (WEXITSTATUS(status) == kExitOutOfMemory) {
      return OutOfMemory(limits, work);
    }
    return Crashed("ended with exit code " +
                   std::to_string(WEXITSTATUS(status)));
  }
  const int number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  switch (number) {
    case SIGXCPU:
      return TimedOut(holder + "_cpu_seconds_max",
                      limits.parser_cpu_seconds_max, work);
    case SIGKILL:  // Not ours: what the kernel sends when memory runs out.
      return OutOfMemory(limits, work);
    case SIGSYS:
      return Crashed("did what its jail forbids and was stopped");
    default:
      return Crashed(std::string("was ended by signal ") + ::strsignal(number));
  }
}

}  // namespace

Status StatusOfChild(const ChildOutcome& outcome, const Limits& limits,
                     const std::string& work, const std::string& holder) {
  if (outcome.timed_out) {
    return TimedOut(holder + "_wall_seconds_max",
                    limits.parser_wall_seconds_max, work);
  }
  if (outcome.oversized) {
    return Crashed(
        "gave a reply that is damaged or above the limit "
        "parser_output_bytes_max");
  }
  return FromWaitStatus(outcome.wait_status, limits, work, holder);
}

}  // namespace cairn
