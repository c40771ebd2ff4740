// ApiKeyAuthenticator: the tenant of the API key that a call carries, as
// "authorization: Bearer cairn_..." or "x-api-key: cairn_...".
//
// Place: the engine uses it when keys are required, else OpenAuthenticator.
// Threads: safe. A deleted key is refused from the next call on.
// Errors: UNAUTHENTICATED, the same for every reason.
#pragma once

#include "base/status.h"
#include "services/rpc/call.h"
#include "storage/store.h"

namespace cairn {

class ApiKeyAuthenticator final : public Authenticator {
 public:
  // The store outlives the authenticator.
  explicit ApiKeyAuthenticator(const Store& store) : store_(store) {}
  StatusOr<TenantId> TenantOf(
      const grpc::CallbackServerContext& context) const override;

 private:
  const Store& store_;
};

}  // namespace cairn
