// Progress: one line on stderr that is written anew, only on a terminal.
// Threads: safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>

#include "base/clock.h"

namespace cairn::cli {

class Progress {
 public:
  // `total` 0: not known.
  explicit Progress(std::size_t total);
  ~Progress();  // Clears the line.
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // A document came to its end.
  void Add(bool failed, std::uint64_t tokens);

 private:
  void Draw();  // Holds mutex_.

  const bool visible_;
  const std::size_t total_;
  const Stopwatch watch_;
  std::mutex mutex_;
  // Guarded by mutex_.
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  std::uint64_t tokens_ = 0;
  double drawn_ms_ = 0;
};

}  // namespace cairn::cli
