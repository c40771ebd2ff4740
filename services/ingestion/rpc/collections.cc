#include <cairn/v1/collection_service.grpc.pb.h>

#include <algorithm>

#include "services/convert/convert.h"
#include "services/convert/resource_name.h"
#include "services/ingestion/rpc/handlers.h"
#include "services/ingestion/rpc/services.h"

namespace cairn {
namespace {

constexpr std::size_t kPageStandard = 100;
constexpr std::size_t kDescriptionBytesMax = 1024;

Status Fill(const StoreReader& reader, const CollectionRecord& record,
            v1::Collection* reply) {
  CAIRN_ASSIGN_OR_RETURN(const CollectionStats stats,
                         LoadCollectionStats(reader, record.key));
  ToProto(record, stats, reply);
  return OkStatus();
}

class CollectionService final : public v1::CollectionService::CallbackService {
 public:
  explicit CollectionService(IngestionRpc* rpc) : rpc_(*rpc) {}

 private:
  grpc::ServerUnaryReactor* CreateCollection(
      grpc::CallbackServerContext* context,
      const v1::CreateCollectionRequest* request,
      v1::Collection* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return CreateCollectionRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* GetCollection(
      grpc::CallbackServerContext* context,
      const v1::GetCollectionRequest* request, v1::Collection* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return GetCollectionRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* ListCollections(
      grpc::CallbackServerContext* context,
      const v1::ListCollectionsRequest* request,
      v1::ListCollectionsResponse* reply) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return ListCollectionsRpc(rpc_, call, *request, reply);
    });
  }
  grpc::ServerUnaryReactor* DeleteCollection(
      grpc::CallbackServerContext* context,
      const v1::DeleteCollectionRequest* request,
      google::protobuf::Empty*) override {
    return RunUnary(rpc_.runtime, context, [=, this](const Call& call) {
      return DeleteCollectionRpc(rpc_, call, *request);
    });
  }

  IngestionRpc& rpc_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeCollectionService(IngestionRpc* rpc) {
  return std::make_unique<CollectionService>(rpc);
}

Status CreateCollectionRpc(IngestionRpc& rpc, const Call& call,
                           const v1::CreateCollectionRequest& request,
                           v1::Collection* reply) {
  if (request.collection_id().empty()) {
    return InvalidFieldError("collection_id", "must not be empty");
  }
  const std::string& description = request.collection().description();
  if (description.size() > kDescriptionBytesMax) {
    return InvalidFieldError("collection.description",
                             "is longer than 1024 bytes");
  }
  CAIRN_ASSIGN_OR_RETURN(
      const CollectionRecord record,
      rpc.core->CreateCollection(
          call.tenant,
          {.name = request.collection_id(),
           .description = description,
           .sentence_vectors = request.collection().sentence_vectors()}));
  ToProto(record, CollectionStats(), reply);
  return OkStatus();
}

Status GetCollectionRpc(IngestionRpc& rpc, const Call& call,
                        const v1::GetCollectionRequest& request,
                        v1::Collection* reply) {
  CAIRN_ASSIGN_OR_RETURN(const std::string name,
                         ParseCollectionName(request.name(), "name"));
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(const CollectionRecord record,
                         FindCollection(*state, call.tenant, name));
  return Fill(*state, record, reply);
}

Status ListCollectionsRpc(IngestionRpc& rpc, const Call& call,
                          const v1::ListCollectionsRequest& request,
                          v1::ListCollectionsResponse* reply) {
  CAIRN_ASSIGN_OR_RETURN(
      const std::size_t size,
      ParsePageSize(request.page_size(), kPageStandard,
                    rpc.runtime.limits.results_max, "page_size"));
  const auto state = rpc.store->Pin();
  CAIRN_ASSIGN_OR_RETURN(auto records, ListCollections(*state, call.tenant));
  std::sort(records.begin(), records.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
  // The token is the last name that was sent.
  for (const CollectionRecord& record : records) {
    if (!request.page_token().empty() && record.name <= request.page_token()) {
      continue;
    }
    if (static_cast<std::size_t>(reply->collections_size()) == size) {
      CAIRN_ASSIGN_OR_RETURN(
          *reply->mutable_next_page_token(),
          ParseCollectionName(reply->collections().rbegin()->name(), "name"));
      break;
    }
    CAIRN_RETURN_IF_ERROR(Fill(*state, record, reply->add_collections()));
  }
  return OkStatus();
}

Status DeleteCollectionRpc(IngestionRpc& rpc, const Call& call,
                           const v1::DeleteCollectionRequest& request) {
  CAIRN_ASSIGN_OR_RETURN(const std::string name,
                         ParseCollectionName(request.name(), "name"));
  return rpc.core->DeleteCollection(call.tenant, name);
}

}  // namespace cairn
