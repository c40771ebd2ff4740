// Status and StatusOr: how every fallible function of Cairn reports failure.
//
// Place: the lowest header of the tree; everything may include it. It wraps
// absl::Status so that the rest of the tree speaks std::string_view (Debian
// 12's Abseil has a string_view of its own) and so that errors carry a stable
// machine-readable reason beside the text.
// Threads: values; no shared state.
// Errors: the codes are gRPC's. A message says what failed, where, and what
// the user can do; add the "where" with Annotate at the level that knows it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace cairn {

using Status = absl::Status;
using StatusCode = absl::StatusCode;
template <typename T>
using StatusOr = absl::StatusOr<T>;

inline Status OkStatus() { return absl::OkStatus(); }

// `reason` is an UPPER_SNAKE_CASE constant that scripts may match; it becomes
// ErrorInfo.reason over gRPC. Empty: none.
Status MakeError(StatusCode code, std::string_view message,
                 std::string_view reason = {});

Status InvalidArgumentError(std::string_view message,
                            std::string_view reason = {});
Status NotFoundError(std::string_view message, std::string_view reason = {});
Status AlreadyExistsError(std::string_view message,
                          std::string_view reason = {});
Status FailedPreconditionError(std::string_view message,
                               std::string_view reason = {});
Status ResourceExhaustedError(std::string_view message,
                              std::string_view reason = {});
Status DeadlineExceededError(std::string_view message,
                             std::string_view reason = {});
Status CancelledError(std::string_view message, std::string_view reason = {});
Status AbortedError(std::string_view message, std::string_view reason = {});
Status UnavailableError(std::string_view message, std::string_view reason = {});
Status DataLossError(std::string_view message, std::string_view reason = {});
Status InternalError(std::string_view message, std::string_view reason = {});
Status UnimplementedError(std::string_view message,
                          std::string_view reason = {});
Status PermissionDeniedError(std::string_view message,
                             std::string_view reason = {});
Status UnauthenticatedError(std::string_view message,
                            std::string_view reason = {});

// INVALID_ARGUMENT "field: description", reason INVALID_FIELD. `field` is the
// path of a request field; it becomes a BadRequest violation over gRPC.
Status InvalidFieldError(std::string_view field, std::string_view description);

// The field given to InvalidFieldError; empty when there is none.
std::string FieldOf(const Status& status);

// The reason given to MakeError; empty when there is none.
std::string ReasonOf(const Status& status);

// The message as a standard string.
std::string MessageOf(const Status& status);

// "context: message", same code and reason. OK stays OK.
Status Annotate(const Status& status, std::string_view context);

}  // namespace cairn

#define CAIRN_CONCAT_INNER_(a, b) a##b
#define CAIRN_CONCAT_(a, b) CAIRN_CONCAT_INNER_(a, b)

#define CAIRN_RETURN_IF_ERROR(expr)                                    \
  do {                                                                 \
    if (::cairn::Status cairn_status_ = (expr); !cairn_status_.ok()) { \
      return cairn_status_;                                            \
    }                                                                  \
  } while (false)

#define CAIRN_ASSIGN_OR_RETURN_INNER_(tmp, lhs, expr) \
  auto tmp = (expr);                                  \
  if (!tmp.ok()) return std::move(tmp).status();      \
  lhs = std::move(tmp).value()

// CAIRN_ASSIGN_OR_RETURN(auto x, Make()); leaves on error, else assigns.
#define CAIRN_ASSIGN_OR_RETURN(lhs, expr)                                      \
  CAIRN_ASSIGN_OR_RETURN_INNER_(CAIRN_CONCAT_(cairn_statusor_, __LINE__), lhs, \
                                expr)
