// Executor: a fixed number of threads behind a bounded queue.
//
// Place: RPC handlers hand their work to one, so that gRPC's own threads are
// never blocked; the ingestion pipeline encodes on one.
// Life cycle: Shutdown (or the destructor) runs what is queued, then joins.
// Threads: all methods are safe from any thread but the executor's own
// (Shutdown from a task would wait for itself).
// Errors: Submit answers RESOURCE_EXHAUSTED when the queue is full and
// UNAVAILABLE after Shutdown. Tasks must not throw.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "base/status.h"

namespace cairn {

struct ExecutorOptions {
  std::size_t threads = 2;
  std::size_t queued_max = 1024;  // Tasks that wait, without those that run.
};

class Executor {
 public:
  explicit Executor(const ExecutorOptions& options);
  ~Executor();
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  Status Submit(std::function<void()> task);
  // Refuses new tasks, runs the queued ones, joins. Idempotent.
  void Shutdown();
  std::size_t queued() const;

 private:
  void Run();

  const std::size_t queued_max_;
  mutable std::mutex mutex_;
  std::condition_variable ready_;
  std::deque<std::function<void()>> queue_;  // Guarded by mutex_.
  bool stopping_ = false;                    // Guarded by mutex_.
  std::vector<std::thread> threads_;
};

}  // namespace cairn
