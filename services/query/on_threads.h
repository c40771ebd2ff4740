// OnThreads: the parts of one query that do not wait for each other.
//
// Place: inside services/query. Threads: the caller's and, for as long as the
// call lasts, so many others that there are `threads`; work(i) of different i
// may run side by side.
// Errors: the first by number; the others have run all the same.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include "base/status.h"

namespace cairn {

// One of several equal parts of `count` things in a row.
struct Share {
  std::size_t first = 0, count = 0;
};
inline Share ShareOf(std::size_t count, std::size_t share, std::size_t shares) {
  const std::size_t first = count * share / shares;
  return {first, count * (share + 1) / shares - first};
}

// Does work(0) to work(count - 1).
template <class Work>
Status OnThreads(std::size_t threads, std::size_t count, const Work& work) {
  std::vector<Status> statuses(count);
  std::atomic<std::size_t> next = 0;
  const auto loop = [&] {
    for (std::size_t i = next++; i < count; i = next++) statuses[i] = work(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) {
    others.emplace_back(loop);
  }
  loop();
  for (std::thread& other : others) other.join();
  for (const Status& status : statuses) CAIRN_RETURN_IF_ERROR(status);
  return OkStatus();
}

}  // namespace cairn
