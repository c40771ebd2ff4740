// Engine: a data folder with everything that works on it, ready to answer.
//
// Place: grpc_server.h serves it, over a port or inside the process; nothing
// else wires concrete classes.
// Life cycle: Open locks the data folder. The server that serves the engine is
// shut down before the engine is destroyed; the destructor finishes the work
// that was accepted and closes the store.
// Threads: safe after Open.
// Errors of Open: those of Store::Open, SetRetrievalOption, MakeReranker,
// MakeTranscriber and MakeDescriber. A missing embedding model is not one: what
// needs none works, the rest answers FAILED_PRECONDITION (MODEL_NOT_FOUND).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/executor.h"
#include "base/status.h"
#include "models/answer_reader.h"
#include "models/entity_extractor.h"
#include "models/generator.h"
#include "models/picture_describer.h"
#include "models/reranker.h"
#include "models/transcriber.h"
#include "services/ingestion/ingestion_core.h"
#include "services/ingestion/rpc/handlers.h"
#include "services/query/query_service.h"
#include "services/query/rpc/handlers.h"
#include "services/rpc/call.h"
#include "services/server/admin_service.h"
#include "services/server/config.h"
#include "services/server/lazy_embedder.h"
#include "storage/store.h"

namespace grpc {
class Service;
}

namespace cairn {

class Engine {
 public:
  static StatusOr<std::unique_ptr<Engine>> Open(const EngineConfig& config);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Owned by the engine.
  std::vector<grpc::Service*> ServicesOf(ServerRole role) const;
  // For a server that starts: jobs of a process that is gone are told so.
  void MarkInterruptedJobs();
  // Loads the model now, so that the first request does not wait for it.
  Status LoadModel() const { return embedder_->Load(); }
  std::uint64_t queued_requests() const;

 private:
  Engine(const EngineConfig& config, const RetrievalOptions& retrieval,
         std::unique_ptr<const Reranker> reranker,
         std::unique_ptr<const Transcriber> transcriber,
         std::unique_ptr<const PictureDescriber> describer,
         std::unique_ptr<Store> store);
  void MakeCores(const RetrievalOptions& retrieval);
  void MakeServices();
  RpcRuntime RuntimeOn(Executor& executor) const;

  // In the order of construction; each uses only what stands above it.
  const EngineConfig config_;
  const std::size_t cores_;
  const std::unique_ptr<Store> store_;
  std::unique_ptr<const LazyEmbedder> embedder_;
  std::unique_ptr<const EntityExtractor> extractor_;
  std::unique_ptr<const AnswerReader> reader_;  // Null: none fits.
  std::unique_ptr<const Generator> generator_;
  const std::unique_ptr<const Reranker> reranker_;  // Null: none is named.
  const std::unique_ptr<const Transcriber> transcriber_;     // Likewise.
  const std::unique_ptr<const PictureDescriber> describer_;  // Likewise.
  std::unique_ptr<const Authenticator> authenticator_;
  std::unique_ptr<IngestionCore> ingestion_;
  std::unique_ptr<QueryCore> query_;
  // Uploads must not keep questions waiting, nor a verification either.
  Executor ingestion_executor_;
  Executor query_executor_;
  Executor admin_executor_;
  IngestionRpc ingestion_rpc_;
  QueryRpc query_rpc_;
  AdminRpc admin_rpc_;
  std::vector<std::unique_ptr<grpc::Service>> ingestion_services_;
  std::vector<std::unique_ptr<grpc::Service>> query_services_;
  std::unique_ptr<grpc::Service> admin_service_;
};

}  // namespace cairn
