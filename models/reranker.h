// Reranker: how well each passage answers a question, read together with it.
//
// Place: the query service gives its best passages to one, when the
// configuration names one, and orders them anew (services/query/rerank.h).
// Implementations: onnx/OnnxCrossEncoder (a network of the user's),
// remote/RemoteReranker (a server of the user's), fake/FakeReranker (tests).
// Time: passages are judged in their order until the deadline is near; the
// rest is left out, which is no error. Work that was begun is finished, so the
// deadline may be passed by one batch of passages.
// Threads: safe; one call may use more than one thread.
// Promise: a passage's score depends on the query and its own text alone.
// Errors: those of the implementation. A caller goes on without.
// Limits: a query and a passage that are too long for the model are cut.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/status.h"

namespace cairn {

class Reranker {
 public:
  virtual ~Reranker() = default;
  // Identity of the scores, "small-cross-encoder@1f0c33a2".
  virtual const std::string& id() const = 0;
  // A score for each of the first passages, in their order, 0 (beside the
  // point) to 1 (the answer); as many as the deadline allowed, maybe none.
  // Scores of different rerankers cannot be compared.
  virtual StatusOr<std::vector<double>> Score(
      std::string_view query, std::span<const std::string> passages,
      const Deadline& deadline) const = 0;
};

}  // namespace cairn
