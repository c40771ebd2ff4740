#include <algorithm>

#include "base/coding.h"
#include "storage/document_codec.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace cairn {
namespace {

Status DocumentNotFound(std::string_view id) {
  return NotFoundError(
      "document " + std::string(id) + " does not exist in this collection",
      "DOCUMENT_NOT_FOUND");
}

// Adds (sign 1) or takes away (sign -1) what a document counts for.
void Count(CollectionStats& stats, const Document& document, int sign) {
  stats.documents += sign;
  stats.chunks += sign * static_cast<std::int64_t>(document.chunks);
  stats.tokens += sign * static_cast<std::int64_t>(document.tokens);
  stats.text_bytes += sign * static_cast<std::int64_t>(document.text_bytes);
  stats.tables += sign * static_cast<std::int64_t>(document.tables);
  stats.pages += sign * static_cast<std::int64_t>(document.pages);
}

Status WriteStats(Transaction& transaction, const CollectionKey& collection,
                  const Document* removed, const Document* added) {
  CAIRN_ASSIGN_OR_RETURN(CollectionStats stats,
                         LoadCollectionStats(transaction.before(), collection));
  if (removed != nullptr) Count(stats, *removed, -1);
  if (added != nullptr) Count(stats, *added, 1);
  const std::string key = MetaKey(collection, MetaKind::kStats);
  if (stats == CollectionStats{}) {
    transaction.Delete(Family::kMeta, key);
  } else {
    transaction.Put(Family::kMeta, key, EncodeStats(stats));
  }
  return OkStatus();
}

// Deletes the per-chunk records from ordinal `first` on.
void DeleteChunks(Transaction& transaction, const CollectionKey& collection,
                  DocumentKey document, std::uint32_t first,
                  std::uint32_t count) {
  for (std::uint32_t i = first; i < count; ++i) {
    const std::string key = ChunkKey(collection, {document, i});
    transaction.Delete(Family::kChunks, key);
    transaction.Delete(Family::kTerms, key);
    transaction.Delete(Family::kVectors, VectorKey(collection, {document, i}));
    transaction.Delete(Family::kSentences, key);
  }
}

// The stored document with this key: nullopt when there is none.
StatusOr<std::optional<Document>> FindDocument(const StoreReader& reader,
                                               const CollectionKey& collection,
                                               DocumentKey key) {
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kDocuments, DocumentPrefix(collection, key)));
  if (!stored) return std::optional<Document>();
  CAIRN_ASSIGN_OR_RETURN(Document document, DecodeDocument(*stored));
  return std::optional<Document>(std::move(document));
}

std::string EncodeVersion(const Document& document) {
  std::string out;
  AppendString(out, document.source_sha256);
  AppendString(out, document.text_sha256);
  AppendVarint(out, document.source_bytes);
  AppendVarint(out, document.text_bytes);
  AppendSignedVarint(out, document.update_time_micros);
  return out;
}

void WriteBody(Transaction& transaction, const CollectionKey& collection,
               DocumentKey key, const PreparedDocument& prepared) {
  transaction.Put(Family::kText, TextKey(collection, key, TextPart::kText),
                  prepared.parsed.text);
  transaction.Put(Family::kText, TextKey(collection, key, TextPart::kStructure),
                  EncodeStructure(prepared.parsed));
  const std::string original = TextKey(collection, key, TextPart::kOriginal);
  if (prepared.original_bytes.empty()) {
    transaction.Delete(Family::kText, original);
  } else {
    transaction.Put(Family::kText, original, prepared.original_bytes);
  }
  for (std::uint32_t i = 0; i < prepared.chunks.size(); ++i) {
    const ChunkId chunk{key, i};
    const std::string chunk_key = ChunkKey(collection, chunk);
    transaction.Put(Family::kChunks, chunk_key,
                    EncodeChunk(prepared.chunks[i]));
    transaction.Put(Family::kTerms, chunk_key, EncodeTerms(prepared.terms[i]));
    transaction.Put(Family::kVectors, VectorKey(collection, chunk),
                    EncodeVector(prepared.vectors[i]));
    if (prepared.sentences.empty()) continue;
    transaction.Put(Family::kSentences, chunk_key,
                    EncodeSentences(prepared.sentences[i]));
  }
}

Status CheckPrepared(const CollectionRecord& collection,
                     const PreparedDocument& prepared) {
  if (prepared.vectors.size() != prepared.chunks.size() ||
      prepared.terms.size() != prepared.chunks.size() ||
      prepared.document.chunks != prepared.chunks.size()) {
    return InternalError("a prepared document lacks vectors or terms");
  }
  if (prepared.sentences.size() !=
      (collection.sentence_vectors ? prepared.chunks.size() : 0)) {
    return InternalError(
        "a prepared document's sentences are not what its collection keeps");
  }
  for (std::size_t i = 0; i < prepared.chunks.size(); ++i) {
    if (prepared.vectors[i].size() != collection.dimension ||
        prepared.chunks[i].ordinal != i) {
      return InternalError("chunk " + std::to_string(i) +
                           " has a wrong ordinal or vector dimension");
    }
  }
  for (std::size_t i = 0; i < prepared.sentences.size(); ++i) {
    const std::string breach = FindBreach(
        prepared.sentences[i], prepared.chunks[i].span, collection.dimension);
    if (!breach.empty()) {
      return InternalError("chunk " + std::to_string(i) + ": " + breach);
    }
  }
  return OkStatus();
}

}  // namespace

Status PutDocument(Transaction& transaction, const CollectionRecord& collection,
                   const PreparedDocument& prepared) {
  CAIRN_RETURN_IF_ERROR(CheckPrepared(collection, prepared));
  Document document = prepared.document;
  const DocumentKey key = DocumentKeyOf(document.id);
  CAIRN_ASSIGN_OR_RETURN(const auto older, FindDocument(transaction.before(),
                                                        collection.key, key));
  if (older) {
    if (older->id != document.id) {
      return AlreadyExistsError("the ids " + older->id + " and " + document.id +
                                    " have the same fingerprint; rename one",
                                "ID_COLLISION");
    }
    document.create_time_micros = older->create_time_micros;
    transaction.Delete(Family::kVersions,
                       VersionKey(collection.key, key, older->version));
    DeleteChunks(transaction, collection.key, key, document.chunks,
                 older->chunks);
  }
  transaction.Put(Family::kDocuments, DocumentPrefix(collection.key, key),
                  EncodeDocument(document));
  transaction.Put(Family::kVersions,
                  VersionKey(collection.key, key, document.version),
                  EncodeVersion(document));
  WriteBody(transaction, collection.key, key, prepared);
  CAIRN_RETURN_IF_ERROR(WriteStats(transaction, collection.key,
                                   older ? &*older : nullptr, &document));
  AppendChange(transaction, {.sequence = transaction.sequence(),
                             .kind = ChangeKind::kDocumentPut,
                             .collection = collection.key,
                             .document = key,
                             .chunks_removed = older ? older->chunks : 0,
                             .chunks_added = document.chunks});
  return OkStatus();
}

Status RemoveDocument(Transaction& transaction,
                      const CollectionRecord& collection,
                      std::string_view document_id) {
  const DocumentKey key = DocumentKeyOf(document_id);
  CAIRN_ASSIGN_OR_RETURN(
      const auto document,
      FindDocument(transaction.before(), collection.key, key));
  if (!document || document->id != document_id) {
    return DocumentNotFound(document_id);
  }
  transaction.Delete(Family::kDocuments, DocumentPrefix(collection.key, key));
  transaction.Delete(Family::kVersions,
                     VersionKey(collection.key, key, document->version));
  for (const TextPart part :
       {TextPart::kText, TextPart::kStructure, TextPart::kOriginal}) {
    transaction.Delete(Family::kText, TextKey(collection.key, key, part));
  }
  DeleteChunks(transaction, collection.key, key, 0, document->chunks);
  CAIRN_RETURN_IF_ERROR(
      WriteStats(transaction, collection.key, &*document, nullptr));
  AppendChange(transaction, {.sequence = transaction.sequence(),
                             .kind = ChangeKind::kDocumentDeleted,
                             .collection = collection.key,
                             .document = key,
                             .chunks_removed = document->chunks});
  return OkStatus();
}

StatusOr<Document> LoadDocument(const StoreReader& reader,
                                const CollectionKey& collection,
                                std::string_view document_id) {
  CAIRN_ASSIGN_OR_RETURN(
      auto document,
      FindDocument(reader, collection, DocumentKeyOf(document_id)));
  if (!document || document->id != document_id) {
    return DocumentNotFound(document_id);
  }
  return std::move(*document);
}

StatusOr<Document> LoadDocument(const StoreReader& reader,
                                const CollectionKey& collection,
                                DocumentKey document) {
  CAIRN_ASSIGN_OR_RETURN(auto found,
                         FindDocument(reader, collection, document));
  if (!found) return DocumentNotFound(std::to_string(document.value()));
  return std::move(*found);
}

StatusOr<std::vector<Document>> ListDocuments(const StoreReader& reader,
                                              const CollectionKey& collection,
                                              std::optional<DocumentKey> after,
                                              std::size_t limit) {
  std::vector<Document> documents;
  Status problem;
  const std::string from = after ? DocumentPrefix(collection, *after) : "";
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kDocuments, CollectionPrefix(collection), from,
                  [&](std::string_view key, std::string_view value) {
                    if (documents.size() >= limit) return false;
                    if (after && key == from) return true;
                    auto document = DecodeDocument(value);
                    if (!document.ok()) {
                      problem = document.status();
                      return false;
                    }
                    documents.push_back(std::move(document).value());
                    return true;
                  }));
  CAIRN_RETURN_IF_ERROR(problem);
  return documents;
}

namespace {

StatusOr<std::string> LoadPart(const StoreReader& reader,
                               const CollectionKey& collection,
                               DocumentKey document, TextPart part,
                               const char* what) {
  CAIRN_ASSIGN_OR_RETURN(
      auto stored,
      reader.Get(Family::kText, TextKey(collection, document, part)));
  if (!stored) {
    return NotFoundError(std::string("the document has no stored ") + what,
                         "DOCUMENT_NOT_FOUND");
  }
  return std::move(*stored);
}

}  // namespace

StatusOr<std::string> LoadText(const StoreReader& reader,
                               const CollectionKey& collection,
                               DocumentKey document) {
  return LoadPart(reader, collection, document, TextPart::kText, "text");
}

StatusOr<ParsedDocument> LoadParsed(const StoreReader& reader,
                                    const CollectionKey& collection,
                                    DocumentKey document) {
  CAIRN_ASSIGN_OR_RETURN(std::string text,
                         LoadText(reader, collection, document));
  CAIRN_ASSIGN_OR_RETURN(const std::string structure,
                         LoadPart(reader, collection, document,
                                  TextPart::kStructure, "structure"));
  ParsedDocument parsed;
  CAIRN_RETURN_IF_ERROR(DecodeStructure(structure, parsed));
  parsed.text = std::move(text);
  return parsed;
}

StatusOr<std::string> LoadOriginal(const StoreReader& reader,
                                   const CollectionKey& collection,
                                   DocumentKey document) {
  return LoadPart(reader, collection, document, TextPart::kOriginal,
                  "original; its canonical text is the original");
}

StatusOr<Chunk> LoadChunk(const StoreReader& reader,
                          const CollectionKey& collection,
                          const ChunkId& chunk) {
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kChunks, ChunkKey(collection, chunk)));
  if (!stored) {
    return NotFoundError(
        "chunk " + std::to_string(chunk.ordinal) + " does not exist",
        "CHUNK_NOT_FOUND");
  }
  return DecodeChunk(*stored, chunk.ordinal);
}

StatusOr<std::vector<Chunk>> LoadChunks(const StoreReader& reader,
                                        const CollectionKey& collection,
                                        DocumentKey document) {
  std::vector<Chunk> chunks;
  Status problem;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kChunks, DocumentPrefix(collection, document), {},
                  [&](std::string_view key, std::string_view value) {
                    auto chunk = DecodeChunk(value, ChunkOfKey(key).ordinal);
                    if (!chunk.ok()) {
                      problem = chunk.status();
                      return false;
                    }
                    chunks.push_back(std::move(chunk).value());
                    return true;
                  }));
  CAIRN_RETURN_IF_ERROR(problem);
  return chunks;
}

StatusOr<std::vector<float>> LoadVector(const StoreReader& reader,
                                        const CollectionKey& collection,
                                        const ChunkId& chunk) {
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kVectors, VectorKey(collection, chunk)));
  if (!stored) return NotFoundError("the chunk has no vector");
  return DecodeVector(*stored);
}

Status ScanVectors(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,
    const std::function<void(const ChunkId&, std::span<const float>)>& visit) {
  const std::string prefix = document ? DocumentPrefix(collection, *document)
                                      : CollectionPrefix(collection);
  return reader.Scan(Family::kVectors, prefix, {},
                     [&](std::string_view key, std::string_view value) {
                       // Slot 0 is the chunk's own vector.
                       if (!key.empty() && key.back() == '\0') {
                         visit(ChunkOfKey(key), DecodeVector(value));
                       }
                       return true;
                     });
}

Status ScanSentences(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,
    const std::function<void(const ChunkId&, std::span<const SentenceVector>)>&
        visit) {
  const std::string prefix = document ? DocumentPrefix(collection, *document)
                                      : CollectionPrefix(collection);
  Status problem;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kSentences, prefix, {},
                  [&](std::string_view key, std::string_view value) {
                    auto sentences = DecodeSentences(value);
                    if (!sentences.ok()) {
                      problem = sentences.status();
                      return false;
                    }
                    visit(ChunkOfKey(key), *sentences);
                    return true;
                  }));
  return problem;
}

Status ScanTerms(
    const StoreReader& reader, const CollectionKey& collection,
    std::optional<DocumentKey> document,
    const std::function<void(const ChunkId&, const TermCounts&)>& visit) {
  const std::string prefix = document ? DocumentPrefix(collection, *document)
                                      : CollectionPrefix(collection);
  Status problem;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kTerms, prefix, {},
                  [&](std::string_view key, std::string_view value) {
                    const auto counts = DecodeTerms(value);
                    if (!counts.ok()) {
                      problem = counts.status();
                      return false;
                    }
                    visit(ChunkOfKey(key), *counts);
                    return true;
                  }));
  return problem;
}

}  // namespace cairn
