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
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"

namespace cairn {

struct ChildRun {
  std::string program;  // A path; never searched for.
  std::string_view argument;
  std::vector<std::string> more_arguments;
  std::vector<std::string_view> request;  // One after the other.
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

// For a child that answers with many frames: `on_frame` gets each body and says
// whether to go on. `input` is the child's stdin instead of the request.
// wall_max counts anew for each frame, without the time that on_frame takes.
// `complete`: on_frame ended it.
StatusOr<ChildOutcome> RunChildFrames(
    const ChildRun& run, int input,
    const std::function<bool(std::string body)>& on_frame);

// A file in memory that holds the parts one after the other, to be read from
// its begin, or an error. The caller closes it.
StatusOr<int> MakeMemoryFile(std::span<const std::string_view> parts);

}  // namespace cairn
