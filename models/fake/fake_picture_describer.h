// FakePictureDescriber: says what it was told to, whatever the picture.
//
// Place: stands in for a model that sees in tests. Threads: safe.
// Errors: `failure`, when it is set; DEADLINE_EXCEEDED after the deadline.
#pragma once

#include <atomic>
#include <string>
#include <utility>

#include "base/status.h"
#include "models/picture_describer.h"

namespace cairn {

class FakePictureDescriber final : public PictureDescriber {
 public:
  explicit FakePictureDescriber(std::string text, Status failure = OkStatus())
      : text_(std::move(text)), failure_(std::move(failure)) {}

  const std::string& id() const override { return id_; }
  const std::string& name() const override { return name_; }
  StatusOr<std::string> Describe(const PictureToDescribe&,
                                 const Deadline& deadline) const override {
    ++calls_;
    CAIRN_RETURN_IF_ERROR(failure_);
    if (deadline.expired()) return DeadlineExceededError("no time was left");
    return text_;
  }
  int calls() const { return calls_; }

 private:
  const std::string text_;
  const Status failure_;
  const std::string id_ = "fake-describer at nowhere";
  const std::string name_ = "fake-describer";
  mutable std::atomic<int> calls_ = 0;
};

}  // namespace cairn
