#include <set>

#include "base/hash.h"
#include "storage/document_codec.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace cairn {
namespace {

constexpr std::size_t kProblemsMax = 100;

class Verification {
 public:
  Verification(const StoreReader& reader, const CollectionRecord& collection)
      : reader_(reader), collection_(collection) {}

  StatusOr<VerifyReport> Run() {
    std::optional<DocumentKey> after;
    for (;;) {
      CAIRN_ASSIGN_OR_RETURN(
          const std::vector<Document> page,
          ListDocuments(reader_, collection_.key, after, 256));
      if (page.empty()) break;
      for (const Document& document : page) CheckDocument(document);
      after = DocumentKeyOf(page.back().id);
    }
    CAIRN_RETURN_IF_ERROR(CheckOrphans());
    CAIRN_ASSIGN_OR_RETURN(const CollectionStats stored,
                           LoadCollectionStats(reader_, collection_.key));
    if (!(stored == counted_)) Report("the collection's statistics are wrong");
    return std::move(report_);
  }

 private:
  void Report(std::string problem) {
    if (report_.problems.size() < kProblemsMax) {
      report_.problems.push_back(std::move(problem));
    }
  }

  void Tell(const Document& document, const std::string& problem) {
    Report("document " + document.id + ": " + problem);
  }

  void CheckDocument(const Document& document) {
    const DocumentKey key = DocumentKeyOf(document.id);
    known_.insert(key);
    ++report_.documents;
    counted_.documents += 1;
    counted_.chunks += document.chunks;
    counted_.tokens += static_cast<std::int64_t>(document.tokens);
    counted_.text_bytes += static_cast<std::int64_t>(document.text_bytes);
    counted_.tables += document.tables;
    counted_.pages += document.pages;
    const auto parsed = LoadParsed(reader_, collection_.key, key);
    if (!parsed.ok()) return Tell(document, MessageOf(parsed.status()));
    if (Sha256Hex(parsed->text) != document.text_sha256) {
      Tell(document, "its text does not match its hash");
    }
    const std::string breach = FindBreach(*parsed);
    if (!breach.empty()) Tell(document, breach);
    const auto version = reader_.Get(
        Family::kVersions, VersionKey(collection_.key, key, document.version));
    if (!version.ok() || !version->has_value()) {
      Tell(document, "its version record is missing");
    }
    CheckChunks(document, key, *parsed);
  }

  void CheckChunks(const Document& document, DocumentKey key,
                   const ParsedDocument& parsed) {
    const auto chunks = LoadChunks(reader_, collection_.key, key);
    if (!chunks.ok()) return Tell(document, MessageOf(chunks.status()));
    std::uint64_t tokens = 0;
    for (std::size_t i = 0; i < chunks->size(); ++i) {
      const Chunk& chunk = (*chunks)[i];
      tokens += chunk.tokens;
      if (chunk.ordinal != i || chunk.span.end > parsed.text.size()) {
        Tell(document, "chunk " + std::to_string(i) + " is out of range");
      }
    }
    if (chunks->size() != document.chunks || tokens != document.tokens) {
      Tell(document, "its counts of chunks or tokens are wrong");
    }
    std::size_t vectors = 0;
    const Status scanned =
        ScanVectors(reader_, collection_.key, key,
                    [&](const ChunkId&, std::span<const float> vector) {
                      vectors += vector.size() == collection_.dimension ? 1 : 0;
                    });
    std::size_t terms = 0;
    const Status counted =
        ScanTerms(reader_, collection_.key, key,
                  [&](const ChunkId&, const TermCounts&) { ++terms; });
    if (!scanned.ok() || !counted.ok() || vectors != document.chunks ||
        terms != document.chunks) {
      Tell(document, "it lacks vectors or terms");
    }
    report_.chunks += chunks->size();
    report_.vectors += vectors;
    CheckSentences(document, key, *chunks);
  }

  void CheckSentences(const Document& document, DocumentKey key,
                      const std::vector<Chunk>& chunks) {
    std::size_t records = 0;
    std::string breach;
    const Status scanned = ScanSentences(
        reader_, collection_.key, key,
        [&](const ChunkId& chunk, std::span<const SentenceVector> sentences) {
          ++records;
          report_.sentences += sentences.size();
          if (chunk.ordinal >= chunks.size() || !breach.empty()) return;
          breach = FindBreach(sentences, chunks[chunk.ordinal].span,
                              collection_.dimension);
        });
    const std::size_t wanted = collection_.sentence_vectors ? chunks.size() : 0;
    if (!scanned.ok() || records != wanted) {
      Tell(document, "its sentence vectors are not one record a chunk");
    } else if (!breach.empty()) {
      Tell(document, breach);
    }
  }

  // Records of documents that do not exist.
  Status CheckOrphans() {
    for (const Family family :
         {Family::kVersions, Family::kText, Family::kChunks, Family::kVectors,
          Family::kSentences, Family::kTerms}) {
      std::set<DocumentKey> orphans;
      CAIRN_RETURN_IF_ERROR(
          reader_.Scan(family, CollectionPrefix(collection_.key), {},
                       [&](std::string_view key, std::string_view) {
                         const DocumentKey document = DocumentOfKey(key);
                         if (!known_.contains(document))
                           orphans.insert(document);
                         return true;
                       }));
      if (!orphans.empty()) {
        Report(std::string(NameOf(family)) + " holds records of " +
               std::to_string(orphans.size()) + " documents that do not exist");
      }
    }
    return OkStatus();
  }

  const StoreReader& reader_;
  const CollectionRecord& collection_;
  VerifyReport report_;
  CollectionStats counted_;
  std::set<DocumentKey> known_;
};

}  // namespace

StatusOr<VerifyReport> VerifyCollection(const StoreReader& reader,
                                        const CollectionRecord& collection) {
  return Verification(reader, collection).Run();
}

}  // namespace cairn
