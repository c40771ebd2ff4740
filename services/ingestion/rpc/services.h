// The gRPC services of the ingestion side, as the server registers them.
#pragma once

#include <memory>

namespace grpc {
class Service;
}

namespace cairn {

class Store;
struct IngestionRpc;

std::unique_ptr<grpc::Service> MakeCollectionService(IngestionRpc* rpc);
std::unique_ptr<grpc::Service> MakeDocumentService(IngestionRpc* rpc);
std::unique_ptr<grpc::Service> MakeOperationsService(IngestionRpc* rpc);

// Marks jobs that an earlier process left running as interrupted. Called once
// at the start of a server.
void MarkInterruptedJobs(Store& store);

}  // namespace cairn
