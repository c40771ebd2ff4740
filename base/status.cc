#include "base/status.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/string_view.h"

namespace cairn {
namespace {

constexpr char kReasonUrl[] = "cairn.v1/reason";
constexpr char kFieldUrl[] = "cairn.v1/field";

absl::string_view ToAbsl(std::string_view text) {
  return absl::string_view(text.data(), text.size());
}

}  // namespace

Status MakeError(StatusCode code, std::string_view message,
                 std::string_view reason) {
  Status status(code, ToAbsl(message));
  if (!reason.empty() && !status.ok()) {
    status.SetPayload(kReasonUrl, absl::Cord(ToAbsl(reason)));
  }
  return status;
}

#define CAIRN_DEFINE_ERROR_(Name, code)                            \
  Status Name(std::string_view message, std::string_view reason) { \
    return MakeError(StatusCode::code, message, reason);           \
  }
CAIRN_DEFINE_ERROR_(InvalidArgumentError, kInvalidArgument)
CAIRN_DEFINE_ERROR_(NotFoundError, kNotFound)
CAIRN_DEFINE_ERROR_(AlreadyExistsError, kAlreadyExists)
CAIRN_DEFINE_ERROR_(FailedPreconditionError, kFailedPrecondition)
CAIRN_DEFINE_ERROR_(ResourceExhaustedError, kResourceExhausted)
CAIRN_DEFINE_ERROR_(DeadlineExceededError, kDeadlineExceeded)
CAIRN_DEFINE_ERROR_(CancelledError, kCancelled)
CAIRN_DEFINE_ERROR_(AbortedError, kAborted)
CAIRN_DEFINE_ERROR_(UnavailableError, kUnavailable)
CAIRN_DEFINE_ERROR_(DataLossError, kDataLoss)
CAIRN_DEFINE_ERROR_(InternalError, kInternal)
CAIRN_DEFINE_ERROR_(UnimplementedError, kUnimplemented)
CAIRN_DEFINE_ERROR_(PermissionDeniedError, kPermissionDenied)
CAIRN_DEFINE_ERROR_(UnauthenticatedError, kUnauthenticated)
#undef CAIRN_DEFINE_ERROR_

Status InvalidFieldError(std::string_view field, std::string_view description) {
  std::string message(field);
  message.append(": ").append(description);
  Status status = InvalidArgumentError(message, "INVALID_FIELD");
  status.SetPayload(kFieldUrl, absl::Cord(ToAbsl(field)));
  return status;
}

std::string FieldOf(const Status& status) {
  const auto payload = status.GetPayload(kFieldUrl);
  return payload ? std::string(*payload) : std::string();
}

std::string ReasonOf(const Status& status) {
  const auto payload = status.GetPayload(kReasonUrl);
  return payload ? std::string(*payload) : std::string();
}

std::string MessageOf(const Status& status) {
  const auto message = status.message();
  return std::string(message.data(), message.size());
}

Status Annotate(const Status& status, std::string_view context) {
  if (status.ok()) return status;
  std::string text(context);
  text += ": ";
  text += MessageOf(status);
  Status annotated = MakeError(status.code(), text, ReasonOf(status));
  if (const auto field = status.GetPayload(kFieldUrl)) {
    annotated.SetPayload(kFieldUrl, *field);
  }
  return annotated;
}

}  // namespace cairn
