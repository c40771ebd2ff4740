// The RPCs of the ingestion side, one function each: check, convert, call the
// core or the store, convert back.
//
// Place: *_service.cc hands requests here on a thread of the executor. What a
// stream needs beyond that stands in a reactor of its own.
// Threads: safe. Errors: as each RPC's comment in proto/ says.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/status.h"
#include "services/ingestion/ingestion_core.h"
#include "services/rpc/call.h"

namespace google::longrunning {
class GetOperationRequest;
class ListOperationsRequest;
class ListOperationsResponse;
class Operation;
}  // namespace google::longrunning

namespace cairn {

namespace v1 {
class BatchDeleteDocumentsRequest;
class BatchDeleteDocumentsResponse;
class Collection;
class CreateCollectionRequest;
class DeleteCollectionRequest;
class DeleteDocumentRequest;
class DeleteDocumentResponse;
class Document;
class DownloadDocumentTextRequest;
class GetCollectionRequest;
class GetDocumentRequest;
class ImportDocumentsRequest;
class ListCollectionsRequest;
class ListCollectionsResponse;
class ListDocumentsRequest;
class ListDocumentsResponse;
class UploadDocumentResponse;
}  // namespace v1

// What the handlers work on; all of it outlives every call.
struct IngestionRpc {
  RpcRuntime runtime;
  Store* store = nullptr;
  IngestionCore* core = nullptr;
  // Uploads in flight, all clients together: over this, RESOURCE_EXHAUSTED.
  std::uint64_t upload_bytes_max = std::uint64_t{512} << 20;
  std::atomic<std::uint64_t> upload_bytes = 0;
};

// Collections.
Status CreateCollectionRpc(IngestionRpc& rpc, const Call& call,
                           const v1::CreateCollectionRequest& request,
                           v1::Collection* reply);
Status GetCollectionRpc(IngestionRpc& rpc, const Call& call,
                        const v1::GetCollectionRequest& request,
                        v1::Collection* reply);
Status ListCollectionsRpc(IngestionRpc& rpc, const Call& call,
                          const v1::ListCollectionsRequest& request,
                          v1::ListCollectionsResponse* reply);
Status DeleteCollectionRpc(IngestionRpc& rpc, const Call& call,
                           const v1::DeleteCollectionRequest& request);

// Documents.
Status GetDocumentRpc(IngestionRpc& rpc, const Call& call,
                      const v1::GetDocumentRequest& request,
                      v1::Document* reply);
Status ListDocumentsRpc(IngestionRpc& rpc, const Call& call,
                        const v1::ListDocumentsRequest& request,
                        v1::ListDocumentsResponse* reply);
Status DeleteDocumentRpc(IngestionRpc& rpc, const Call& call,
                         const v1::DeleteDocumentRequest& request,
                         v1::DeleteDocumentResponse* reply);
Status BatchDeleteDocumentsRpc(IngestionRpc& rpc, const Call& call,
                               const v1::BatchDeleteDocumentsRequest& request,
                               v1::BatchDeleteDocumentsResponse* reply);
StatusOr<std::string> DownloadTextRpc(
    IngestionRpc& rpc, const Call& call,
    const v1::DownloadDocumentTextRequest& request);
void FillUploadReply(const IngestResult& result, const std::string& collection,
                     v1::UploadDocumentResponse* reply);
// Makes the collection `default` when it is absent and asked for.
Status EnsureDefaultCollection(IngestionRpc& rpc, TenantId tenant,
                               const std::string& collection);

// Imports and their operations.
Status ImportDocumentsRpc(IngestionRpc& rpc, const Call& call,
                          const v1::ImportDocumentsRequest& request,
                          google::longrunning::Operation* reply);
Status GetOperationRpc(IngestionRpc& rpc, const Call& call,
                       const google::longrunning::GetOperationRequest& request,
                       google::longrunning::Operation* reply);
Status ListOperationsRpc(
    IngestionRpc& rpc, const Call& call,
    const google::longrunning::ListOperationsRequest& request,
    google::longrunning::ListOperationsResponse* reply);

}  // namespace cairn
