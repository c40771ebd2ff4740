#include "models/bert/crew.h"

namespace cairn {
namespace {

constexpr std::uint64_t kLoop = std::uint64_t{1} << 32;

// Waits a moment, later on so that others may have the core.
class Patience {
 public:
  void Wait() {
    constexpr int kSpins = 1000;
    if (++waits_ > kSpins) return std::this_thread::yield();
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }

 private:
  int waits_ = 0;
};

}  // namespace

Crew::Crew(std::size_t threads, GemmKernel kernel) : tiles_(kernel) {
  if (threads > 1) second_ = std::thread([this, kernel] { Help(kernel); });
}

Crew::~Crew() {
  over_.store(true, std::memory_order_relaxed);
  if (second_.joinable()) second_.join();
}

void Crew::Publish(std::size_t count, Call call, const void* body) {
  call_.store(call, std::memory_order_relaxed);
  body_.store(body, std::memory_order_relaxed);
  done_.store(0, std::memory_order_relaxed);
  const std::uint64_t old = ticket_.load(std::memory_order_relaxed);
  ticket_.store((old / kLoop + 1) * kLoop + count, std::memory_order_release);
}

void Crew::Work(std::size_t hand) {
  std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
  while (ticket % kLoop > 0) {
    const Call call = call_.load(std::memory_order_relaxed);
    const void* body = body_.load(std::memory_order_relaxed);
    if (!ticket_.compare_exchange_weak(ticket, ticket - 1,
                                       std::memory_order_acq_rel,
                                       std::memory_order_acquire)) {
      continue;
    }
    call(body, ticket % kLoop - 1, hand);
    done_.fetch_add(1, std::memory_order_release);
    ticket = ticket_.load(std::memory_order_acquire);
  }
}

void Crew::Await(std::size_t count) const {
  Patience patience;
  while (done_.load(std::memory_order_acquire) < count) patience.Wait();
}

void Crew::Help(GemmKernel kernel) {
  const TileState tiles(kernel);
  std::uint64_t seen = 0;
  Patience patience;
  while (!over_.load(std::memory_order_relaxed)) {
    const std::uint64_t ticket = ticket_.load(std::memory_order_acquire);
    if (ticket == seen) {
      patience.Wait();
      continue;
    }
    Work(1);
    seen = ticket_.load(std::memory_order_relaxed);
    patience = {};
  }
}

}  // namespace cairn
