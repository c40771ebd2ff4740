// Store over RocksDB. The group commit: callers queue requests; the first in
// the queue leads: it runs all queued builders one after another, each as an
// atomic unsynced write, syncs the log once, publishes the new snapshot, then
// wakes everybody whose commits are now durable.
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdarg>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <mutex>
#include <set>

#include "base/coding.h"
#include "base/log.h"
#include "storage/derived_folders.h"
#include "storage/keys.h"
#include "storage/postings.h"
#include "storage/records.h"
#include "storage/rocks_access.h"
#include "storage/rocks_status.h"
#include "storage/store.h"

namespace cairn {

const char* NameOf(Family family) {
  constexpr const char* kNames[kFamilyCount] = {
      "meta",     "documents", "versions",  "text",     "chunks",
      "vectors",  "sentences", "terms",     "entities", "names",
      "mentions", "relations", "adjacency", "jobs",     "changes"};
  return kNames[static_cast<std::size_t>(family)];
}

namespace {

// 2 added `sentences` and the collections' switch for it.
constexpr std::uint64_t kFormatVersion = 3;

// What RocksDB says of these is hard to read.
Status CheckNewFolder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::exists(fs::symlink_status(folder, error))) {
    return AlreadyExistsError(
        folder + " exists already; name a folder that does not",
        "FOLDER_EXISTS");
  }
  const fs::path parent = fs::absolute(folder, error).parent_path();
  if (!fs::is_directory(parent, error)) {
    return NotFoundError(
        "there is no folder " + parent.string() + " to put the copy in",
        "FOLDER_NOT_FOUND");
  }
  if (access(parent.c_str(), W_OK | X_OK) != 0) {
    return PermissionDeniedError(
        "cannot write into " + parent.string() + "; choose another folder",
        "FOLDER_READ_ONLY");
  }
  return OkStatus();
}

class RocksStore final : public Store {
 public:
  RocksStore(std::shared_ptr<const Database> database, const Clock& clock,
             Sequence last)
      : database_(std::move(database)),
        clock_(clock),
        derived_(database_->folder),
        last_(last) {
    pinned_ = std::make_shared<PinnedSnapshot>(database_, last_);
    RemoveOrphans();
  }

  StatusOr<Sequence> Commit(const Builder& builder) override {
    return CommitAll({&builder, 1}).front();
  }

  std::vector<StatusOr<Sequence>> CommitAll(
      std::span<const Builder> builders) override {
    Request request{.builders = builders, .results = {}, .done = false};
    std::unique_lock lock(mutex_);
    queue_.push_back(&request);
    turn_.wait(lock,
               [&] { return request.done || queue_.front() == &request; });
    if (!request.done) {
      const std::vector<Request*> group(queue_.begin(), queue_.end());
      lock.unlock();
      RunGroup(group);
      lock.lock();
      for (Request* member : group) member->done = true;
      queue_.erase(queue_.begin(),
                   queue_.begin() + static_cast<std::ptrdiff_t>(group.size()));
      turn_.notify_all();
    }
    return std::move(request.results);
  }

  std::shared_ptr<const StoreSnapshot> Pin() const override {
    const std::lock_guard lock(pin_mutex_);
    return pinned_;
  }

  StatusOr<std::shared_ptr<const StoreSnapshot>> PinAtLeast(
      Sequence at_least, const Deadline& deadline) const override {
    std::unique_lock lock(pin_mutex_);
    const auto reached = [&] { return pinned_->sequence() >= at_least; };
    if (deadline.infinite()) {
      // A token of the future would wait for ever: only what is committed or
      // being committed can be waited for, and that takes milliseconds.
      pinned_changed_.wait_for(lock, std::chrono::seconds(10), reached);
    } else {
      pinned_changed_.wait_for(lock, deadline.remaining(), reached);
    }
    if (!reached()) {
      return DeadlineExceededError(
          "the state asked for by the write token is not there yet",
          "WRITE_TOKEN_NOT_REACHED");
    }
    return std::shared_ptr<const StoreSnapshot>(pinned_);
  }

  const Clock& clock() const override { return clock_; }
  const std::string& folder() const override { return database_->folder; }

  std::uint64_t SizeOnDisk() const override {
    std::uint64_t total = 0;
    for (auto* family : database_->families) {
      for (const char* property :
           {"rocksdb.total-sst-files-size", "rocksdb.total-blob-file-size",
            "rocksdb.cur-size-all-mem-tables"}) {
        std::uint64_t bytes = 0;
        if (database_->db->GetIntProperty(family, property, &bytes)) {
          total += bytes;
        }
      }
    }
    return total;
  }

  Status CopyTo(const std::string& folder) const override {
    CAIRN_RETURN_IF_ERROR(CheckNewFolder(folder));
    rocksdb::Checkpoint* made = nullptr;
    CAIRN_RETURN_IF_ERROR(FromRocks(
        rocksdb::Checkpoint::Create(database_->db.get(), &made), folder));
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    return FromRocks(checkpoint->CreateCheckpoint(folder), folder);
  }

  std::string DerivedFolder(const CollectionKey& collection) const override {
    return derived_.PathOf(collection);
  }
  Status MakeDerivedFolder(const CollectionKey& collection) const override {
    return derived_.Make(collection, [&]() -> StatusOr<bool> {
      CAIRN_ASSIGN_OR_RETURN(
          const std::vector<CollectionRecord> records,
          ListCollections(NewestReader(*database_), collection.tenant));
      return std::any_of(records.begin(), records.end(),
                         [&](const auto& r) { return r.key == collection; });
    });
  }
  Status RemoveDerivedFolder(const CollectionKey& collection) const override {
    return derived_.Remove(collection);
  }

  Status VerifyChecksums() const override {
    rocksdb::ReadOptions options;
    CAIRN_RETURN_IF_ERROR(FromRocks(database_->db->VerifyFileChecksums(options),
                                    database_->folder));
    return FromRocks(database_->db->VerifyChecksum(options), database_->folder);
  }

 private:
  struct Request {
    std::span<const Builder> builders;
    std::vector<StatusOr<Sequence>> results;
    bool done = false;
  };

  // Derived folders that a deletion did not get to.
  void RemoveOrphans() {
    if (!derived_.any()) return;
    const auto records = ListAllCollections(NewestReader(*database_));
    if (!records.ok()) return;  // Verification names the damage.
    std::set<CollectionKey> keys;
    for (const CollectionRecord& record : *records) keys.insert(record.key);
    derived_.RemoveAllBut(keys);
  }

  StatusOr<Sequence> RunBuilder(const Builder& builder) {
    CAIRN_RETURN_IF_ERROR(write_error_);
    const Sequence next(last_.value() + 1);
    BatchTransaction transaction(*database_, next);
    // A builder that throws (out of memory) must not leave the queue waiting.
    try {
      CAIRN_RETURN_IF_ERROR(builder(transaction));
    } catch (const std::exception& error) {
      return InternalError(std::string("a commit failed: ") + error.what());
    }
    if (transaction.empty()) return last_;
    std::string number;
    AppendBigEndian64(number, next.value());
    transaction.Put(Family::kChanges, LastSequenceKey(), number);
    CAIRN_RETURN_IF_ERROR(transaction.problem());
    const Status written = transaction.Write();
    if (!written.ok()) {
      write_error_ = written;
      return written;
    }
    last_ = next;
    return next;
  }

  // Runs on one thread at a time.
  void RunGroup(const std::vector<Request*>& group) {
    const Sequence first = last_;
    for (Request* request : group) {
      for (const Builder& builder : request->builders) {
        request->results.push_back(RunBuilder(builder));
      }
    }
    if (last_ == first) return;
    // RocksDB aborts when a log that failed is synced; what the group wrote
    // before the failure is not durable then.
    const Status synced =
        write_error_.ok()
            ? FromRocks(database_->db->FlushWAL(true), database_->folder)
            : write_error_;
    if (!synced.ok()) {
      write_error_ = synced;
      for (Request* request : group) {
        for (auto& result : request->results) {
          if (result.ok()) result = synced;
        }
      }
      return;
    }
    std::shared_ptr<const PinnedSnapshot> pinned =
        std::make_shared<PinnedSnapshot>(database_, last_);
    {
      const std::lock_guard lock(pin_mutex_);
      pinned_.swap(pinned);
    }
    pinned_changed_.notify_all();
  }

  const std::shared_ptr<const Database> database_;
  const Clock& clock_;
  mutable DerivedFolders derived_;  // Safe from any thread.

  std::mutex mutex_;
  std::condition_variable turn_;
  std::deque<Request*> queue_;  // Guarded by mutex_.

  // Touched by the leader of the queue only.
  Sequence last_;
  // The first failure of the log. Nothing is written after it until the store
  // is opened anew; reads go on.
  Status write_error_;

  mutable std::mutex pin_mutex_;
  mutable std::condition_variable pinned_changed_;
  std::shared_ptr<const PinnedSnapshot> pinned_;  // Guarded by pin_mutex_.
};

// RocksDB's own log file is left out: a log that once failed to write, as on a
// full disk, ends the process at its next line. Errors go to our log.
class RocksLog final : public rocksdb::Logger {
 public:
  RocksLog() : Logger(rocksdb::InfoLogLevel::ERROR_LEVEL) {}
  using Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    std::array<char, 512> line;
    std::vsnprintf(line.data(), line.size(), format, arguments);
    Log(LogLevel::kWarning, "rocksdb", {{"says", std::string(line.data())}});
  }
};

rocksdb::DBOptions MakeDbOptions(const StoreOptions& options) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create;
  db.create_missing_column_families = true;
  db.paranoid_checks = true;
  // The default mode would drop acknowledged commits behind a damaged record.
  db.wal_recovery_mode =
      rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  db.recycle_log_file_num = 0;
  db.track_and_verify_wals_in_manifest = true;
  db.max_total_wal_size = std::uint64_t{128} << 20;
  db.max_background_jobs = 2;
  db.db_write_buffer_size = options.write_buffer_bytes;
  db.info_log = std::make_shared<RocksLog>();
  db.max_open_files = 1024;
  // So that VerifyChecksums covers blob files too.
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  return db;
}

rocksdb::ColumnFamilyOptions MakeFamilyOptions(
    Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = std::size_t{16} << 20;
  options.compression = rocksdb::kLZ4Compression;
  options.bottommost_compression = rocksdb::kZSTD;
  options.prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(8));
  options.merge_operator = MakePostingsMerge();
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.whole_key_filtering = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  if (family == Family::kText) {
    options.enable_blob_files = true;
    options.min_blob_size = 1024;
    options.blob_compression_type = rocksdb::kZSTD;
    options.enable_blob_garbage_collection = true;
  }
  if (family == Family::kVectors || family == Family::kSentences) {
    options.compression = rocksdb::kNoCompression;  // Vectors do not shrink.
    options.bottommost_compression = rocksdb::kNoCompression;
  }
  return options;
}

// `current`: false in a new folder and in one of an older format, whose records
// are all records of this one.
Status CheckFormat(const Database& database, bool& current) {
  const NewestReader reader(database);
  const std::string key = MetaKey(kStoreScope, MetaKind::kFormat);
  CAIRN_ASSIGN_OR_RETURN(const auto stored, reader.Get(Family::kMeta, key));
  current = false;
  if (!stored) return OkStatus();
  Decoder decoder(*stored);
  const std::uint64_t version = decoder.Varint();
  if (!decoder.ok()) {
    return DataLossError("data folder " + database.folder +
                         ": the format version does not decode");
  }
  if (version > kFormatVersion) {
    return FailedPreconditionError(
        "data folder " + database.folder + " has format " +
            std::to_string(version) + ", this program reads up to " +
            std::to_string(kFormatVersion) + "; use a newer cairn",
        "FORMAT_TOO_NEW");
  }
  current = version == kFormatVersion;
  return OkStatus();
}

Status WriteFormat(const Database& database) {
  std::string value;
  AppendVarint(value, kFormatVersion);
  rocksdb::WriteOptions options;
  options.sync = true;
  return FromRocks(
      database.db->Put(options, database.family(Family::kMeta),
                       MetaKey(kStoreScope, MetaKind::kFormat), value),
      database.folder);
}

StatusOr<Sequence> LastSequence(const Database& database) {
  const NewestReader reader(database);
  CAIRN_ASSIGN_OR_RETURN(const auto stored,
                         reader.Get(Family::kChanges, LastSequenceKey()));
  if (!stored) return Sequence(0);
  return Sequence(Decoder(*stored).BigEndian64());
}

// Does the folder hold records, in a log, a table or a blob file?
bool HoldsRecords(const std::string& folder) {
  std::error_code error;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator();
       entry.increment(error)) {
    const std::string end = entry->path().extension().string();
    if (end == ".log" || end == ".sst" || end == ".blob") return true;
  }
  return false;
}

// RocksDB would take a folder that lost its file CURRENT for an empty one,
// begin anew there and delete what it does not know.
Status CheckNotBeheaded(const std::string& folder) {
  std::error_code ignored;
  if (std::filesystem::exists(folder + "/CURRENT", ignored) ||
      !HoldsRecords(folder)) {
    return OkStatus();
  }
  return DataLossError("data folder " + folder +
                           " is damaged: its file CURRENT is missing; restore "
                           "it from a backup",
                       "CORRUPTION");
}

Status CheckFolder(const std::string& folder, const StoreOptions& options) {
  std::error_code error;
  if (!std::filesystem::exists(folder, error)) {
    if (!options.create) {
      return NotFoundError("data folder " + folder +
                               " does not exist; ingest something first, or "
                               "choose another with --data",
                           "DATA_FOLDER_NOT_FOUND");
    }
    std::filesystem::create_directories(folder, error);
    if (error) {
      return PermissionDeniedError("cannot make the data folder " + folder +
                                       ": " + error.message() +
                                       "; choose another with --data",
                                   "DATA_FOLDER_READ_ONLY");
    }
    return OkStatus();
  }
  if (!std::filesystem::is_directory(folder, error)) {
    return InvalidArgumentError(
        folder + " is a file, not a data folder; choose another with --data",
        "DATA_FOLDER_IS_A_FILE");
  }
  return CheckNotBeheaded(folder);
}

}  // namespace

StatusOr<std::unique_ptr<Store>> Store::Open(const std::string& folder,
                                             const StoreOptions& options) {
  CAIRN_RETURN_IF_ERROR(CheckFolder(folder, options));
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  descriptors.emplace_back(rocksdb::kDefaultColumnFamilyName,
                           rocksdb::ColumnFamilyOptions());
  for (std::size_t i = 0; i < kFamilyCount; ++i) {
    const auto family = static_cast<Family>(i);
    descriptors.emplace_back(NameOf(family), MakeFamilyOptions(family, cache));
  }
  auto database = std::make_shared<Database>(folder);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  CAIRN_RETURN_IF_ERROR(
      FromRocks(rocksdb::DB::Open(MakeDbOptions(options), folder, descriptors,
                                  &handles, &db),
                folder));
  database->db.reset(db);
  // The default family is unused; its handle is released with the others.
  database->families.assign(handles.begin() + 1, handles.end());
  db->DestroyColumnFamilyHandle(handles.front());
  bool current = false;
  CAIRN_RETURN_IF_ERROR(CheckFormat(*database, current));
  if (!current) CAIRN_RETURN_IF_ERROR(WriteFormat(*database));
  CAIRN_ASSIGN_OR_RETURN(const Sequence last, LastSequence(*database));
  return std::unique_ptr<Store>(
      std::make_unique<RocksStore>(std::move(database), *options.clock, last));
}

}  // namespace cairn
