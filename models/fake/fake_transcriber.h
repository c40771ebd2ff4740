// FakeTranscriber: says what it was told to, whatever the recording.
//
// Place: stands in for speech recognition in tests. Threads: safe.
// Errors: `failure`, when it is set; DEADLINE_EXCEEDED after the deadline.
#pragma once

#include <string>
#include <utility>

#include "base/status.h"
#include "models/transcriber.h"

namespace cairn {

class FakeTranscriber final : public Transcriber {
 public:
  explicit FakeTranscriber(Transcript transcript, Status failure = OkStatus())
      : transcript_(std::move(transcript)), failure_(std::move(failure)) {}

  const std::string& id() const override { return id_; }
  StatusOr<Transcript> Transcribe(const Recording&,
                                  const Deadline& deadline) const override {
    CAIRN_RETURN_IF_ERROR(failure_);
    if (deadline.expired()) return DeadlineExceededError("no time was left");
    return transcript_;
  }

 private:
  const Transcript transcript_;
  const Status failure_;
  const std::string id_ = "fake-transcriber";
};

}  // namespace cairn
