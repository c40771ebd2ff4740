// WalkBatches: pieces of work begun in order on a few threads, until a limit.
// Pure of clocks: who may begin is the caller's to say, so that tests decide.
#pragma once

#include <cstddef>
#include <functional>

#include "base/status.h"

namespace cairn {

// Runs work(0), work(1), ... below `count`, on at most `threads` threads, the
// caller's among them. Before each one `may_begin` is asked (one call at a
// time, in order); after the first false nothing more begins. What was begun
// is finished, so the batches that ran are 0 to the returned number - 1.
// Errors: the one of the lowest batch that failed; then nothing more begins.
// `work` runs on several threads at once and must not throw.
StatusOr<std::size_t> WalkBatches(
    std::size_t count, std::size_t threads,
    const std::function<bool()>& may_begin,
    const std::function<Status(std::size_t)>& work);

}  // namespace cairn
