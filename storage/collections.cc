#include <algorithm>

#include "base/coding.h"
#include "storage/document_codec.h"
#include "storage/keys.h"
#include "storage/records.h"

namespace cairn {
namespace {

constexpr std::size_t kNameBytesMax = 64;

bool IsCollectionName(std::string_view name) {
  const auto plain = [](char sign) {
    return (sign >= 'a' && sign <= 'z') || (sign >= '0' && sign <= '9');
  };
  return !name.empty() && name.size() <= kNameBytesMax && plain(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char sign) {
           return plain(sign) || sign == '_' || sign == '-';
         });
}

CollectionKey TenantScope(TenantId tenant) { return {tenant, kTenantScope}; }

StatusOr<CollectionId> NextCollectionId(Transaction& transaction,
                                        TenantId tenant) {
  const std::string key =
      MetaKey(TenantScope(tenant), MetaKind::kCollectionCounter);
  CAIRN_ASSIGN_OR_RETURN(const auto stored,
                         transaction.before().Get(Family::kMeta, key));
  std::uint64_t last = 0;
  if (stored) last = Decoder(*stored).Varint();
  std::string value;
  AppendVarint(value, last + 1);
  transaction.Put(Family::kMeta, key, value);
  return CollectionId(static_cast<std::uint32_t>(last + 1));
}

Status ReadCollections(const StoreReader& reader, std::string_view prefix,
                       std::vector<CollectionRecord>& records) {
  Status problem;
  const Status scanned =
      reader.Scan(Family::kMeta, prefix, {},
                  [&](std::string_view key, std::string_view value) {
                    Decoder decoder(key);
                    decoder.BigEndian32();
                    const CollectionId scope(decoder.BigEndian32());
                    if (scope != kTenantScope || key.size() < 9 ||
                        key[8] != static_cast<char>(MetaKind::kCollection)) {
                      return true;
                    }
                    auto record = DecodeCollection(value);
                    if (!record.ok()) {
                      problem = record.status();
                      return false;
                    }
                    records.push_back(std::move(record).value());
                    return true;
                  });
  CAIRN_RETURN_IF_ERROR(scanned);
  return problem;
}

}  // namespace

StatusOr<CollectionRecord> CreateCollection(Store& store, TenantId tenant,
                                            CollectionRecord wanted) {
  if (!IsCollectionName(wanted.name)) {
    return InvalidArgumentError(
        "a collection name has 1 to 64 of the signs a-z 0-9 _ - and starts "
        "with a letter or digit; got '" +
            wanted.name + "'",
        "BAD_COLLECTION_NAME");
  }
  wanted.create_time_micros = store.clock().NowMicros();
  const auto committed = store.Commit([&](Transaction& transaction) -> Status {
    const std::string key =
        MetaKey(TenantScope(tenant), MetaKind::kCollection, wanted.name);
    CAIRN_ASSIGN_OR_RETURN(const auto found,
                           transaction.before().Get(Family::kMeta, key));
    if (found) {
      return AlreadyExistsError("collection " + wanted.name + " exists already",
                                "COLLECTION_EXISTS");
    }
    CAIRN_ASSIGN_OR_RETURN(const CollectionId id,
                           NextCollectionId(transaction, tenant));
    wanted.key = {tenant, id};
    transaction.Put(Family::kMeta, key, EncodeCollection(wanted));
    AppendChange(transaction, {.sequence = transaction.sequence(),
                               .kind = ChangeKind::kCollectionCreated,
                               .collection = wanted.key});
    return OkStatus();
  });
  CAIRN_RETURN_IF_ERROR(committed.status());
  return wanted;
}

Status DeleteCollection(Store& store, const CollectionRecord& collection) {
  const auto committed = store.Commit([&](Transaction& transaction) -> Status {
    CAIRN_RETURN_IF_ERROR(FindCollection(transaction.before(),
                                         collection.key.tenant, collection.name)
                              .status());
    const std::string prefix = CollectionPrefix(collection.key);
    for (std::size_t i = 0; i < kFamilyCount; ++i) {
      const auto family = static_cast<Family>(i);
      if (family == Family::kJobs || family == Family::kChanges) continue;
      transaction.DeletePrefix(family, prefix);
    }
    transaction.Delete(Family::kMeta,
                       MetaKey(TenantScope(collection.key.tenant),
                               MetaKind::kCollection, collection.name));
    AppendChange(transaction, {.sequence = transaction.sequence(),
                               .kind = ChangeKind::kCollectionDeleted,
                               .collection = collection.key});
    return OkStatus();
  });
  CAIRN_RETURN_IF_ERROR(committed.status());
  return store.RemoveDerivedFolder(collection.key);
}

StatusOr<CollectionRecord> FindCollection(const StoreReader& reader,
                                          TenantId tenant,
                                          std::string_view name) {
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kMeta,
                 MetaKey(TenantScope(tenant), MetaKind::kCollection, name)));
  if (!stored) {
    return NotFoundError("collection " + std::string(name) +
                             " does not exist; cairn collection list shows "
                             "what there is",
                         "COLLECTION_NOT_FOUND");
  }
  return DecodeCollection(*stored);
}

StatusOr<std::vector<CollectionRecord>> ListCollections(
    const StoreReader& reader, TenantId tenant) {
  std::vector<CollectionRecord> records;
  CAIRN_RETURN_IF_ERROR(ReadCollections(
      reader, MetaKey(TenantScope(tenant), MetaKind::kCollection), records));
  return records;
}

StatusOr<std::vector<CollectionRecord>> ListAllCollections(
    const StoreReader& reader) {
  std::vector<CollectionRecord> records;
  CAIRN_RETURN_IF_ERROR(ReadCollections(reader, {}, records));
  return records;
}

StatusOr<CollectionStats> LoadCollectionStats(const StoreReader& reader,
                                              const CollectionKey& collection) {
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kMeta, MetaKey(collection, MetaKind::kStats)));
  if (!stored) return CollectionStats{};
  return DecodeStats(*stored);
}

}  // namespace cairn
