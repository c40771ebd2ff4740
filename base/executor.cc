#include "base/executor.h"

#include <utility>

namespace cairn {

Executor::Executor(const ExecutorOptions& options)
    : queued_max_(options.queued_max) {
  const std::size_t count = options.threads == 0 ? 1 : options.threads;
  threads_.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    threads_.emplace_back([this] { Run(); });
  }
}

Executor::~Executor() { Shutdown(); }

Status Executor::Submit(std::function<void()> task) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) {
      return UnavailableError("the server is shutting down", "SHUTTING_DOWN");
    }
    if (queue_.size() >= queued_max_) {
      return ResourceExhaustedError(
          "the server is busy: its work queue is full; try again later",
          "QUEUE_FULL");
    }
    queue_.push_back(std::move(task));
  }
  ready_.notify_one();
  return OkStatus();
}

void Executor::Shutdown() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  ready_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

std::size_t Executor::queued() const {
  const std::lock_guard lock(mutex_);
  return queue_.size();
}

void Executor::Run() {
  for (;;) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace cairn
