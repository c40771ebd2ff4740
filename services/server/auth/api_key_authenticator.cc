#include "services/server/auth/api_key_authenticator.h"

#include <grpcpp/server_context.h>

#include <string_view>

#include "storage/credentials.h"

namespace cairn {
namespace {

constexpr std::string_view kBearer = "Bearer ";

std::string_view View(const grpc::string_ref& text) {
  return {text.data(), text.size()};
}

// Empty: none was sent.
std::string_view KeyOf(const grpc::CallbackServerContext& context) {
  const auto& metadata = context.client_metadata();
  if (const auto found = metadata.find("authorization");
      found != metadata.end()) {
    const std::string_view value = View(found->second);
    if (value.substr(0, kBearer.size()) == kBearer) {
      return value.substr(kBearer.size());
    }
  }
  const auto found = metadata.find("x-api-key");
  return found == metadata.end() ? std::string_view() : View(found->second);
}

}  // namespace

StatusOr<TenantId> ApiKeyAuthenticator::TenantOf(
    const grpc::CallbackServerContext& context) const {
  CAIRN_ASSIGN_OR_RETURN(const ApiKeyInfo key,
                         CheckApiKey(*store_.Pin(), KeyOf(context)));
  return key.tenant;
}

}  // namespace cairn
