#include "services/convert/status.h"

#include <google/rpc/error_details.pb.h>
#include <google/rpc/status.pb.h>
#include <grpcpp/support/status.h>

#include <string>
#include <string_view>

namespace cairn {
namespace {

constexpr char kDomain[] = "cairn";

const char* CodeName(StatusCode code) {
  switch (code) {
    case StatusCode::kOk:
      return "OK";
    case StatusCode::kCancelled:
      return "CANCELLED";
    case StatusCode::kInvalidArgument:
      return "INVALID_ARGUMENT";
    case StatusCode::kDeadlineExceeded:
      return "DEADLINE_EXCEEDED";
    case StatusCode::kNotFound:
      return "NOT_FOUND";
    case StatusCode::kAlreadyExists:
      return "ALREADY_EXISTS";
    case StatusCode::kPermissionDenied:
      return "PERMISSION_DENIED";
    case StatusCode::kResourceExhausted:
      return "RESOURCE_EXHAUSTED";
    case StatusCode::kFailedPrecondition:
      return "FAILED_PRECONDITION";
    case StatusCode::kAborted:
      return "ABORTED";
    case StatusCode::kOutOfRange:
      return "OUT_OF_RANGE";
    case StatusCode::kUnimplemented:
      return "UNIMPLEMENTED";
    case StatusCode::kInternal:
      return "INTERNAL";
    case StatusCode::kUnavailable:
      return "UNAVAILABLE";
    case StatusCode::kDataLoss:
      return "DATA_LOSS";
    case StatusCode::kUnauthenticated:
      return "UNAUTHENTICATED";
    default:
      return "UNKNOWN";
  }
}

// Bytes of the UTF-8 character at `at`; 0: none stands there.
std::size_t CharacterBytes(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t size = lead < 0x80                   ? 1
                           : lead >= 0xc2 && lead < 0xe0 ? 2
                           : lead >= 0xe0 && lead < 0xf0 ? 3
                           : lead >= 0xf0 && lead < 0xf5 ? 4
                                                         : 0;
  if (size == 0 || at + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
  }
  return size;
}

// A message may quote bytes of an input; the wire wants UTF-8.
std::string Printable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = CharacterBytes(text, at);
    const bool control =
        static_cast<unsigned char>(text[at]) < 0x20 && text[at] != '\n';
    if (size == 0 || control) {
      out += '?';
      ++at;
    } else {
      out.append(text, at, size);
      at += size;
    }
  }
  return out;
}

}  // namespace

void ToProto(const Status& status, google::rpc::Status* out) {
  out->set_code(static_cast<int>(status.code()));
  if (status.ok()) return;
  out->set_message(Printable(MessageOf(status)));
  google::rpc::ErrorInfo info;
  const std::string reason = ReasonOf(status);
  info.set_reason(reason.empty() ? CodeName(status.code()) : reason);
  info.set_domain(kDomain);
  out->add_details()->PackFrom(info);
  if (const std::string field = FieldOf(status); !field.empty()) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description(out->message());
    out->add_details()->PackFrom(bad);
  }
  if (status.code() == StatusCode::kResourceExhausted) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(1);
    out->add_details()->PackFrom(retry);
  }
}

Status FromProto(const google::rpc::Status& status) {
  if (status.code() == 0) return OkStatus();
  std::string reason;
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info)) reason = info.reason();
    google::rpc::BadRequest bad;
    if (detail.UnpackTo(&bad) && bad.field_violations_size() > 0) {
      const std::string& field = bad.field_violations(0).field();
      std::string_view text = status.message();
      const std::string head = field + ": ";
      if (text.substr(0, head.size()) == head) text.remove_prefix(head.size());
      return InvalidFieldError(field, text);
    }
  }
  const auto code = static_cast<StatusCode>(status.code());
  return MakeError(code, status.message(),
                   reason == CodeName(code) ? std::string() : reason);
}

grpc::Status ToGrpc(const Status& status) {
  if (status.ok()) return grpc::Status::OK;
  google::rpc::Status details;
  ToProto(status, &details);
  return grpc::Status(static_cast<grpc::StatusCode>(details.code()),
                      details.message(), details.SerializeAsString());
}

Status FromGrpc(const grpc::Status& status) {
  if (status.ok()) return OkStatus();
  google::rpc::Status details;
  if (!status.error_details().empty() &&
      details.ParseFromString(status.error_details()) && details.code() != 0) {
    return FromProto(details);
  }
  return MakeError(static_cast<StatusCode>(status.error_code()),
                   status.error_message());
}

}  // namespace cairn
