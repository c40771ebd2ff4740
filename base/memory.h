// Memory: what is free goes back to the system.
//
// Place: the server, whose resident memory people watch. The C library keeps
// freed memory for later: in one arena for several threads each, and in holes
// between what is still used.
// Threads: safe. Without glibc nothing happens.
#pragma once

namespace cairn {

// At the start of a long-lived process, before its threads.
void KeepLittleFreeMemory();

// After much was freed at once. Takes milliseconds, in which other threads may
// wait to allocate.
void ReturnFreeMemory();

}  // namespace cairn
