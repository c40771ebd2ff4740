// API keys: "cairn_<id>.<secret>". Only the SHA-256 of the secret is stored.
//
// Errors: UNAUTHENTICATED for any key that does not fit, without saying why.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "domain/ids.h"
#include "storage/store.h"

namespace cairn {

struct ApiKeyInfo {
  std::string id;
  std::string tenant_name;
  TenantId tenant;
  std::int64_t create_time_micros = 0;
};

// Makes the tenant when it is new. Returns the whole key, shown once.
StatusOr<std::string> CreateApiKey(Store& store, std::string_view tenant_name);
Status DeleteApiKey(Store& store, std::string_view id);
StatusOr<std::vector<ApiKeyInfo>> ListApiKeys(const StoreReader& reader);
// Compares in constant time.
StatusOr<ApiKeyInfo> CheckApiKey(const StoreReader& reader,
                                 std::string_view key);

}  // namespace cairn
