#include "services/server/serve.h"

#include <csignal>
#include <memory>
#include <string>

#include "base/log.h"
#include "services/server/engine.h"
#include "services/server/grpc_server.h"

namespace cairn {
namespace {

// SIGTERM and SIGINT wait to be asked for. Threads inherit it, so it is made
// before there are any.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
  }
  ~StopSignals() { Restore(); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  void Wait() const {
    int which = 0;
    sigwait(&set_, &which);
  }
  // From here on a signal ends the process.
  void Restore() const { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t set_;
  sigset_t before_;
};

std::string WithPort(const std::string& address, int port) {
  const std::size_t colon = address.rfind(':');
  if (port == 0 || colon == std::string::npos) return address;
  return address.substr(0, colon + 1) + std::to_string(port);
}

}  // namespace

Status Serve(const EngineConfig& engine_config,
             const ServerConfig& server_config, const ServeEvents& events) {
  CAIRN_RETURN_IF_ERROR(Check(server_config, engine_config.require_key));
  const StopSignals signals;
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<Engine> engine,
                         Engine::Open(engine_config));
  engine->MarkInterruptedJobs();
  if (const Status loaded = engine->LoadModel(); !loaded.ok()) {
    Log(LogLevel::kWarning, "documents and questions will be refused",
        {{"reason", MessageOf(loaded)}});
  }
  CAIRN_ASSIGN_OR_RETURN(const std::unique_ptr<GrpcServer> server,
                         GrpcServer::Listen(*engine, server_config));
  if (events.on_listening) {
    events.on_listening(WithPort(server_config.address, server->port()));
  }
  signals.Wait();
  signals.Restore();
  if (events.on_stopping) events.on_stopping();
  server->Shutdown(server_config.stop_grace);
  return OkStatus();
}

}  // namespace cairn
