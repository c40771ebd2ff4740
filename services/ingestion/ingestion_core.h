// IngestionCore: parse > chunk > embed and extract > commit.
//
// Place: the RPC handlers of DocumentService and CollectionService call it.
// Threads: safe. Parallel calls share the workers; commits are grouped.
// Promise: a document is there wholly or not at all; an OK result is durable.
// The same bytes, title and metadata again are a no-op; changed ones take the
// place of the old version in one commit.
// Errors: those of the parser, the chunker and the store, annotated with the
// document id; NOT_FOUND (collection); FAILED_PRECONDITION
// (EMBEDDER_MISMATCH, ETAG_MISMATCH is ABORTED).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/document.h"
#include "models/embedder.h"
#include "models/entity_extractor.h"
#include "services/ingestion/read_source.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

struct IngestionDependencies {
  Store* store = nullptr;  // All of these outlive the core.
  const Embedder* embedder = nullptr;
  const EntityExtractor* extractor = nullptr;
  ReadingTools reading;       // Its limits are those of all that is ingested.
  std::size_t workers = 2;    // Threads that parse and embed.
  bool keep_original = true;  // Store the original bytes too.
};

enum class IngestOutcome { kCreated, kUpdated, kUnchanged };

struct IngestResult {
  IngestOutcome outcome = IngestOutcome::kCreated;
  Document document;
  Sequence sequence;  // Read-your-writes token.
  std::uint64_t tokens_embedded = 0;
  double ms = 0;
  std::vector<std::string> warnings;  // Of the parser, for people.
};

struct CollectionSettings {
  std::string name;
  std::string description;
  // A vector for every sentence: better answers to questions that need several
  // passages, for more than twice the work of the encoder.
  bool sentence_vectors = false;
};

class IngestionCore {
 public:
  static std::unique_ptr<IngestionCore> Make(
      const IngestionDependencies& dependencies);
  virtual ~IngestionCore() = default;

  // Blocks until durable.
  virtual StatusOr<IngestResult> Ingest(TenantId tenant,
                                        std::string_view collection,
                                        DocumentSource source) = 0;
  using Done = std::function<void(StatusOr<IngestResult>)>;
  // Queues it; blocks while the queue is full. `done` is called from a worker.
  virtual void IngestAsync(TenantId tenant, std::string_view collection,
                           DocumentSource source, Done done) = 0;

  // `etag` empty: unconditional; else ABORTED when the version is another.
  virtual StatusOr<Sequence> Delete(TenantId tenant,
                                    std::string_view collection,
                                    std::string_view document_id,
                                    std::string_view etag) = 0;

  virtual StatusOr<CollectionRecord> CreateCollection(
      TenantId tenant, const CollectionSettings& settings) = 0;
  virtual Status DeleteCollection(TenantId tenant, std::string_view name) = 0;
};

}  // namespace cairn
