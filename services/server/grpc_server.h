// GrpcServer: an engine behind gRPC, on a port or inside the process.
//
// Place: serve.h listens with it; the embedded command line uses its
// in-process channel, and so runs the very same handlers.
// Life cycle: the engine outlives it. Shutdown, or the destructor.
// Threads: safe. Limits: those of ServerConfig.
// Errors: UNAVAILABLE (ADDRESS_IN_USE), INVALID_ARGUMENT (BAD_CONFIGURATION).
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "base/status.h"
#include "services/server/config.h"

namespace grpc {
class Channel;
class Server;
}  // namespace grpc

namespace cairn {

class Engine;

class GrpcServer {
 public:
  // Listens on config.address, with health checks and reflection.
  static StatusOr<std::unique_ptr<GrpcServer>> Listen(
      const Engine& engine, const ServerConfig& config);
  // Listens nowhere.
  static StatusOr<std::unique_ptr<GrpcServer>> StartInProcess(
      const Engine& engine);
  ~GrpcServer();
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  // Goes through no socket. Released before the server is.
  std::shared_ptr<grpc::Channel> InProcessChannel() const;
  // Of the last address; 0 when it listens nowhere.
  int port() const { return port_; }

  // Tells health checks to go elsewhere, refuses new requests, lets those in
  // flight finish within `grace`, cancels the rest. Blocks. Idempotent.
  void Shutdown(std::chrono::milliseconds grace);

 private:
  GrpcServer(std::unique_ptr<grpc::Server> server, int port);

  const std::unique_ptr<grpc::Server> server_;
  const int port_;
};

}  // namespace cairn
