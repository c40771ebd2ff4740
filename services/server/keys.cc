#include "services/server/keys.h"

#include <memory>
#include <utility>

#include "storage/credentials.h"
#include "storage/store.h"

namespace cairn {

StatusOr<std::string> CreateKey(const std::string& data_folder,
                                const std::string& tenant) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                         Store::Open(data_folder, StoreOptions()));
  return CreateApiKey(*store, tenant);
}

StatusOr<std::vector<KeyInfo>> ListKeys(const std::string& data_folder) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                         Store::Open(data_folder, {.create = false}));
  CAIRN_ASSIGN_OR_RETURN(const auto stored, ListApiKeys(*store->Pin()));
  std::vector<KeyInfo> keys;
  for (const ApiKeyInfo& key : stored) {
    keys.push_back({.id = key.id,
                    .tenant = key.tenant_name,
                    .create_time_micros = key.create_time_micros});
  }
  return keys;
}

Status DeleteKey(const std::string& data_folder, const std::string& id) {
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Store> store,
                         Store::Open(data_folder, {.create = false}));
  return DeleteApiKey(*store, id);
}

}  // namespace cairn
