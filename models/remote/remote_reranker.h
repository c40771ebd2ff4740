// RemoteReranker: a reranker behind HTTP.
//
// Place: the Reranker that `--reranker URL` names; README.md shows the forms.
// Time: passages are sent 32 at a time, in their order; what the deadline cuts
// off is left out. An attempt of one request takes 10 s at most.
// Threads: safe.
// Errors: those of HttpClient; FAILED_PRECONDITION (BAD_REPLY) for a reply that
// is no list of scores, one for each passage; (SCORES_OUT_OF_RANGE) for
// probabilities outside 0..1.
// Limits: a query is cut at 16 KiB, a passage at 32 KiB; bytes that are no
// UTF-8 are replaced.
#pragma once

#include <memory>

#include "base/status.h"
#include "models/remote/http_client.h"
#include "models/reranker.h"

namespace cairn {

// How the server wants its request.
enum class RerankForm {
  kDocuments,  // Cohere, Jina, vLLM, llama.cpp.
  kTexts,      // Text Embeddings Inference.
};

struct RemoteRerankerOptions {
  HttpClientOptions http;
  std::string model;  // Empty: the server has just one.
  RerankForm form = RerankForm::kDocuments;
  bool logits = false;  // The server's scores are no probabilities.
};

StatusOr<std::unique_ptr<Reranker>> MakeRemoteReranker(
    const RemoteRerankerOptions& options);

}  // namespace cairn
