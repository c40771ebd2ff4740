// Clock and Deadline: the only sources of time.
//
// Place: everything that stamps a record or obeys a deadline takes one of
// these, so that tests run on a clock of their own.
// Threads: safe.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace cairn {

class Clock {
 public:
  virtual ~Clock() = default;
  // Microseconds since the Unix epoch, UTC.
  virtual std::int64_t NowMicros() const = 0;

  // The machine's clock; lives for ever.
  static const Clock& System();
};

// Stands still until told otherwise.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(std::int64_t now_micros = 0) : now_micros_(now_micros) {}
  std::int64_t NowMicros() const override { return now_micros_; }
  void Advance(std::int64_t micros) { now_micros_ += micros; }

 private:
  std::atomic<std::int64_t> now_micros_;
};

// A point in monotonic time after which work is not wanted any more.
class Deadline {
 public:
  using Monotonic = std::chrono::steady_clock;

  static Deadline Infinite() { return Deadline(Monotonic::time_point::max()); }
  static Deadline After(std::chrono::nanoseconds duration) {
    return Deadline(Monotonic::now() + duration);
  }
  static Deadline At(Monotonic::time_point when) { return Deadline(when); }

  bool expired() const { return !infinite() && Monotonic::now() >= when_; }
  bool infinite() const { return when_ == Monotonic::time_point::max(); }
  // Never negative; max() when infinite.
  std::chrono::nanoseconds remaining() const {
    if (infinite()) return std::chrono::nanoseconds::max();
    const auto left = when_ - Monotonic::now();
    return left.count() > 0 ? std::chrono::nanoseconds(left)
                            : std::chrono::nanoseconds(0);
  }

 private:
  explicit Deadline(Monotonic::time_point when) : when_(when) {}
  Monotonic::time_point when_;
};

// Milliseconds since construction.
class Stopwatch {
 public:
  Stopwatch() : start_(Deadline::Monotonic::now()) {}
  double ElapsedMs() const {
    return std::chrono::duration<double, std::milli>(
               Deadline::Monotonic::now() - start_)
        .count();
  }

 private:
  Deadline::Monotonic::time_point start_;
};

}  // namespace cairn
