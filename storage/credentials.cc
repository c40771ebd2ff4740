#include "storage/credentials.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "base/coding.h"
#include "base/hash.h"
#include "storage/keys.h"

namespace cairn {
namespace {

constexpr std::string_view kMark = "cairn_";
constexpr std::size_t kSecretBytes = 32;
constexpr std::size_t kIdBytes = 6;

Status BadKey() {
  return UnauthenticatedError(
      "the API key is missing or not valid; the command line sends the one of "
      "CAIRN_API_KEY or --key-file, other clients \"authorization: Bearer "
      "KEY\"",
      "BAD_API_KEY");
}

StatusOr<std::string> RandomHex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(raw.data()),
                 static_cast<int>(bytes)) != 1) {
    return InternalError("the system gives no random numbers");
  }
  return ToHex(raw);
}

struct StoredKey {
  ApiKeyInfo info;
  std::string secret_sha256;
};

std::string Encode(const StoredKey& key) {
  std::string out;
  AppendString(out, key.info.id);
  AppendString(out, key.info.tenant_name);
  AppendVarint(out, key.info.tenant.value());
  AppendSignedVarint(out, key.info.create_time_micros);
  AppendString(out, key.secret_sha256);
  return out;
}

StatusOr<StoredKey> Decode(std::string_view bytes) {
  Decoder in(bytes);
  StoredKey key;
  key.info.id = std::string(in.String());
  key.info.tenant_name = std::string(in.String());
  key.info.tenant = TenantId(static_cast<std::uint32_t>(in.Varint()));
  key.info.create_time_micros = in.SignedVarint();
  key.secret_sha256 = std::string(in.String());
  if (!in.done()) {
    return DataLossError("a stored API key does not decode", "DAMAGED_RECORD");
  }
  return key;
}

// Tenant 0 is `local`, which exists from the start.
StatusOr<TenantId> FindOrMakeTenant(Transaction& transaction,
                                    std::string_view name) {
  if (name == "local") return TenantId(0);
  const std::string key = MetaKey(kStoreScope, MetaKind::kTenant, name);
  CAIRN_ASSIGN_OR_RETURN(const auto found,
                         transaction.before().Get(Family::kMeta, key));
  if (found) {
    return TenantId(static_cast<std::uint32_t>(Decoder(*found).Varint()));
  }
  const std::string counter = MetaKey(kStoreScope, MetaKind::kTenantCounter);
  CAIRN_ASSIGN_OR_RETURN(const auto last,
                         transaction.before().Get(Family::kMeta, counter));
  const std::uint64_t next = (last ? Decoder(*last).Varint() : 0) + 1;
  std::string value;
  AppendVarint(value, next);
  transaction.Put(Family::kMeta, counter, value);
  transaction.Put(Family::kMeta, key, value);
  return TenantId(static_cast<std::uint32_t>(next));
}

}  // namespace

StatusOr<std::string> CreateApiKey(Store& store, std::string_view tenant_name) {
  if (tenant_name.empty() || tenant_name.size() > 64) {
    return InvalidArgumentError("a tenant name has 1 to 64 bytes",
                                "BAD_TENANT_NAME");
  }
  CAIRN_ASSIGN_OR_RETURN(const std::string id, RandomHex(kIdBytes));
  CAIRN_ASSIGN_OR_RETURN(const std::string secret, RandomHex(kSecretBytes));
  const auto committed = store.Commit([&](Transaction& transaction) -> Status {
    CAIRN_ASSIGN_OR_RETURN(const TenantId tenant,
                           FindOrMakeTenant(transaction, tenant_name));
    const StoredKey key{
        .info = {.id = id,
                 .tenant_name = std::string(tenant_name),
                 .tenant = tenant,
                 .create_time_micros = store.clock().NowMicros()},
        .secret_sha256 = Sha256Hex(secret)};
    transaction.Put(Family::kMeta, MetaKey(kStoreScope, MetaKind::kApiKey, id),
                    Encode(key));
    return OkStatus();
  });
  CAIRN_RETURN_IF_ERROR(committed.status());
  return std::string(kMark) + id + "." + secret;
}

Status DeleteApiKey(Store& store, std::string_view id) {
  return store
      .Commit([&](Transaction& transaction) -> Status {
        const std::string key = MetaKey(kStoreScope, MetaKind::kApiKey, id);
        CAIRN_ASSIGN_OR_RETURN(const auto found,
                               transaction.before().Get(Family::kMeta, key));
        if (!found) {
          return NotFoundError("API key " + std::string(id) + " does not exist",
                               "API_KEY_NOT_FOUND");
        }
        transaction.Delete(Family::kMeta, key);
        return OkStatus();
      })
      .status();
}

StatusOr<std::vector<ApiKeyInfo>> ListApiKeys(const StoreReader& reader) {
  std::vector<ApiKeyInfo> keys;
  Status problem;
  CAIRN_RETURN_IF_ERROR(
      reader.Scan(Family::kMeta, MetaKey(kStoreScope, MetaKind::kApiKey), {},
                  [&](std::string_view, std::string_view value) {
                    auto key = Decode(value);
                    if (!key.ok()) {
                      problem = key.status();
                      return false;
                    }
                    keys.push_back(std::move(key->info));
                    return true;
                  }));
  CAIRN_RETURN_IF_ERROR(problem);
  return keys;
}

StatusOr<ApiKeyInfo> CheckApiKey(const StoreReader& reader,
                                 std::string_view key) {
  const std::size_t dot = key.find('.');
  if (key.substr(0, kMark.size()) != kMark || dot == std::string_view::npos) {
    return BadKey();
  }
  const std::string_view id = key.substr(kMark.size(), dot - kMark.size());
  CAIRN_ASSIGN_OR_RETURN(
      const auto stored,
      reader.Get(Family::kMeta, MetaKey(kStoreScope, MetaKind::kApiKey, id)));
  if (!stored) return BadKey();
  CAIRN_ASSIGN_OR_RETURN(StoredKey found, Decode(*stored));
  const std::string given = Sha256Hex(key.substr(dot + 1));
  if (given.size() != found.secret_sha256.size() ||
      CRYPTO_memcmp(given.data(), found.secret_sha256.data(), given.size()) !=
          0) {
    return BadKey();
  }
  return std::move(found.info);
}

}  // namespace cairn
