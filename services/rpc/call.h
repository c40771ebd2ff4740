// Call: what a handler knows of who asks and how long they wait; RunUnary: the
// one way a unary request goes from gRPC's threads to a bounded executor.
//
// Place: the handlers of both services and of the server.
// Threads: a work function runs on a thread of the executor, once.
// Errors: a full executor is RESOURCE_EXHAUSTED (SERVER_BUSY); an exception of
// a library becomes INTERNAL here and nowhere else.
#pragma once

#include <chrono>
#include <functional>

#include "base/clock.h"
#include "base/executor.h"
#include "base/limits.h"
#include "base/status.h"
#include "domain/ids.h"

namespace grpc {
class CallbackServerContext;
class ServerUnaryReactor;
}  // namespace grpc

namespace cairn {

// Who is it? The tenant comes from the credential, never from a request field.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  // UNAUTHENTICATED without saying why. Threads: safe.
  virtual StatusOr<TenantId> TenantOf(
      const grpc::CallbackServerContext& context) const = 0;
};

// Everybody is the tenant `local`.
class OpenAuthenticator final : public Authenticator {
 public:
  StatusOr<TenantId> TenantOf(
      const grpc::CallbackServerContext&) const override {
    return TenantId(0);
  }
};

struct RpcRuntime {
  Executor* executor = nullptr;  // Both outlive every call.
  const Authenticator* authenticator = nullptr;
  Limits limits;
  // For clients that set no deadline.
  std::chrono::milliseconds deadline_default{600'000};
};

struct Call {
  TenantId tenant;
  Deadline deadline = Deadline::Infinite();
  std::function<bool()> cancelled;  // The client is gone.
};

// UNAUTHENTICATED; else who and until when. `cancelled` is left to the caller.
StatusOr<Call> MakeCall(const RpcRuntime& runtime,
                        const grpc::CallbackServerContext& context);

// CANCELLED or DEADLINE_EXCEEDED when nobody waits any more.
Status CheckWanted(const Call& call);

// Runs `work`; what it throws becomes INTERNAL.
Status Guard(const std::function<Status()>& work);

using UnaryWork = std::function<Status(const Call&)>;
grpc::ServerUnaryReactor* RunUnary(const RpcRuntime& runtime,
                                   grpc::CallbackServerContext* context,
                                   UnaryWork work);

// Hands a task to the executor; a full queue is told as SERVER_BUSY.
Status SubmitTo(Executor& executor, std::function<void()> task);

}  // namespace cairn
