// The gRPC services of the query side, as the server registers them.
#pragma once

#include <memory>

namespace grpc {
class Service;
}

namespace cairn {

struct QueryRpc;

std::unique_ptr<grpc::Service> MakeQueryService(QueryRpc* rpc);
std::unique_ptr<grpc::Service> MakeEntityService(QueryRpc* rpc);

}  // namespace cairn
