// FakeReranker: the share of the question's words that a passage says.
//
// Place: stands in for a cross-encoder where a test wants no model.
// Threads: safe; pure but for the options, which are set before use.
// Errors: `failure`, when it is set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/reranker.h"

namespace cairn {

struct FakeRerankerOptions {
  // As if the time were up after so many passages.
  std::size_t judged_max = SIZE_MAX;
  Status failure;  // Not OK: what every call answers.
};

class FakeReranker final : public Reranker {
 public:
  explicit FakeReranker(FakeRerankerOptions options = {});

  const std::string& id() const override { return id_; }
  // A question without words fits nothing: 0.
  StatusOr<std::vector<double>> Score(std::string_view query,
                                      std::span<const std::string> passages,
                                      const Deadline& deadline) const override;

 private:
  const FakeRerankerOptions options_;
  const std::string id_ = "fake-overlap";
};

}  // namespace cairn
