// QueryCore: analyse > retrieve > fuse > pack, and answer > verify.
//
// Place: the RPC handlers of QueryService call it; so does everything that
// searches. It pins one sequence over the store and all followers, so that a
// query never sees half a document.
// Threads: safe.
// Errors: NOT_FOUND (collection), INVALID_ARGUMENT (empty or oversized query,
// limit), FAILED_PRECONDITION (EMBEDDER_MISMATCH), DEADLINE_EXCEEDED only when
// not even the cheapest stage fits; else stages are dropped and named.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/status.h"
#include "domain/answer.h"
#include "domain/search.h"
#include "models/embedder.h"
#include "models/entity_extractor.h"
#include "models/generator.h"
#include "models/reranker.h"
#include "services/query/retrieval_options.h"
#include "services/query/table_query.h"
#include "storage/store.h"

namespace cairn {

struct QueryDependencies {
  Store* store = nullptr;  // All of these outlive the core.
  const Embedder* embedder = nullptr;
  const EntityExtractor* extractor = nullptr;
  const Generator* generator = nullptr;
  const Reranker* reranker = nullptr;  // Null: hits keep their order.
  Limits limits;
  RetrievalOptions retrieval;
};

// What an answer stream sends before its end.
struct AnswerEvents {
  // Called once, after retrieval.
  std::function<void(const SearchResult&)> on_evidence;
  // Called for each verified sentence, in order.
  std::function<void(const AnswerSentence&)> on_sentence;
  // True: stop as soon as possible (the client is gone).
  std::function<bool()> cancelled;
};

class QueryCore {
 public:
  static std::unique_ptr<QueryCore> Make(const QueryDependencies& dependencies);
  virtual ~QueryCore() = default;

  // `at_least`: the state must include this commit (0: any).
  virtual StatusOr<SearchResult> Search(TenantId tenant,
                                        std::string_view collection,
                                        const SearchRequest& request,
                                        Sequence at_least) = 0;
  virtual StatusOr<Answer> AnswerQuestion(TenantId tenant,
                                          std::string_view collection,
                                          const AnswerRequest& request,
                                          Sequence at_least,
                                          const AnswerEvents& events) = 0;
  // Neither the query limits nor the errors of an embedder concern it; see
  // table_query.h.
  virtual StatusOr<TableComputation> RunPlan(TenantId tenant,
                                             std::string_view collection,
                                             const TableQuery& query,
                                             Sequence at_least) = 0;
};

}  // namespace cairn
