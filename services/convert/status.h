// Status between the core and the wire.
//
// Every error carries google.rpc.ErrorInfo {reason, domain "cairn"}; field
// errors a BadRequest, RESOURCE_EXHAUSTED a RetryInfo. The details travel in
// grpc-status-details-bin, so clients in any language read them.
#pragma once

#include "base/status.h"

namespace google::rpc {
class Status;
}
namespace grpc {
class Status;
}

namespace cairn {

grpc::Status ToGrpc(const Status& status);
// Code, message, reason and field come back.
Status FromGrpc(const grpc::Status& status);

void ToProto(const Status& status, google::rpc::Status* out);
Status FromProto(const google::rpc::Status& status);

}  // namespace cairn
