// Crew: the loops of one computation, by the thread that owns it and, where
// asked for, one more that takes what nobody has taken yet.
//
// Place: BertPass. The second thread is never waited for to begin: one that is
// late, or gets no core, delays nothing but the single item that it holds.
// Threads: For is called by the owner only. Cost: starting the thread some 50
// us, a loop well under one.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

#include "models/bert/int8_gemm.h"

namespace cairn {

class Crew {
 public:
  static constexpr std::size_t kHands = 2;

  // One thread, or kHands of them; each holds a TileState of `kernel`.
  Crew(std::size_t threads, GemmKernel kernel);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  // body(item, hand) for every item below `count`, in any order and side by
  // side; returns when all are done. A hand, below kHands, does one at a time.
  template <class Body>
  void For(std::size_t count, const Body& body) {
    if (count < 2 || !second_.joinable()) {
      for (std::size_t item = 0; item < count; ++item) body(item, 0);
      return;
    }
    Publish(count, &CallOf<Body>, &body);
    Work(0);
    Await(count);
  }

 private:
  using Call = void (*)(const void*, std::size_t, std::size_t);

  template <class Body>
  static void CallOf(const void* body, std::size_t item, std::size_t hand) {
    (*static_cast<const Body*>(body))(item, hand);
  }
  void Publish(std::size_t count, Call call, const void* body);
  // Takes items of the loop at hand until none is left.
  void Work(std::size_t hand);
  void Await(std::size_t count) const;
  void Help(GemmKernel kernel);

  // The loop's number in the upper half, the items that nobody has taken in the
  // lower. While there are any the loop is not over, and the three below belong
  // to it: who lowers the ticket has read what is true of its item.
  alignas(64) std::atomic<std::uint64_t> ticket_ = 0;
  alignas(64) std::atomic<std::size_t> done_ = 0;
  alignas(64) std::atomic<Call> call_ = nullptr;
  std::atomic<const void*> body_ = nullptr;
  std::atomic<bool> over_ = false;
  const TileState tiles_;
  std::thread second_;
};

}  // namespace cairn
