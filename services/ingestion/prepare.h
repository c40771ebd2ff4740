// Preparation: one document from bytes to everything its commit needs, but the
// vectors of chunks and sentences, which the pipeline fills in slices on all
// cores.
//
// Place: called by the pipeline's workers. Pure but for the parser process, the
// models behind ReadSource and the read of the older version.
// Threads: safe on different PendingDocuments.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "domain/document.h"
#include "graph/contribution.h"
#include "models/embedder.h"
#include "models/entity_extractor.h"
#include "services/ingestion/read_source.h"
#include "storage/records.h"
#include "storage/store.h"

namespace cairn {

struct PreparationTools {
  const Embedder* embedder = nullptr;
  const EntityExtractor* extractor = nullptr;
  ReadingTools reading;
  bool keep_original = true;
  const Clock* clock = &Clock::System();
};

// A document between parsing and commit.
struct PendingDocument {
  CollectionRecord collection;
  PreparedDocument prepared;
  Extraction extraction;
  std::vector<std::string> embedded_texts;  // One a chunk.
  // Chunks whose own vector or a sentence's is not known yet: it is empty.
  std::vector<std::size_t> to_embed;
};

// Checks id, title and metadata against the limits; INVALID_ARGUMENT with a
// reason such as BAD_DOCUMENT_ID.
Status CheckSource(const DocumentSource& source, const Limits& limits);

// SHA-256 over everything that makes a version.
std::string SourceSha256(const DocumentSource& source);

// Parses, chunks, extracts and analyses. Vectors of chunks and sentences whose
// embedded text stood in the older version (read from `before`) are taken from
// there.
StatusOr<std::unique_ptr<PendingDocument>> Prepare(
    const PreparationTools& tools, const CollectionRecord& collection,
    DocumentSource source, const StoreReader& before);

// Fills the empty vectors of a chunk and of its sentences. Safe on different
// chunks of one document.
Status EmbedChunk(const Embedder& embedder, std::size_t chunk,
                  PendingDocument& pending);

// Counts of the terms of one chunk.
TermCounts CountTerms(std::string_view title, const Chunk& chunk,
                      std::string_view text, std::string_view language);

// What the document gives to the graph. Borrows from `pending`.
GraphContribution ContributionOf(const PendingDocument& pending);

}  // namespace cairn
