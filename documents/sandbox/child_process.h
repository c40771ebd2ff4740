// ChildProcess: runs a program on a request and collects its framed reply.
//
// Place: the parent's end of the sandbox. The child gets the request as a file
// in memory on stdin, a pipe on stdout, nothing on stderr, no other descriptor
// and next to no environment.
// Life cycle: the child is always gone and reaped when RunChild returns.
// Threads: safe; blocks until the reply is whole, the child ends or the time is
// up.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/status.h"

namespace cairn {

struct ChildRun {
  std::string program;  // A path; never searched for.
  std::string_view argument;
  std::string_view request;
  std::chrono::seconds wall_max{120};
  std::size_t reply_bytes_max = 0;
};

struct ChildOutcome {
  std::string reply;  // The body of the frame; meaningful when `complete`.
  bool complete = false;
  bool timed_out = false;  // Killed for its wall time.
  bool oversized = false;  // Killed for announcing or writing too much.
  int wait_status = 0;     // Of waitpid; meaningful when none of the above.
};

// FAILED_PRECONDITION (NO_SANDBOX) when the child cannot be started,
// RESOURCE_EXHAUSTED when the system has no descriptors or memory for it.
StatusOr<ChildOutcome> RunChild(const ChildRun& run);

}  // namespace cairn
