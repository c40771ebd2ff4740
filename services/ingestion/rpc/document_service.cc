// DocumentService: the unary RPCs by their functions, the streams by reactors.
#include <cairn/v1/document_service.grpc.pb.h>

#include <algorithm>
#include <utility>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/convert/status.h"
#include "services/ingestion/rpc/handlers.h"
#include "services/ingestion/rpc/services.h"

namespace cairn {
namespace {

constexpr std::size_t kDownloadBytes = 256 << 10;

// Gathers an upload's bytes, then hands the document to the core. Everything
// up to there is cheap and runs on gRPC's thread.
class UploadCall final
    : public grpc::ServerReadReactor<v1::UploadDocumentRequest> {
 public:
  UploadCall(IngestionRpc& rpc, grpc::CallbackServerContext* context,
             v1::UploadDocumentResponse* reply)
      : rpc_(rpc), context_(context), reply_(reply) {
    StartRead(&message_);
  }

 private:
  void OnReadDone(bool ok) override {
    const Status status = Guard([&] { return ok ? Take() : Submit(); });
    if (!status.ok()) {
      Finish(ToGrpc(status));
    } else if (ok) {
      StartRead(&message_);
    }
  }
  void OnDone() override {
    rpc_.upload_bytes -= counted_;
    delete this;
  }

  Status Take() {
    if (message_.has_metadata()) return TakeMetadata(message_.metadata());
    if (!begun_) {
      return InvalidFieldError("metadata", "must come before data");
    }
    const std::string& data = message_.data();
    CAIRN_RETURN_IF_ERROR(CheckSize(source_.bytes.size() + data.size()));
    counted_ += data.size();
    if ((rpc_.upload_bytes += data.size()) > rpc_.upload_bytes_max) {
      return ResourceExhaustedError(
          "too many uploads at once; try again in a moment", "SERVER_BUSY");
    }
    source_.bytes += data;
    return OkStatus();
  }

  Status TakeMetadata(const v1::UploadMetadata& metadata) {
    if (begun_) {
      return InvalidFieldError("metadata", "may come only once, at first");
    }
    // Before the bytes: a stranger must not fill the upload budget.
    CAIRN_RETURN_IF_ERROR(MakeCall(rpc_.runtime, *context_).status());
    CAIRN_ASSIGN_OR_RETURN(collection_,
                           ParseCollectionName(metadata.parent(), "parent"));
    CAIRN_ASSIGN_OR_RETURN(source_, FromProto(metadata, rpc_.runtime.limits));
    announced_bytes_ = metadata.size_bytes();
    CAIRN_RETURN_IF_ERROR(CheckSize(announced_bytes_));
    reply_->set_request_id(metadata.request_id());
    // Else it would be copied whenever it grows, and end with twice the room.
    source_.bytes.reserve(announced_bytes_);
    begun_ = true;
    return OkStatus();
  }

  Status CheckSize(std::uint64_t bytes) const {
    const std::uint64_t most = rpc_.runtime.limits.document_bytes_max;
    if (bytes <= most) return OkStatus();
    return InvalidArgumentError("document " + source_.id + " is larger than " +
                                    std::to_string(most) + " bytes; split it",
                                "DOCUMENT_TOO_LARGE");
  }

  Status Submit() {
    if (!begun_) return InvalidFieldError("metadata", "is missing");
    // A client that died looks like one that is done until gRPC notices.
    if (source_.bytes.size() < announced_bytes_) {
      return InvalidArgumentError(
          "document " + source_.id + ": the upload ended after " +
              std::to_string(source_.bytes.size()) + " of " +
              std::to_string(announced_bytes_) + " bytes",
          "UPLOAD_INCOMPLETE");
    }
    return SubmitTo(*rpc_.runtime.executor, [this] {
      const Status status = Guard([&] { return Ingest(); });
      if (!status.ok()) Finish(ToGrpc(status));
    });
  }

  Status Ingest() {
    CAIRN_ASSIGN_OR_RETURN(const Call call, MakeCall(rpc_.runtime, *context_));
    CAIRN_RETURN_IF_ERROR(CheckWanted(call));
    if (context_->IsCancelled()) return CancelledError("the client went away");
    CAIRN_RETURN_IF_ERROR(
        EnsureDefaultCollection(rpc_, call.tenant, collection_));
    rpc_.core->IngestAsync(call.tenant, collection_, std::move(source_),
                           [this](StatusOr<IngestResult> result) {
                             if (result.ok()) {
                               FillUploadReply(*result, collection_, reply_);
                             }
                             Finish(ToGrpc(result.status()));
                           });
    return OkStatus();
  }

  IngestionRpc& rpc_;
  grpc::CallbackServerContext* const context_;
  v1::UploadDocumentResponse* const reply_;
  v1::UploadDocumentRequest message_;
  bool begun_ = false;
  std::string collection_;
  DocumentSource source_;
  std::uint64_t announced_bytes_ = 0;  // 0: not told.
  std::uint64_t counted_ = 0;
};

class DownloadCall final
    : public grpc::ServerWriteReactor<v1::DownloadDocumentTextResponse> {
 public:
  DownloadCall(IngestionRpc& rpc, grpc::CallbackServerContext* context,
               const v1::DownloadDocumentTextRequest* request) {
    const Status submitted =
        SubmitTo(*rpc.runtime.executor, [this, &rpc, context, request] {
          const Status status = Guard([&]() -> Status {
            CAIRN_ASSIGN_OR_RETURN(const Call call,
                                   MakeCall(rpc.runtime, *context));
            CAIRN_ASSIGN_OR_RETURN(text_, DownloadTextRpc(rpc, call, *request));
            return OkStatus();
          });
          if (status.ok()) {
            SendNext();
          } else {
            Finish(ToGrpc(status));
          }
        });
    if (!submitted.ok()) Finish(ToGrpc(submitted));
  }

 private:
  void SendNext() {
    if (sent_ >= text_.size()) {
      Finish(grpc::Status::OK);
      return;
    }
    message_.set_data(text_.substr(sent_, kDownloadBytes));
    sent_ += message_.data().size();
    StartWrite(&message_);
  }
  void OnWriteDone(bool ok) override {
    if (ok) {
      SendNext();
    } else {
      Finish(ToGrpc(CancelledError("the client went away")));
    }
  }
  void OnDone() override { delete this; }

  std::string text_;
  std::size_t sent_ = 0;
  v1::DownloadDocumentTextResponse message_;
};

class DocumentService final : public v1::DocumentService::CallbackService {
 public:
  explicit DocumentService(IngestionRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerReadReactor<v1::UploadDocumentRequest>* UploadDocument(
      grpc::CallbackServerContext* context,
      v1::UploadDocumentResponse* reply) override {
    return new UploadCall(rpc_, context, reply);
  }
  grpc::ServerWriteReactor<v1::DownloadDocumentTextResponse>*
  DownloadDocumentText(
      grpc::CallbackServerContext* context,
      const v1::DownloadDocumentTextRequest* request) override {
    return new DownloadCall(rpc_, context, request);
  }
  grpc::ServerUnaryReactor* ImportDocuments(
      grpc::CallbackServerContext* context,
      const v1::ImportDocumentsRequest* request,
      google::longrunning::Operation* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ImportDocumentsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* GetDocument(grpc::CallbackServerContext* context,
                                        const v1::GetDocumentRequest* request,
                                        v1::Document* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return GetDocumentRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListDocuments(
      grpc::CallbackServerContext* context,
      const v1::ListDocumentsRequest* request,
      v1::ListDocumentsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListDocumentsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* DeleteDocument(
      grpc::CallbackServerContext* context,
      const v1::DeleteDocumentRequest* request,
      v1::DeleteDocumentResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return DeleteDocumentRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* BatchDeleteDocuments(
      grpc::CallbackServerContext* context,
      const v1::BatchDeleteDocumentsRequest* request,
      v1::BatchDeleteDocumentsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return BatchDeleteDocumentsRpc(rpc_, call, *request, reply);
    });
  }

  IngestionRpc& rpc_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeDocumentService(IngestionRpc* rpc) {
  return std::make_unique<DocumentService>(rpc);
}

}  // namespace cairn
