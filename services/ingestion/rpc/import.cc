// ImportDocuments: many small documents as one durable job.
//
// The record is written before the reply, from time to time while documents
// are taken in, and at the end. Documents go in as in UploadDocument, each by
// itself; what is there already is a no-op, so an interrupted import is simply
// sent again.
#include <cairn/v1/document_service.pb.h>
#include <google/longrunning/operations.pb.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

#include "base/coding.h"
#include "base/hash.h"
#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/ingestion/rpc/handlers.h"
#include "services/ingestion/rpc/operation.h"

namespace cairn {
namespace {

constexpr int kDocumentsMax = 1000;
constexpr std::size_t kFailureBytesMax = 4096;
constexpr std::uint64_t kRecordEvery = 100;  // Documents.

// One running import. Kept alive by the callbacks of its documents.
class Import : public std::enable_shared_from_this<Import> {
 public:
  Import(Store& store, JobRecord job) : store_(store), job_(std::move(job)) {}

  void Run(IngestionCore& core, TenantId tenant,
           std::vector<StatusOr<DocumentSource>> sources) {
    for (StatusOr<DocumentSource>& source : sources) {
      if (!source.ok()) {
        Count(source.status());
        continue;
      }
      core.IngestAsync(
          tenant, job_.collection, std::move(source).value(),
          [self = shared_from_this()](const StatusOr<IngestResult>& result) {
            self->Count(result.status());
          });
    }
  }

 private:
  void Count(const Status& status) {
    const std::lock_guard lock(mutex_);
    if (status.ok()) {
      ++job_.documents_done;
    } else {
      ++job_.documents_failed;
      if (job_.error.size() < kFailureBytesMax) {
        job_.error += MessageOf(status) + "\n";
      }
    }
    const std::uint64_t ended = job_.documents_done + job_.documents_failed;
    const bool last = ended == job_.documents_total;
    if (!last && ended % kRecordEvery != 0) return;
    if (last) job_.state = "done";
    job_.update_time_micros = store_.clock().NowMicros();
    // Lost only when the store refuses writes; then the next start marks the
    // job as interrupted.
    (void)PutJob(store_, job_);
  }

  Store& store_;
  std::mutex mutex_;
  JobRecord job_;  // Guarded by mutex_; its collection never changes.
};

std::string MakeJobId(TenantId tenant, const std::string& request_id) {
  if (!request_id.empty()) {
    return "import-" +
           Sha256Hex(std::to_string(tenant.value()) + "/" + request_id)
               .substr(0, 16);
  }
  std::random_device random;
  return "import-" + ToHex64((std::uint64_t{random()} << 32) | random());
}

StatusOr<DocumentSource> SourceOf(const v1::InlineDocument& document,
                                  const Limits& limits) {
  v1::UploadMetadata metadata;
  metadata.set_document_id(document.document_id());
  metadata.set_title(document.title());
  metadata.set_media_type(document.media_type());
  *metadata.mutable_metadata() = document.metadata();
  auto source = FromProto(metadata, limits);
  if (!source.ok()) {
    return Annotate(source.status(), "document " + document.document_id());
  }
  source->bytes = document.data();
  return source;
}

StatusOr<std::vector<StatusOr<DocumentSource>>> SourcesOf(
    const v1::ImportDocumentsRequest& request, const Limits& limits) {
  std::vector<StatusOr<DocumentSource>> sources;
  if (request.has_documents()) {
    if (request.documents().documents_size() > kDocumentsMax) {
      return InvalidFieldError("documents", "has more than 1000 entries");
    }
    for (const auto& document : request.documents().documents()) {
      sources.push_back(SourceOf(document, limits));
    }
  } else if (!request.jsonl().empty()) {
    return UnimplementedError(
        "jsonl is not read by this server; send the documents inline",
        "JSONL_NOT_READ");
  }
  if (sources.empty()) return InvalidFieldError("source", "has no documents");
  return sources;
}

}  // namespace

Status ImportDocumentsRpc(IngestionRpc& rpc, const Call& call,
                          const v1::ImportDocumentsRequest& request,
                          google::longrunning::Operation* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string collection,
                         ParseCollectionName(request.parent(), "parent"));
  CAIRN_RETURN_IF_ERROR(EnsureDefaultCollection(rpc, call.tenant, collection));
  CAIRN_RETURN_IF_ERROR(
      FindCollection(*rpc.store->Pin(), call.tenant, collection).status());
  const std::string id = MakeJobId(call.tenant, request.request_id());
  if (const auto known = LoadJob(*rpc.store->Pin(), call.tenant, id);
      known.ok() && known->state != "interrupted") {
    FillOperation(*known, reply);
    return OkStatus();
  }
  CAIRN_ASSIGN_OR_RETURN(auto sources, SourcesOf(request, rpc.runtime.limits));
  JobRecord job;
  job.id = id;
  job.tenant = call.tenant;
  job.collection = collection;
  job.state = "running";
  job.documents_total = sources.size();
  job.create_time_micros = job.update_time_micros =
      rpc.store->clock().NowMicros();
  CAIRN_RETURN_IF_ERROR(PutJob(*rpc.store, job));
  FillOperation(job, reply);
  auto import = std::make_shared<Import>(*rpc.store, job);
  auto task = [import, core = rpc.core, tenant = call.tenant,
               sources = std::move(sources)]() mutable {
    import->Run(*core, tenant, std::move(sources));
  };
  const Status submitted = SubmitTo(*rpc.runtime.executor, std::move(task));
  if (!submitted.ok()) {
    job.state = "failed";
    job.error = MessageOf(submitted);
    (void)PutJob(*rpc.store, job);
  }
  return submitted;
}

}  // namespace cairn
