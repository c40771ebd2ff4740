#include "services/rpc/call.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "services/convert/status.h"

namespace cairn {
namespace {

// Left for the reply to travel.
constexpr std::chrono::milliseconds kMargin(5);

Deadline DeadlineOf(const RpcRuntime& runtime,
                    const grpc::CallbackServerContext& context) {
  using std::chrono::system_clock;
  const auto wanted = context.deadline();
  std::chrono::nanoseconds left = runtime.deadline_default;
  if (wanted != system_clock::time_point::max()) {
    const auto now = system_clock::now();
    // A client may ask for centuries; the difference must not overflow.
    if (wanted < now + runtime.deadline_default) left = wanted - now - kMargin;
  }
  return Deadline::After(std::max(left, std::chrono::nanoseconds(0)));
}

class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(const RpcRuntime& runtime, grpc::CallbackServerContext* context,
            UnaryWork work) {
    const Status submitted = SubmitTo(
        *runtime.executor, [this, runtime, context, work = std::move(work)] {
          Finish(ToGrpc(Guard([&] { return Run(runtime, *context, work); })));
        });
    if (!submitted.ok()) Finish(ToGrpc(submitted));
  }

 private:
  Status Run(const RpcRuntime& runtime,
             const grpc::CallbackServerContext& context,
             const UnaryWork& work) {
    CAIRN_ASSIGN_OR_RETURN(Call call, MakeCall(runtime, context));
    call.cancelled = [this] { return cancelled_.load(); };
    CAIRN_RETURN_IF_ERROR(CheckWanted(call));
    return work(call);
  }
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  std::atomic<bool> cancelled_ = false;
};

}  // namespace

StatusOr<Call> MakeCall(const RpcRuntime& runtime,
                        const grpc::CallbackServerContext& context) {
  Call call;
  CAIRN_ASSIGN_OR_RETURN(call.tenant, runtime.authenticator->TenantOf(context));
  call.deadline = DeadlineOf(runtime, context);
  return call;
}

Status CheckWanted(const Call& call) {
  if (call.cancelled && call.cancelled()) {
    return CancelledError("the client went away");
  }
  if (call.deadline.expired()) {
    return DeadlineExceededError("the deadline passed before work began");
  }
  return OkStatus();
}

Status Guard(const std::function<Status()>& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return ResourceExhaustedError("out of memory", "OUT_OF_MEMORY");
  } catch (const std::exception& error) {
    return InternalError(std::string("unexpected: ") + error.what(),
                         "UNEXPECTED_EXCEPTION");
  } catch (...) {
    return InternalError("unexpected exception", "UNEXPECTED_EXCEPTION");
  }
}

grpc::ServerUnaryReactor* RunUnary(const RpcRuntime& runtime,
                                   grpc::CallbackServerContext* context,
                                   UnaryWork work) {
  return new UnaryCall(runtime, context, std::move(work));
}

Status SubmitTo(Executor& executor, std::function<void()> task) {
  const Status status = executor.Submit(std::move(task));
  if (status.code() != StatusCode::kResourceExhausted) return status;
  return ResourceExhaustedError(
      "the server has as much work as it takes; try again in a moment",
      "SERVER_BUSY");
}

}  // namespace cairn
