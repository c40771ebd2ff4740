// Store: one RocksDB per data folder; the single source of truth.
//
// Place: ingestion commits through it, queries read pinned snapshots of it,
// graph/ keeps its families in it. Nobody else names RocksDB.
// Life cycle: Open locks the folder (one process at a time); the destructor
// closes. Snapshots must be released before the store is destroyed.
// Durability: Commit returns after the write-ahead log is synced; concurrent
// commits share one sync. A snapshot never shows an unsynced commit.
// Threads: everything is safe from any thread. Commit builders run one at a
// time, in order, and see all commits before them.
// Errors: UNAVAILABLE (DATA_FOLDER_IN_USE, with the folder), PERMISSION_DENIED
// (DATA_FOLDER_READ_ONLY), FAILED_PRECONDITION (FORMAT_TOO_NEW), DATA_LOSS
// (names the file), RESOURCE_EXHAUSTED (DISK_FULL). After a failed write or
// sync the store refuses writes until it is opened again; reads go on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/status.h"
#include "domain/ids.h"

namespace cairn {

// Column families; the order is not stored, the names are. Layout of keys and
// values: docs/formats/storage.md. Every key of a family starts with the
// 8 bytes of a CollectionKey.
enum class Family : std::uint8_t {
  kMeta = 0,
  kDocuments,
  kVersions,
  kText,
  kChunks,
  kVectors,
  kSentences,
  kTerms,
  kEntities,
  kNames,
  kMentions,
  kRelations,
  kAdjacency,  // Packed postings, changed by MergePostings.
  kJobs,       // Log records: not part of build(A+B) - B = build(A).
  kChanges,    // Log records, likewise.
};
inline constexpr std::size_t kFamilyCount = 15;
const char* NameOf(Family family);

// Reads of one state. Views handed to callbacks die with the call.
class StoreReader {
 public:
  virtual ~StoreReader() = default;
  // nullopt when absent.
  virtual StatusOr<std::optional<std::string>> Get(
      Family family, std::string_view key) const = 0;
  virtual StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, std::span<const std::string> keys) const = 0;
  // Keys that start with `prefix` and are >= `from` (if not empty), in order,
  // until the visitor returns false. `prefix` has at least 8 bytes, or is
  // empty to visit a whole family (verification, tests).
  virtual Status Scan(
      Family family, std::string_view prefix, std::string_view from,
      const std::function<bool(std::string_view key, std::string_view value)>&
          visit) const = 0;
};

// One pinned, immutable state.
class StoreSnapshot : public StoreReader {
 public:
  virtual Sequence sequence() const = 0;
};

// One entry of a packed posting list: a chunk and how often.
struct Posting {
  ChunkId chunk;
  std::uint32_t count = 0;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

// The packed form in Family::kAdjacency: postings by chunk, gaps as varints.
std::string EncodePostings(std::span<const Posting> postings);
StatusOr<std::vector<Posting>> DecodePostings(std::string_view packed);

// What one commit will write. Reads through `before()` see the state before
// this commit; a transaction does not read its own writes.
class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual const StoreReader& before() const = 0;
  // The number this commit will have if it succeeds.
  virtual Sequence sequence() const = 0;
  virtual void Put(Family family, std::string_view key,
                   std::string_view value) = 0;
  virtual void Delete(Family family, std::string_view key) = 0;
  // Every key with the prefix (at least 8 bytes), also those put earlier in
  // this transaction.
  virtual void DeletePrefix(Family family, std::string_view prefix) = 0;
  // Sets the count of each chunk in the packed list at `key` (0 removes it)
  // without reading the list. The caller Deletes a list that becomes empty.
  virtual void MergePostings(Family family, std::string_view key,
                             std::span<const Posting> changes) = 0;
};

// What changed, for followers. Stored in Family::kChanges by sequence.
enum class ChangeKind : std::uint8_t {
  kDocumentPut = 1,
  kDocumentDeleted = 2,
  kCollectionCreated = 3,
  kCollectionDeleted = 4,
};
struct Change {
  Sequence sequence;
  ChangeKind kind = ChangeKind::kDocumentPut;
  CollectionKey collection;
  DocumentKey document;
  // Chunk ordinals 0..n-1 that the change removed and added.
  std::uint32_t chunks_removed = 0;
  std::uint32_t chunks_added = 0;
};

struct StoreOptions {
  bool create = true;  // Make the folder when it is absent.
  const Clock* clock = &Clock::System();
  std::size_t block_cache_bytes = std::size_t{128} << 20;
  // Of all families together: what is not yet in a table file.
  std::size_t write_buffer_bytes = std::size_t{32} << 20;
};

class Store {
 public:
  static StatusOr<std::unique_ptr<Store>> Open(const std::string& folder,
                                               const StoreOptions& options);
  virtual ~Store() = default;

  // Fills a transaction; an error leaves the store as it was and is returned.
  // Must record what it does with AppendChange (storage/records.h).
  using Builder = std::function<Status(Transaction&)>;
  // Returns once durable.
  virtual StatusOr<Sequence> Commit(const Builder& builder) = 0;
  // Several commits, one sync; each is atomic by itself. One result each.
  virtual std::vector<StatusOr<Sequence>> CommitAll(
      std::span<const Builder> builders) = 0;

  // The newest durable state. Cheap.
  virtual std::shared_ptr<const StoreSnapshot> Pin() const = 0;
  // Pin, after waiting until `at_least` is durable or the deadline passes
  // (DEADLINE_EXCEEDED). Read your writes.
  virtual StatusOr<std::shared_ptr<const StoreSnapshot>> PinAtLeast(
      Sequence at_least, const Deadline& deadline) const = 0;

  virtual const Clock& clock() const = 0;
  virtual const std::string& folder() const = 0;
  // Bytes on disk, all families; an estimate.
  virtual std::uint64_t SizeOnDisk() const = 0;
  // Reads every block of every file against its checksum. DATA_LOSS names the
  // damaged file.
  virtual Status VerifyChecksums() const = 0;
  // Makes `folder`, a data folder of its own with everything committed so far,
  // while reads and commits go on. It appears whole or not at all; files that
  // never change are shared by hard links when it lies on the same file
  // system. ALREADY_EXISTS (FOLDER_EXISTS), NOT_FOUND (its parent),
  // PERMISSION_DENIED, RESOURCE_EXHAUSTED (DISK_FULL).
  virtual Status CopyTo(const std::string& folder) const = 0;

  // A folder for files that can be made again from the collection's records
  // (storage/derived_folders.h). Named here, made when there is something to
  // write: NOT_FOUND when the collection does not exist (any more). Removed by
  // DeleteCollection, and at Open for collections that are gone.
  virtual std::string DerivedFolder(const CollectionKey& collection) const = 0;
  virtual Status MakeDerivedFolder(const CollectionKey& collection) const = 0;
  virtual Status RemoveDerivedFolder(const CollectionKey& collection) const = 0;
};

}  // namespace cairn
