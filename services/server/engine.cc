#include "services/server/engine.h"

#include <grpcpp/impl/codegen/service_type.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "models/extractive/extractive_generator.h"
#include "models/onnx/onnx_embedder.h"
#include "models/reader/span_reader.h"
#include "models/rules/rule_extractor.h"
#include "services/ingestion/rpc/services.h"
#include "services/query/rpc/services.h"
#include "services/server/auth/api_key_authenticator.h"
#include "services/server/make_describer.h"
#include "services/server/make_reranker.h"
#include "services/server/make_transcriber.h"

namespace cairn {
namespace {

// Threads that take uploads: each may wait until the pipeline has room.
constexpr std::size_t kIngestionThreads = 4;
constexpr std::size_t kAdminThreads = 2;

Status ModelNotFound(const Status& why) {
  return FailedPreconditionError(
      MessageOf(why) +
          ", or name the folder of the model with --models DIR or CAIRN_MODELS",
      "MODEL_NOT_FOUND");
}

std::unique_ptr<const LazyEmbedder> MakeEmbedder(const std::string& folder) {
  const auto manifest = ReadManifest(folder);
  if (!manifest.ok()) {
    return std::make_unique<LazyEmbedder>(
        LazyEmbedder::Description{.model_id = "no model in " + folder},
        [problem = ModelNotFound(manifest.status())]()
            -> StatusOr<std::unique_ptr<Embedder>> { return problem; });
  }
  return std::make_unique<LazyEmbedder>(
      LazyEmbedder::Description{.model_id = manifest->model_id(),
                                .dimension = manifest->dimension,
                                .max_tokens = manifest->max_tokens},
      [folder] { return OpenOnnxEmbedder(folder); });
}

// Null for an embedder that the reader was not trained on: then rules answer.
std::unique_ptr<const AnswerReader> MakeReader(const Embedder& embedder) {
  auto reader = MakeSpanReader(embedder);
  if (!reader.ok()) return nullptr;
  return std::move(*reader);
}

// Refuses to take in anything while the model cannot be loaded; see
// LazyEmbedder about its tokenizer.
class ModelCheckingCore final : public IngestionCore {
 public:
  ModelCheckingCore(std::unique_ptr<IngestionCore> core,
                    const LazyEmbedder& embedder)
      : core_(std::move(core)), embedder_(embedder) {}

  StatusOr<IngestResult> Ingest(TenantId tenant, std::string_view collection,
                                DocumentSource source) override {
    CAIRN_RETURN_IF_ERROR(embedder_.Load());
    return core_->Ingest(tenant, collection, std::move(source));
  }
  void IngestAsync(TenantId tenant, std::string_view collection,
                   DocumentSource source, Done done) override {
    const Status loaded = embedder_.Load();
    if (loaded.ok()) {
      core_->IngestAsync(tenant, collection, std::move(source),
                         std::move(done));
    } else {
      done(loaded);
    }
  }
  StatusOr<Sequence> Delete(TenantId tenant, std::string_view collection,
                            std::string_view document_id,
                            std::string_view etag) override {
    return core_->Delete(tenant, collection, document_id, etag);
  }
  StatusOr<CollectionRecord> CreateCollection(
      TenantId tenant, const CollectionSettings& settings) override {
    CAIRN_RETURN_IF_ERROR(embedder_.Load());
    return core_->CreateCollection(tenant, settings);
  }
  Status DeleteCollection(TenantId tenant, std::string_view name) override {
    return core_->DeleteCollection(tenant, name);
  }

 private:
  const std::unique_ptr<IngestionCore> core_;
  const LazyEmbedder& embedder_;
};

std::size_t CoresOf(const EngineConfig& config) {
  if (config.cores > 0) return config.cores;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace

StatusOr<std::unique_ptr<Engine>> Engine::Open(const EngineConfig& config) {
  RetrievalOptions retrieval;
  for (const auto& [name, value] : config.retrieval) {
    CAIRN_RETURN_IF_ERROR(SetRetrievalOption(retrieval, name, value));
  }
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<const Reranker> reranker,
                         MakeReranker(config.reranker));
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<const Transcriber> transcriber,
                         MakeTranscriber(config.transcriber, config.limits));
  CAIRN_ASSIGN_OR_RETURN(std::unique_ptr<const PictureDescriber> describer,
                         MakeDescriber(config.describer, config.limits));
  CAIRN_ASSIGN_OR_RETURN(
      std::unique_ptr<Store> store,
      Store::Open(config.data_folder, {.create = config.create}));
  return std::unique_ptr<Engine>(
      new Engine(config, retrieval, std::move(reranker), std::move(transcriber),
                 std::move(describer), std::move(store)));
}

Engine::Engine(const EngineConfig& config, const RetrievalOptions& retrieval,
               std::unique_ptr<const Reranker> reranker,
               std::unique_ptr<const Transcriber> transcriber,
               std::unique_ptr<const PictureDescriber> describer,
               std::unique_ptr<Store> store)
    : config_(config),
      cores_(CoresOf(config)),
      store_(std::move(store)),
      embedder_(MakeEmbedder(FindModelFolder(config.model_folder))),
      extractor_(MakeRuleExtractor()),
      reader_(MakeReader(*embedder_)),
      generator_(MakeExtractiveGenerator(*embedder_, reader_.get())),
      reranker_(std::move(reranker)),
      transcriber_(std::move(transcriber)),
      describer_(std::move(describer)),
      ingestion_executor_(
          {.threads = kIngestionThreads, .queued_max = config.queued_max}),
      query_executor_({.threads = std::max<std::size_t>(2, cores_),
                       .queued_max = config.queued_max}),
      admin_executor_(
          {.threads = kAdminThreads, .queued_max = config.queued_max}) {
  if (config_.require_key) {
    authenticator_ = std::make_unique<ApiKeyAuthenticator>(*store_);
  } else {
    authenticator_ = std::make_unique<OpenAuthenticator>();
  }
  MakeCores(retrieval);
  MakeServices();
}

Engine::~Engine() {
  // Requests first: they use the cores.
  ingestion_executor_.Shutdown();
  query_executor_.Shutdown();
  admin_executor_.Shutdown();
}

void Engine::MakeCores(const RetrievalOptions& retrieval) {
  ingestion_ = std::make_unique<ModelCheckingCore>(
      IngestionCore::Make(
          {.store = store_.get(),
           .embedder = embedder_.get(),
           .extractor = extractor_.get(),
           .reading = {.transcriber = transcriber_.get(),
                       .describer = describer_.get(),
                       .limits = config_.limits,
                       .parser_program = config_.parser_program},
           .workers = cores_}),
      *embedder_);
  query_ = QueryCore::Make({.store = store_.get(),
                            .embedder = embedder_.get(),
                            .extractor = extractor_.get(),
                            .generator = generator_.get(),
                            .reranker = reranker_.get(),
                            .limits = config_.limits,
                            .retrieval = retrieval});
}

RpcRuntime Engine::RuntimeOn(Executor& executor) const {
  return {.executor = &executor,
          .authenticator = authenticator_.get(),
          .limits = config_.limits};
}

void Engine::MakeServices() {
  ingestion_rpc_.runtime = RuntimeOn(ingestion_executor_);
  ingestion_rpc_.store = store_.get();
  ingestion_rpc_.core = ingestion_.get();
  query_rpc_.runtime = RuntimeOn(query_executor_);
  query_rpc_.store = store_.get();
  query_rpc_.core = query_.get();
  admin_rpc_.runtime = RuntimeOn(admin_executor_);
  admin_rpc_.store = store_.get();
  admin_rpc_.embedder = embedder_->model_id();
  admin_rpc_.generator = std::string(generator_->id());
  if (reranker_ != nullptr) admin_rpc_.reranker = reranker_->id();
  admin_rpc_.queued_requests = [this] { return queued_requests(); };

  ingestion_services_.push_back(MakeCollectionService(&ingestion_rpc_));
  ingestion_services_.push_back(MakeDocumentService(&ingestion_rpc_));
  ingestion_services_.push_back(MakeOperationsService(&ingestion_rpc_));
  query_services_.push_back(MakeQueryService(&query_rpc_));
  query_services_.push_back(MakeEntityService(&query_rpc_));
  admin_service_ = MakeAdminService(&admin_rpc_);
}

std::vector<grpc::Service*> Engine::ServicesOf(ServerRole role) const {
  std::vector<grpc::Service*> services = {admin_service_.get()};
  if (role != ServerRole::kQuery) {
    for (const auto& one : ingestion_services_) services.push_back(one.get());
  }
  if (role != ServerRole::kIngestion) {
    for (const auto& one : query_services_) services.push_back(one.get());
  }
  return services;
}

void Engine::MarkInterruptedJobs() { cairn::MarkInterruptedJobs(*store_); }

std::uint64_t Engine::queued_requests() const {
  return ingestion_executor_.queued() + query_executor_.queued() +
         admin_executor_.queued();
}

}  // namespace cairn
