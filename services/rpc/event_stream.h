// EventStream: a server stream whose messages a worker pushes.
//
// Place: handlers of server-streaming RPCs. gRPC allows one write at a time;
// this queues the others.
// Life cycle: made with new, deletes itself after End when gRPC is done.
// Threads: Push and End from one worker; gRPC's reactions from its own.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <utility>

#include "base/status.h"
#include "services/convert/status.h"

namespace cairn {

template <typename Message>
class EventStream final : public grpc::ServerWriteReactor<Message> {
 public:
  void Push(Message message) {
    const Message* first = nullptr;
    bool start = false;
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(message));
      start = queue_.size() == 1 && !broken_;
      first = &queue_.front();
    }
    // Outside the lock: gRPC may react at once. The front stays where it is.
    if (start) this->StartWrite(first);
  }
  // Finishes once everything is written. The stream may be gone on return.
  void End(const Status& status) {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
      status_ = status;
      if (!queue_.empty() && !broken_) return;
    }
    this->Finish(ToGrpc(status));
  }
  bool cancelled() const { return cancelled_; }

 private:
  void OnWriteDone(bool ok) override {
    const Message* next = nullptr;
    {
      const std::lock_guard lock(mutex_);
      queue_.pop_front();
      if (!ok) broken_ = cancelled_ = true;
      if (!queue_.empty() && !broken_) {
        next = &queue_.front();
      } else if (!ended_) {
        return;
      }
    }
    if (next != nullptr) {
      this->StartWrite(next);
    } else {
      this->Finish(ToGrpc(status_));
    }
  }
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  std::atomic<bool> cancelled_ = false;
  std::mutex mutex_;
  // Guarded by mutex_, as all below; the front is being written.
  std::deque<Message> queue_;
  bool ended_ = false;
  bool broken_ = false;
  Status status_;
};

}  // namespace cairn
