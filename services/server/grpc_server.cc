#include "services/server/grpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/resource_quota.h>

#include <string>
#include <utility>

#include "base/file.h"
#include "services/server/engine.h"

namespace cairn {
namespace {

constexpr std::size_t kPemBytesMax = 1 << 20;

int AsInt(std::size_t value) { return static_cast<int>(value); }

int Milliseconds(std::chrono::milliseconds duration) {
  return static_cast<int>(duration.count());
}

void SetLimits(const ServerConfig& config, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(AsInt(config.receive_bytes_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE,
                             AsInt(config.metadata_bytes_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             AsInt(config.streams_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             Milliseconds(config.idle_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             Milliseconds(config.age_max));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_GRACE_MS,
                             Milliseconds(config.age_grace));
  grpc::ResourceQuota quota("cairn");
  quota.Resize(config.memory_bytes_max);
  builder.SetResourceQuota(quota);
}

StatusOr<std::shared_ptr<grpc::ServerCredentials>> CredentialsOf(
    const ServerConfig& config) {
  if (config.tls_certificate.empty()) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions::PemKeyCertPair pair;
  CAIRN_ASSIGN_OR_RETURN(pair.cert_chain,
                         ReadFile(config.tls_certificate, kPemBytesMax));
  CAIRN_ASSIGN_OR_RETURN(pair.private_key,
                         ReadFile(config.tls_private_key, kPemBytesMax));
  grpc::SslServerCredentialsOptions options;
  options.pem_key_cert_pairs.push_back(std::move(pair));
  return grpc::SslServerCredentials(options);
}

void Register(const Engine& engine, ServerRole role,
              grpc::ServerBuilder& builder) {
  for (grpc::Service* service : engine.ServicesOf(role)) {
    builder.RegisterService(service);
  }
}

}  // namespace

GrpcServer::GrpcServer(std::unique_ptr<grpc::Server> server, int port)
    : server_(std::move(server)), port_(port) {}

GrpcServer::~GrpcServer() { Shutdown(std::chrono::milliseconds(0)); }

StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::Listen(
    const Engine& engine, const ServerConfig& config) {
  CAIRN_ASSIGN_OR_RETURN(const auto credentials, CredentialsOf(config));
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(config, builder);
  // Else a second server would silently share the port with the first.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  int port = 0;
  builder.AddListeningPort(config.address, credentials, &port);
  Register(engine, config.role, builder);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const bool unix_socket = config.address.rfind("unix", 0) == 0;
  if (server == nullptr || (port == 0 && !unix_socket)) {
    return UnavailableError("cannot listen on " + config.address +
                                ": is another server there, or is the "
                                "certificate wrong?",
                            "ADDRESS_IN_USE");
  }
  server->GetHealthCheckService()->SetServingStatus(true);
  return std::unique_ptr<GrpcServer>(new GrpcServer(std::move(server), port));
}

StatusOr<std::unique_ptr<GrpcServer>> GrpcServer::StartInProcess(
    const Engine& engine) {
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(AsInt(ServerConfig().receive_bytes_max));
  Register(engine, ServerRole::kAll, builder);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) return InternalError("gRPC cannot start");
  return std::unique_ptr<GrpcServer>(new GrpcServer(std::move(server), 0));
}

std::shared_ptr<grpc::Channel> GrpcServer::InProcessChannel() const {
  grpc::ChannelArguments arguments;
  // Answers may be large; the server is this very process.
  arguments.SetMaxReceiveMessageSize(-1);
  return server_->InProcessChannel(arguments);
}

void GrpcServer::Shutdown(std::chrono::milliseconds grace) {
  if (auto* health = server_->GetHealthCheckService()) {
    health->Shutdown();
  }
  server_->Shutdown(std::chrono::system_clock::now() + grace);
}

}  // namespace cairn
