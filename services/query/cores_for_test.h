// CoresForTest: a data folder of its own with both cores on it, for tests and
// benchmarks that ask what they have taken in.
#pragma once

#include <memory>

#include "models/embedder.h"
#include "models/entity_extractor.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/ingestion_core.h"
#include "services/query/query_service.h"
#include "storage/store_for_test.h"

namespace cairn {

class CoresForTest {
 public:
  // `embedder` must outlive it.
  explicit CoresForTest(const Embedder& embedder)
      : store_(OpenForTest(folder_.path(), clock_)),
        extractor_(MakeRuleExtractor()),
        ingestion_(IngestionCore::Make({.store = store_.get(),
                                        .embedder = &embedder,
                                        .extractor = extractor_.get()})),
        query_(QueryCore::Make({.store = store_.get(),
                                .embedder = &embedder,
                                .extractor = extractor_.get(),
                                .generator = nullptr})) {}

  IngestionCore& ingestion() { return *ingestion_; }
  QueryCore& query() const { return *query_; }

 private:
  TemporaryFolder folder_;
  FakeClock clock_{1000};
  const std::unique_ptr<Store> store_;
  const std::unique_ptr<EntityExtractor> extractor_;
  const std::unique_ptr<IngestionCore> ingestion_;
  const std::unique_ptr<QueryCore> query_;
};

}  // namespace cairn
