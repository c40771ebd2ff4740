#include "cli/client.h"

#include <grpcpp/channel.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"
#include "services/server/engine.h"
#include "services/server/grpc_server.h"

namespace cairn::cli {
namespace {

constexpr std::chrono::seconds kConnectMax(10);
constexpr std::chrono::milliseconds kRetryMax(800);
constexpr int kRetryEveryMs = 100;
constexpr std::size_t kSmallFileMax = 1 << 20;

StatusOr<std::string> ReadKey(const std::string& key_file) {
  if (key_file.empty()) {
    const char* key = std::getenv("CAIRN_API_KEY");
    return std::string(key == nullptr ? "" : key);
  }
  CAIRN_ASSIGN_OR_RETURN(std::string key, ReadFile(key_file, kSmallFileMax));
  while (!key.empty() && (key.back() == '\n' || key.back() == ' ')) {
    key.pop_back();
  }
  return key;
}

StatusOr<std::shared_ptr<grpc::ChannelCredentials>> CredentialsOf(
    const GlobalOptions& options) {
  if (options.tls_ca.empty()) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions tls;
  CAIRN_ASSIGN_OR_RETURN(tls.pem_root_certs,
                         ReadFile(options.tls_ca, kSmallFileMax));
  return grpc::SslCredentials(tls);
}

// False soon after the first attempt that failed. Not at once: on a busy
// machine one was seen to fail while the server was there.
bool WaitForConnection(grpc::Channel& channel) {
  using Clock = std::chrono::system_clock;
  auto deadline = Clock::now() + kConnectMax;
  bool failed = false;
  grpc_connectivity_state state = channel.GetState(true);
  while (state != GRPC_CHANNEL_READY) {
    if (state == GRPC_CHANNEL_TRANSIENT_FAILURE && !failed) {
      failed = true;
      deadline = std::min(deadline, Clock::now() + kRetryMax);
    }
    if (!channel.WaitForStateChange(state, deadline)) return false;
    state = channel.GetState(true);
  }
  return true;
}

}  // namespace

Status StatusOf(const grpc::Status& status) {
  Status converted = FromGrpc(status);
  // What a handler says carries a reason; gRPC's own words do not.
  if (converted.code() != StatusCode::kUnavailable ||
      !ReasonOf(converted).empty()) {
    return converted;
  }
  return UnavailableError(
      "the connection to the server broke (" + MessageOf(converted) +
          "); what it acknowledged is kept: start it again and repeat the "
          "command",
      "SERVER_UNREACHABLE");
}

// In the order of construction: the server borrows the engine.
struct Client::Embedded {
  std::unique_ptr<Engine> engine;
  std::unique_ptr<GrpcServer> server;
};

Client::Client() = default;
Client::~Client() {
  // The channel must go before the server that it leads to.
  admin_.reset();
  collections_.reset();
  documents_.reset();
  entities_.reset();
  queries_.reset();
}

StatusOr<std::unique_ptr<Client>> Client::Open(const GlobalOptions& options,
                                               WhenAbsent when_absent) {
  std::unique_ptr<Client> client(new Client);
  CAIRN_RETURN_IF_ERROR(options.server.empty()
                            ? client->OpenEmbedded(options, when_absent)
                            : client->Connect(options));
  return client;
}

Status Client::OpenEmbedded(const GlobalOptions& options,
                            WhenAbsent when_absent) {
  std::error_code ignored;
  if (when_absent == WhenAbsent::kFail &&
      !std::filesystem::exists(options.data_folder, ignored)) {
    return NotFoundError(
        "there is no data folder " + options.data_folder +
            "; take in documents first (cairn ingest), or name another "
            "folder with --data",
        "DATA_FOLDER_NOT_FOUND");
  }
  EngineConfig config;
  config.data_folder = options.data_folder;
  config.create = when_absent == WhenAbsent::kCreate;
  config.model_folder = options.model_folder;
  config.reranker = options.reranker;
  config.transcriber = options.transcriber;
  config.describer = options.describer;
  config.retrieval = options.retrieval;
  embedded_ = std::make_unique<Embedded>();
  CAIRN_ASSIGN_OR_RETURN(embedded_->engine, Engine::Open(config));
  CAIRN_ASSIGN_OR_RETURN(embedded_->server,
                         GrpcServer::StartInProcess(*embedded_->engine));
  MakeStubs(embedded_->server->InProcessChannel());
  return OkStatus();
}

Status Client::Connect(const GlobalOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(key_, ReadKey(options.key_file));
  CAIRN_ASSIGN_OR_RETURN(const auto credentials, CredentialsOf(options));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, kRetryEveryMs);
  const auto channel =
      grpc::CreateCustomChannel(options.server, credentials, arguments);
  if (!WaitForConnection(*channel)) {
    return UnavailableError("cannot reach " + options.server +
                                "; is \"cairn serve\" running there?",
                            "SERVER_UNREACHABLE");
  }
  MakeStubs(channel);
  return OkStatus();
}

void Client::MakeStubs(const std::shared_ptr<grpc::Channel>& channel) {
  admin_ = v1::AdminService::NewStub(channel);
  collections_ = v1::CollectionService::NewStub(channel);
  documents_ = v1::DocumentService::NewStub(channel);
  entities_ = v1::EntityService::NewStub(channel);
  queries_ = v1::QueryService::NewStub(channel);
}

void Client::Prepare(grpc::ClientContext& context) const {
  if (!key_.empty()) context.AddMetadata("authorization", "Bearer " + key_);
}

}  // namespace cairn::cli
