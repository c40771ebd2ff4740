// Jail: takes from this process whatever a parser does not need.
//
// Place: the parser process calls EnterJail once, after it has read its request
// and loaded its libraries and before it looks at a foreign byte.
// What remains: memory up to the limit, CPU time up to the limit, writing to
// stdout, exit. Any other system call (open, socket, fork, exec, ...) kills the
// process at once. No way back.
// Threads: for a process with one thread; should libraries have started others,
// the filter takes hold of them too.
// Errors: FAILED_PRECONDITION (NO_SANDBOX) when the system refuses a part of
// the jail; the caller must not parse then.
#pragma once

#include <cstddef>

#include "base/limits.h"
#include "base/status.h"

namespace cairn {

// False in builds with the address or thread sanitizer, whose run-times need
// more memory and more system calls than a jail can allow: such builds run
// without the filter and without the bound on memory, and are for tests only.
extern const bool kJailComplete;

// Exit code of a parser process that ran out of its memory.
inline constexpr int kExitOutOfMemory = 3;

Status EnterJail(const Limits& limits);

}  // namespace cairn
