// Serve: the life of a server process.
//
// Opens the engine, listens, tells the caller, waits for SIGTERM or SIGINT and
// ends gracefully. A second signal ends the process at once, which loses
// nothing that was acknowledged.
// Threads: called once, from the main thread, before others are started.
#pragma once

#include <functional>
#include <string>

#include "base/status.h"
#include "services/server/config.h"

namespace cairn {

struct ServeEvents {
  // Requests are answered from now on; the address with the real port.
  std::function<void(const std::string& address)> on_listening;
  std::function<void()> on_stopping;
};

Status Serve(const EngineConfig& engine, const ServerConfig& server,
             const ServeEvents& events);

}  // namespace cairn
