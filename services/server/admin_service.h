// AdminService: how the server is, and whether its records are sound.
//
// Place: registered beside the other services in every role.
// Threads: safe. Errors: NOT_FOUND (collection), those of Store::CopyTo; damage
// is a reply, no error.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/status.h"
#include "services/rpc/call.h"
#include "storage/store.h"

namespace grpc {
class Service;
}

namespace cairn {

namespace v1 {
class GetStatusRequest;
class GetStatusResponse;
class VerifyRequest;
class VerifyResponse;
class CreateBackupRequest;
class CreateBackupResponse;
}  // namespace v1

// What the handlers work on; all of it outlives every call.
struct AdminRpc {
  RpcRuntime runtime;
  Store* store = nullptr;
  std::string embedder;
  std::string generator;
  std::string reranker;  // Empty: none.
  std::function<std::uint64_t()> queued_requests;
  Stopwatch since_start;
};

Status GetStatusRpc(AdminRpc& rpc, const Call& call,
                    const v1::GetStatusRequest& request,
                    v1::GetStatusResponse* reply);
Status VerifyRpc(AdminRpc& rpc, const Call& call,
                 const v1::VerifyRequest& request, v1::VerifyResponse* reply);

Status CreateBackupRpc(AdminRpc& rpc, const Call& call,
                       const v1::CreateBackupRequest& request,
                       v1::CreateBackupResponse* reply);

std::unique_ptr<grpc::Service> MakeAdminService(AdminRpc* rpc);

// "0.1.0".
const char* ProgramVersion();

}  // namespace cairn
