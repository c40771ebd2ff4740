// google.longrunning.Operations over the durable job records.
#include <cairn/v1/document_service.pb.h>
#include <google/longrunning/operations.grpc.pb.h>
#include <google/protobuf/util/time_util.h>
#include <grpcpp/alarm.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <set>

#include "services/convert/resource_name.h"
#include "services/convert/status.h"
#include "services/ingestion/rpc/handlers.h"
#include "services/ingestion/rpc/operation.h"
#include "services/ingestion/rpc/services.h"

namespace cairn {
namespace {

using google::protobuf::util::TimeUtil;
namespace longrunning = google::longrunning;
using ImportMetadata = v1::ImportDocumentsMetadata;

constexpr std::size_t kPageStandard = 100;
constexpr std::chrono::milliseconds kLookAgain(50);
constexpr std::chrono::seconds kWaitMax(300);

ImportMetadata::State StateOf(const std::string& state) {
  if (state == "running") return ImportMetadata::STATE_RUNNING;
  if (state == "done") return ImportMetadata::STATE_DONE;
  if (state == "failed") return ImportMetadata::STATE_FAILED;
  if (state == "interrupted") return ImportMetadata::STATE_INTERRUPTED;
  return ImportMetadata::STATE_UNSPECIFIED;
}

// Looks at the job again and again, without holding a thread between.
class WaitCall final : public grpc::ServerUnaryReactor {
 public:
  WaitCall(IngestionRpc& rpc, grpc::CallbackServerContext* context,
           const longrunning::WaitOperationRequest* request,
           longrunning::Operation* reply)
      : rpc_(rpc), context_(context), reply_(reply) {
    request_.set_name(request->name());
    std::chrono::milliseconds most = kWaitMax;
    if (request->has_timeout()) {
      const std::chrono::milliseconds asked(
          TimeUtil::DurationToMilliseconds(request->timeout()));
      most = std::clamp(asked, std::chrono::milliseconds(0), most);
    }
    until_ = Deadline::After(most);
    Look();
  }

 private:
  void Look() {
    const Status submitted = SubmitTo(*rpc_.runtime.executor, [this] {
      Status status = Guard([&]() -> Status {
        CAIRN_ASSIGN_OR_RETURN(const Call call,
                               MakeCall(rpc_.runtime, *context_));
        reply_->Clear();
        return GetOperationRpc(rpc_, call, request_, reply_);
      });
      if (status.ok() && !reply_->done() && !until_.expired() &&
          !context_->IsCancelled()) {
        // A new one each time: the last one's callback may still return.
        alarm_ = std::make_unique<grpc::Alarm>();
        alarm_->Set(std::chrono::system_clock::now() + kLookAgain,
                    [this](bool) { Look(); });
        return;
      }
      Finish(ToGrpc(status));
    });
    if (!submitted.ok()) Finish(ToGrpc(submitted));
  }
  void OnDone() override { delete this; }

  IngestionRpc& rpc_;
  grpc::CallbackServerContext* const context_;
  longrunning::GetOperationRequest request_;
  longrunning::Operation* const reply_;
  Deadline until_ = Deadline::Infinite();
  std::unique_ptr<grpc::Alarm> alarm_;
};

class OperationsService final
    : public longrunning::Operations::CallbackService {
 public:
  explicit OperationsService(IngestionRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerUnaryReactor* GetOperation(
      grpc::CallbackServerContext* context,
      const longrunning::GetOperationRequest* request,
      longrunning::Operation* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return GetOperationRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListOperations(
      grpc::CallbackServerContext* context,
      const longrunning::ListOperationsRequest* request,
      longrunning::ListOperationsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListOperationsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* WaitOperation(
      grpc::CallbackServerContext* context,
      const longrunning::WaitOperationRequest* request,
      longrunning::Operation* reply) override {
    return new WaitCall(rpc_, context, request, reply);
  }

  IngestionRpc& rpc_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeOperationsService(IngestionRpc* rpc) {
  return std::make_unique<OperationsService>(rpc);
}

void FillOperation(const JobRecord& job, longrunning::Operation* out) {
  out->set_name(MakeOperationName(job.id));
  ImportMetadata metadata;
  metadata.set_state(StateOf(job.state));
  metadata.set_parent(MakeCollectionName(job.collection));
  metadata.set_documents_done(job.documents_done);
  metadata.set_documents_failed(job.documents_failed);
  metadata.set_documents_total(job.documents_total);
  *metadata.mutable_create_time() =
      TimeUtil::MicrosecondsToTimestamp(job.create_time_micros);
  *metadata.mutable_update_time() =
      TimeUtil::MicrosecondsToTimestamp(job.update_time_micros);
  out->mutable_metadata()->PackFrom(metadata);
  out->set_done(job.state != "running");
  if (job.state == "done") {
    v1::ImportDocumentsResponse response;
    response.set_documents_done(job.documents_done);
    response.set_documents_failed(job.documents_failed);
    response.set_failures(job.error);
    out->mutable_response()->PackFrom(response);
  } else if (job.state == "interrupted") {
    ToProto(AbortedError("the server stopped meanwhile; import again, what is "
                         "there already is no work",
                         "JOB_INTERRUPTED"),
            out->mutable_error());
  } else if (out->done()) {
    ToProto(InternalError(job.error), out->mutable_error());
  }
}

Status GetOperationRpc(IngestionRpc& rpc, const Call& call,
                       const longrunning::GetOperationRequest& request,
                       longrunning::Operation* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string id,
                         ParseOperationName(request.name(), "name"));
  CAIRN_ASSIGN_OR_RETURN(const JobRecord job,
                         LoadJob(*rpc.store->Pin(), call.tenant, id));
  FillOperation(job, reply);
  return OkStatus();
}

Status ListOperationsRpc(IngestionRpc& rpc, const Call& call,
                         const longrunning::ListOperationsRequest& request,
                         longrunning::ListOperationsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), kPageStandard,
                    rpc.runtime.limits.results_max, "page_size"));
  CAIRN_ASSIGN_OR_RETURN(std::vector<JobRecord> jobs,
                         ListJobs(*rpc.store->Pin(), call.tenant));
  std::sort(jobs.begin(), jobs.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  // The token is the last id that was sent.
  std::string last;
  for (const JobRecord& job : jobs) {
    if (!request.page_token().empty() && job.id <= request.page_token()) {
      continue;
    }
    if (static_cast<std::size_t>(reply->operations_size()) == size) {
      reply->set_next_page_token(last);
      break;
    }
    FillOperation(job, reply->add_operations());
    last = job.id;
  }
  return OkStatus();
}

void MarkInterruptedJobs(Store& store) {
  std::set<TenantId> tenants = {TenantId(0)};
  if (const auto collections = ListAllCollections(*store.Pin());
      collections.ok()) {
    for (const CollectionRecord& record : *collections) {
      tenants.insert(record.key.tenant);
    }
  }
  for (const TenantId tenant : tenants) {
    const auto jobs = ListJobs(*store.Pin(), tenant);
    if (!jobs.ok()) continue;
    for (JobRecord job : *jobs) {
      if (job.state != "running") continue;
      job.state = "interrupted";
      job.update_time_micros = store.clock().NowMicros();
      // A store that cannot write says so at the next request.
      (void)PutJob(store, job);
    }
  }
}

}  // namespace cairn
