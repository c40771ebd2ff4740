#include "services/server/admin_service.h"

#include <cairn/v1/admin_service.grpc.pb.h>
#include <google/protobuf/util/time_util.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "storage/records.h"

namespace cairn {
namespace {

constexpr TenantId kLocal(0);
constexpr int kCollectionsMax = 1000;
constexpr int kProblemsMax = 1000;

class AdminService final : public v1::AdminService::CallbackService {
 public:
  explicit AdminService(AdminRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return GetStatusRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* Verify(grpc::CallbackServerContext* context,
                                   const v1::VerifyRequest* request,
                                   v1::VerifyResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return VerifyRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* CreateBackup(
      grpc::CallbackServerContext* context,
      const v1::CreateBackupRequest* request,
      v1::CreateBackupResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return CreateBackupRpc(rpc_, call, *request, reply);
    });
  }

  AdminRpc& rpc_;
};

constexpr std::size_t kPathBytesMax = 4096;

// All collections of the tenant, or the one that is asked for.
StatusOr<std::vector<CollectionRecord>> Wanted(const StoreReader& reader,
                                               TenantId tenant,
                                               const std::string& parent) {
  if (parent.empty()) return ListCollections(reader, tenant);
  CAIRN_ASSIGN_OR_RETURN(const std::string name,
                         ParseCollectionName(parent, "parent"));
  CAIRN_ASSIGN_OR_RETURN(CollectionRecord record,
                         FindCollection(reader, tenant, name));
  return std::vector<CollectionRecord>{std::move(record)};
}

void AddProblem(std::string problem, v1::VerifyResponse* reply) {
  if (reply->problems_size() < kProblemsMax) {
    reply->add_problems(std::move(problem));
  }
}

}  // namespace

std::unique_ptr<grpc::Service> MakeAdminService(AdminRpc* rpc) {
  return std::make_unique<AdminService>(rpc);
}

const char* ProgramVersion() { return CAIRN_VERSION; }

Status GetStatusRpc(AdminRpc& rpc, const Call& call,
                    const v1::GetStatusRequest&, v1::GetStatusResponse* reply) {
  using google::protobuf::util::TimeUtil;
  const auto state = rpc.store->Pin();
  reply->set_version(ProgramVersion());
  if (call.tenant == kLocal) reply->set_data_folder(rpc.store->folder());
  reply->set_disk_bytes(rpc.store->SizeOnDisk());
  reply->set_sequence(state->sequence().value());
  reply->set_embedder(rpc.embedder);
  reply->set_reranker(rpc.reranker);
  reply->set_generator(rpc.generator);
  CAIRN_ASSIGN_OR_RETURN(const auto records,
                         ListCollections(*state, call.tenant));
  for (const CollectionRecord& record : records) {
    if (reply->collections_size() == kCollectionsMax) break;
    CAIRN_ASSIGN_OR_RETURN(const CollectionStats stats,
                           LoadCollectionStats(*state, record.key));
    ToProto(record, stats, reply->add_collections());
  }
  *reply->mutable_uptime() = TimeUtil::MillisecondsToDuration(
      static_cast<std::int64_t>(rpc.since_start.ElapsedMs()));
  if (rpc.queued_requests) reply->set_queued_requests(rpc.queued_requests());
  return OkStatus();
}

Status VerifyRpc(AdminRpc& rpc, const Call& call,
                 const v1::VerifyRequest& request, v1::VerifyResponse* reply) {
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(const auto records,
                         Wanted(*state, call.tenant, request.parent()));
  for (const CollectionRecord& record : records) {
    CAIRN_RETURN_IF_ERROR(CheckWanted(call));
    const auto report = VerifyCollection(*state, record);
    if (!report.ok()) {
      AddProblem(record.name + ": " + MessageOf(report.status()), reply);
      continue;
    }
    reply->set_documents(reply->documents() + report->documents);
    reply->set_chunks(reply->chunks() + report->chunks);
    reply->set_vectors(reply->vectors() + report->vectors);
    reply->set_sentences(reply->sentences() + report->sentences);
    for (const std::string& problem : report->problems) {
      AddProblem(record.name + ": " + problem, reply);
    }
  }
  // The files hold every tenant's records: only the owner of the folder asks.
  if (!request.skip_checksums() && call.tenant == kLocal) {
    const Status files = rpc.store->VerifyChecksums();
    if (!files.ok()) AddProblem(MessageOf(files), reply);
  }
  return OkStatus();
}

Status CreateBackupRpc(AdminRpc& rpc, const Call& call,
                       const v1::CreateBackupRequest& request,
                       v1::CreateBackupResponse* reply) {
  namespace fs = std::filesystem;
  // The copy holds every tenant, and lies where the caller says.
  if (call.tenant != kLocal) {
    return PermissionDeniedError(
        "a backup holds every tenant's data; only the owner of the data "
        "folder makes one: stop the server, or run it without keys, and use "
        "cairn --data FOLDER backup",
        "LOCAL_TENANT_ONLY");
  }
  const fs::path folder(request.folder());
  if (!folder.is_absolute() || request.folder().size() > kPathBytesMax) {
    return InvalidFieldError("folder",
                             "must be an absolute path of the server's machine "
                             "of at most 4096 bytes");
  }
  const Sequence sequence = rpc.store->Pin()->sequence();
  CAIRN_RETURN_IF_ERROR(rpc.store->CopyTo(folder.string()));
  std::uint64_t bytes = 0;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    bytes += entry.file_size(error);
  }
  reply->set_folder(folder.string());
  reply->set_sequence(sequence.value());
  reply->set_bytes(bytes);
  return OkStatus();
}

}  // namespace cairn
