#include "models/onnx/batch_walk.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace cairn {
namespace {

class BatchWalk {
 public:
  BatchWalk(std::size_t count, const std::function<bool()>& may_begin)
      : count_(count), may_begin_(may_begin) {}

  std::optional<std::size_t> Begin() {
    const std::lock_guard lock(mutex_);
    if (stopped_ || begun_ == count_) return std::nullopt;
    if (!may_begin_()) {
      stopped_ = true;
      return std::nullopt;
    }
    return begun_++;
  }
  void Fail(std::size_t batch, const Status& status) {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    if (failure_.ok() || batch < failed_) {
      failure_ = status;
      failed_ = batch;
    }
  }
  // After all threads are done.
  StatusOr<std::size_t> Result() const {
    if (!failure_.ok()) return failure_;
    return begun_;
  }

 private:
  const std::size_t count_;
  const std::function<bool()>& may_begin_;
  std::mutex mutex_;
  // Guarded by mutex_ while threads run.
  std::size_t begun_ = 0;
  bool stopped_ = false;
  std::size_t failed_ = 0;
  Status failure_;
};

}  // namespace

StatusOr<std::size_t> WalkBatches(
    std::size_t count, std::size_t threads,
    const std::function<bool()>& may_begin,
    const std::function<Status(std::size_t)>& work) {
  BatchWalk walk(count, may_begin);
  const auto run = [&] {
    while (const auto batch = walk.Begin()) {
      const Status status = work(*batch);
      if (!status.ok()) walk.Fail(*batch, status);
    }
  };
  std::vector<std::thread> helpers;
  for (std::size_t i = 1; i < std::min(threads, count); ++i) {
    helpers.emplace_back(run);
  }
  run();
  for (std::thread& helper : helpers) helper.join();
  return walk.Result();
}

}  // namespace cairn
