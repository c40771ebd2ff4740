// RocksAccess: one open database, its reads and its batches, as the contracts
// of store.h want them.
//
// Place: rocks_store.cc alone; it decides what is committed when. Nothing here
// waits, syncs or publishes.
// Life cycle: a snapshot keeps the database open; readers and transactions must
// not outlive it.
// Threads: Reads and its wrappers are safe; a BatchTransaction has one owner.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/postings.h"
#include "storage/rocks_status.h"
#include "storage/store.h"

namespace cairn {

inline rocksdb::Slice ToSlice(std::string_view text) {
  return {text.data(), text.size()};
}

// The database and its families, closed together.
struct Database {
  explicit Database(std::string where) : folder(std::move(where)) {}
  ~Database() {
    for (auto* handle : families) db->DestroyColumnFamilyHandle(handle);
    if (db != nullptr) db->Close();
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  rocksdb::ColumnFamilyHandle* family(Family which) const {
    return families[static_cast<std::size_t>(which)];
  }

  const std::string folder;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;
};

// The first key after all keys with the prefix; empty: there is none.
inline std::string Successor(std::string_view prefix) {
  std::string next(prefix);
  while (!next.empty() && static_cast<unsigned char>(next.back()) == 0xff) {
    next.pop_back();
  }
  if (!next.empty()) ++next.back();
  return next;
}

// Reads of the newest state, or of a RocksDB snapshot.
class Reads {
 public:
  Reads(const Database& database, const rocksdb::Snapshot* snapshot)
      : database_(database), snapshot_(snapshot) {}

  StatusOr<std::optional<std::string>> Get(Family family,
                                           std::string_view key) const {
    std::string value;
    const rocksdb::Status status = database_.db->Get(
        Options(), database_.family(family), ToSlice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    CAIRN_RETURN_IF_ERROR(FromRocks(status, database_.folder));
    return std::optional<std::string>(std::move(value));
  }

  StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, std::span<const std::string> keys) const {
    std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> values(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_.db->MultiGet(Options(), database_.family(family), keys.size(),
                           slices.data(), values.data(), statuses.data());
    std::vector<std::optional<std::string>> results(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      CAIRN_RETURN_IF_ERROR(FromRocks(statuses[i], database_.folder));
      results[i] = values[i].ToString();
    }
    return results;
  }

  Status Scan(Family family, std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>&
                  visit) const {
    rocksdb::ReadOptions options = Options();
    options.total_order_seek = true;
    const std::string end = Successor(prefix);
    const rocksdb::Slice bound(end);
    if (!end.empty()) options.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> at(
        database_.db->NewIterator(options, database_.family(family)));
    for (at->Seek(ToSlice(std::max(prefix, from))); at->Valid(); at->Next()) {
      if (!visit({at->key().data(), at->key().size()},
                 {at->value().data(), at->value().size()})) {
        break;
      }
    }
    return FromRocks(at->status(), database_.folder);
  }

 private:
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  const Database& database_;
  const rocksdb::Snapshot* const snapshot_;
};

#define CAIRN_FORWARD_READS_                                                \
  StatusOr<std::optional<std::string>> Get(                                 \
      Family family, std::string_view key) const override {                 \
    return reads_.Get(family, key);                                         \
  }                                                                         \
  StatusOr<std::vector<std::optional<std::string>>> MultiGet(               \
      Family family, std::span<const std::string> keys) const override {    \
    return reads_.MultiGet(family, keys);                                   \
  }                                                                         \
  Status Scan(                                                              \
      Family family, std::string_view prefix, std::string_view from,        \
      const std::function<bool(std::string_view, std::string_view)>& visit) \
      const override {                                                      \
    return reads_.Scan(family, prefix, from, visit);                        \
  }

class NewestReader final : public StoreReader {
 public:
  explicit NewestReader(const Database& database) : reads_(database, nullptr) {}
  CAIRN_FORWARD_READS_

 private:
  const Reads reads_;
};

class PinnedSnapshot final : public StoreSnapshot {
 public:
  PinnedSnapshot(std::shared_ptr<const Database> database, Sequence sequence)
      : database_(std::move(database)),
        snapshot_(database_->db->GetSnapshot()),
        reads_(*database_, snapshot_),
        sequence_(sequence) {}
  ~PinnedSnapshot() override { database_->db->ReleaseSnapshot(snapshot_); }
  CAIRN_FORWARD_READS_
  Sequence sequence() const override { return sequence_; }

 private:
  const std::shared_ptr<const Database> database_;
  const rocksdb::Snapshot* const snapshot_;
  const Reads reads_;
  const Sequence sequence_;
};
#undef CAIRN_FORWARD_READS_

class BatchTransaction final : public Transaction {
 public:
  BatchTransaction(const Database& database, Sequence sequence)
      : database_(database), reader_(database), sequence_(sequence) {}

  const StoreReader& before() const override { return reader_; }
  Sequence sequence() const override { return sequence_; }
  void Put(Family family, std::string_view key,
           std::string_view value) override {
    Note(batch_.Put(database_.family(family), ToSlice(key), ToSlice(value)));
  }
  void Delete(Family family, std::string_view key) override {
    Note(batch_.Delete(database_.family(family), ToSlice(key)));
  }
  void DeletePrefix(Family family, std::string_view prefix) override {
    Note(batch_.DeleteRange(database_.family(family), ToSlice(prefix),
                            Successor(prefix)));
  }
  void MergePostings(Family family, std::string_view key,
                     std::span<const Posting> changes) override {
    if (changes.empty()) return;
    Note(batch_.Merge(database_.family(family), ToSlice(key),
                      EncodePostingChanges(changes)));
  }

  // What kept the batch from being built.
  Status problem() const { return FromRocks(problem_, database_.folder); }
  // Writes everything as one record of the log, not yet synced.
  Status Write() {
    return FromRocks(database_.db->Write(rocksdb::WriteOptions(), &batch_),
                     database_.folder);
  }
  bool empty() const { return batch_.Count() == 0; }

 private:
  void Note(const rocksdb::Status& status) {
    if (problem_.ok() && !status.ok()) problem_ = status;
  }

  const Database& database_;
  const NewestReader reader_;
  const Sequence sequence_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status problem_;
};

}  // namespace cairn
