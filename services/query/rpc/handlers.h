// The RPCs of the query side, one function each: check, convert, call the core
// or the entity reader, convert back.
//
// Threads: safe. Errors: as each RPC's comment in proto/ says.
#pragma once

#include <string>

#include "base/status.h"
#include "services/query/query_service.h"
#include "services/rpc/call.h"

namespace cairn {

namespace v1 {
class Entity;
class FindPathsRequest;
class FindPathsResponse;
class GetEntityRequest;
class ListChunksRequest;
class ListChunksResponse;
class ListEntitiesRequest;
class ListEntitiesResponse;
class ListMentionsRequest;
class ListMentionsResponse;
class ListNeighborsRequest;
class ListNeighborsResponse;
class LookupEntitiesRequest;
class LookupEntitiesResponse;
class RetrieveRequest;
class RetrieveResponse;
class RunTablePlanRequest;
class RunTablePlanResponse;
}  // namespace v1

// What the handlers work on; all of it outlives every call.
struct QueryRpc {
  RpcRuntime runtime;
  Store* store = nullptr;
  QueryCore* core = nullptr;
};

Status RetrieveRpc(QueryRpc& rpc, const Call& call,
                   const v1::RetrieveRequest& request,
                   v1::RetrieveResponse* reply);

Status RunTablePlanRpc(QueryRpc& rpc, const Call& call,
                       const v1::RunTablePlanRequest& request,
                       v1::RunTablePlanResponse* reply);

Status LookupEntitiesRpc(QueryRpc& rpc, const Call& call,
                         const v1::LookupEntitiesRequest& request,
                         v1::LookupEntitiesResponse* reply);
Status GetEntityRpc(QueryRpc& rpc, const Call& call,
                    const v1::GetEntityRequest& request, v1::Entity* reply);
Status ListMentionsRpc(QueryRpc& rpc, const Call& call,
                       const v1::ListMentionsRequest& request,
                       v1::ListMentionsResponse* reply);
Status ListNeighborsRpc(QueryRpc& rpc, const Call& call,
                        const v1::ListNeighborsRequest& request,
                        v1::ListNeighborsResponse* reply);
Status ListEntitiesRpc(QueryRpc& rpc, const Call& call,
                       const v1::ListEntitiesRequest& request,
                       v1::ListEntitiesResponse* reply);
Status ListChunksRpc(QueryRpc& rpc, const Call& call,
                     const v1::ListChunksRequest& request,
                     v1::ListChunksResponse* reply);
Status FindPathsRpc(QueryRpc& rpc, const Call& call,
                    const v1::FindPathsRequest& request,
                    v1::FindPathsResponse* reply);

}  // namespace cairn
