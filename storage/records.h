// Records: the stored form of collections, documents, chunks, vectors, terms
// and changes, and the typed reads and writes over Store's families.
//
// Place: ingestion writes documents with PutDocument / RemoveDocument inside a
// commit; queries and followers read with the Load functions. Entities, names
// and mentions are written by graph/ over the same Transaction.
// Sums: the statistics of a collection are sums of per-document contributions;
// what is zero is absent, so that deletion leaves no trace.
// Errors: NOT_FOUND with the id; DATA_LOSS for a record that does not decode.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/chunk.h"
#include "domain/document.h"
#include "domain/ids.h"
#include "domain/sentence.h"
#include "storage/store.h"

namespace cairn {

// ---- Keys ------------------------------------------------------------------
std::string CollectionPrefix(const CollectionKey& collection);  // 8 bytes.
std::string DocumentPrefix(const CollectionKey& collection,
                           DocumentKey document);  // 16 bytes.
std::string ChunkKey(const CollectionKey& collection, const ChunkId& chunk);
DocumentKey DocumentKeyOf(std::string_view document_id);

// ---- Collections -----------------------------------------------------------
struct CollectionRecord {
  CollectionKey key;
  std::string name;  // [a-z0-9][a-z0-9_-]*, at most 64 bytes.
  std::string description;
  std::string embedder;  // Embedder::model_id() of its vectors.
  std::uint32_t dimension = 0;
  std::string extractor;          // EntityExtractor::id().
  bool sentence_vectors = false;  // Documents come with them.
  std::int64_t create_time_micros = 0;
  friend bool operator==(const CollectionRecord&,
                         const CollectionRecord&) = default;
};
struct CollectionStats {
  std::int64_t documents = 0, chunks = 0, tokens = 0, text_bytes = 0;
  std::int64_t tables = 0, pages = 0;
  friend bool operator==(const CollectionStats&,
                         const CollectionStats&) = default;
};

// Commits. ALREADY_EXISTS when the name is taken.
StatusOr<CollectionRecord> CreateCollection(Store& store, TenantId tenant,
                                            CollectionRecord wanted);
// Commits; removes every key of the collection in every family, then its
// derived files.
Status DeleteCollection(Store& store, const CollectionRecord& collection);
StatusOr<CollectionRecord> FindCollection(const StoreReader& reader,
                                          TenantId tenant,
                                          std::string_view name);
StatusOr<std::vector<CollectionRecord>> ListCollections(
    const StoreReader& reader, TenantId tenant);
// Of all tenants, for followers and verification.
StatusOr<std::vector<CollectionRecord>> ListAllCollections(
    const StoreReader& reader);
StatusOr<CollectionStats> LoadCollectionStats(const StoreReader& reader,
                                              const CollectionKey& collection);

// ---- Documents -------------------------------------------------------------
// Counts of one chunk's terms, per field; what BM25 needs.
struct TermCounts {
  // Term -> occurrences in the context header's title, in the rest of the
  // context header, in the text.
  struct Fields {
    std::uint32_t title = 0, header = 0, body = 0;
    friend bool operator==(const Fields&, const Fields&) = default;
  };
  std::map<std::string, Fields, std::less<>> terms;
  friend bool operator==(const TermCounts&, const TermCounts&) = default;
};

// A document ready to be committed. vectors[i], terms[i] and, in a collection
// with sentence vectors, sentences[i] belong to chunks[i]; vectors are stored
// as IEEE half floats. Sentences are in order inside their chunk's span.
struct PreparedDocument {
  Document document;
  ParsedDocument parsed;       // Text, blocks, tables.
  std::string original_bytes;  // Kept when not empty.
  std::vector<Chunk> chunks;
  std::vector<std::vector<float>> vectors;
  std::vector<TermCounts> terms;
  std::vector<std::vector<SentenceVector>> sentences;
};

// Writes the document and takes the place of its older version, whose records
// go in the same commit; appends the change; keeps create_time. The caller has
// removed the older version's graph contributions.
Status PutDocument(Transaction& transaction, const CollectionRecord& collection,
                   const PreparedDocument& prepared);
// NOT_FOUND when there is none.
Status RemoveDocument(Transaction& transaction,
                      const CollectionRecord& collection,
                      std::string_view document_id);

StatusOr<Document> LoadDocument(const StoreReader& reader,
                                const CollectionKey& collection,
                                std::string_view document_id);
StatusOr<Document> LoadDocument(const StoreReader& reader,
                                const CollectionKey& collection,
                                DocumentKey document);
// By document key order, from after `after` (exclusive; nullopt: the start).
StatusOr<std::vector<Document>> ListDocuments(const StoreReader& reader,
                                              const CollectionKey& collection,
                                              std::optional<DocumentKey> after,
                                              std::size_t limit);
// The canonical text alone.
StatusOr<std::string> LoadText(const StoreReader& reader,
                               const CollectionKey& collection,
                               DocumentKey document);
// Text, blocks and tables as parsed.
StatusOr<ParsedDocument> LoadParsed(const StoreReader& reader,
                                    const CollectionKey& collection,
                                    DocumentKey document);
StatusOr<std::string> LoadOriginal(const StoreReader& reader,
                                   const CollectionKey& collection,
                                   DocumentKey document);
StatusOr<Chunk> LoadChunk(const StoreReader& reader,
                          const CollectionKey& collection,
                          const ChunkId& chunk);
StatusOr<std::vector<Chunk>> LoadChunks(const StoreReader& reader,
                                        const CollectionKey& collection,
                                        DocumentKey document);

// ---- What followers read ---------------------------------------------------
StatusOr<std::vector<float>> LoadVector(const StoreReader& reader,
                                        const CollectionKey& collection,
                                        const ChunkId& chunk);
Status ScanVectors(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,  // nullopt: all.
    const std::function<void(const ChunkId&, std::span<const float>)>& visit);
Status ScanSentences(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,
    const std::function<void(const ChunkId&, std::span<const SentenceVector>)>&
        visit);
Status ScanTerms(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,
    const std::function<void(const ChunkId&, const TermCounts&)>& visit);

// ---- Jobs ------------------------------------------------------------------
struct JobRecord {
  std::string id;
  TenantId tenant;
  std::string collection;
  std::string state;  // "running", "done", "failed", "interrupted".
  std::uint64_t documents_done = 0, documents_failed = 0, documents_total = 0;
  std::string error;
  std::int64_t create_time_micros = 0, update_time_micros = 0;
};
Status PutJob(Store& store, const JobRecord& job);  // Commits.
StatusOr<JobRecord> LoadJob(const StoreReader& reader, TenantId tenant,
                            std::string_view id);
StatusOr<std::vector<JobRecord>> ListJobs(const StoreReader& reader,
                                          TenantId tenant);

// ---- Changes ---------------------------------------------------------------
// At most one change a commit: its sequence is the key.
void AppendChange(Transaction& transaction, const Change& change);
// Changes with sequence > after, in order, all collections.
StatusOr<std::vector<Change>> ListChanges(const StoreReader& reader,
                                          Sequence after);

// ---- Verification ----------------------------------------------------------
struct VerifyReport {
  std::uint64_t documents = 0, chunks = 0, vectors = 0, sentences = 0;
  std::vector<std::string> problems;  // For people; empty: all sound.
};
// Recomputes every claim of the document families: hashes of texts, spans,
// counts, statistics, that vectors, sentences and terms exist for exactly the
// chunks.
StatusOr<VerifyReport> VerifyCollection(const StoreReader& reader,
                                        const CollectionRecord& collection);

}  // namespace cairn
