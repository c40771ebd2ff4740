// Client: the way from a command to an engine.
//
// Place: every command opens one. Embedded, it holds the engine and talks to
// it through an in-process channel; with --server it talks over the network.
// The same stubs, the same handlers, the same errors.
// Life cycle: the destructor ends an embedded engine gracefully.
// Threads: safe.
// Errors of Open: NOT_FOUND (DATA_FOLDER_NOT_FOUND), those of Engine::Open,
// UNAVAILABLE (SERVER_UNREACHABLE).
#pragma once

#include <cairn/v1/admin_service.grpc.pb.h>
#include <cairn/v1/collection_service.grpc.pb.h>
#include <cairn/v1/document_service.grpc.pb.h>
#include <cairn/v1/entity_service.grpc.pb.h>
#include <cairn/v1/query_service.grpc.pb.h>
#include <grpcpp/client_context.h>

#include <chrono>
#include <memory>
#include <string>

#include "base/status.h"
#include "cli/command.h"
#include "services/convert/status.h"

namespace cairn::cli {

// As FromGrpc; a connection that broke is SERVER_UNREACHABLE with the remedy.
Status StatusOf(const grpc::Status& status);

// What an embedded engine does when its folder is not there.
enum class WhenAbsent { kFail, kCreate };

class Client {
 public:
  static StatusOr<std::unique_ptr<Client>> Open(const GlobalOptions& options,
                                                WhenAbsent when_absent);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  v1::AdminService::Stub& admin() { return *admin_; }
  v1::CollectionService::Stub& collections() { return *collections_; }
  v1::DocumentService::Stub& documents() { return *documents_; }
  v1::EntityService::Stub& entities() { return *entities_; }
  v1::QueryService::Stub& queries() { return *queries_; }

  // Adds the credential. No deadline is set.
  void Prepare(grpc::ClientContext& context) const;

  // A unary call: Call(&v1::QueryService::Stub::Retrieve, queries(), request).
  template <typename Stub, typename Request, typename Reply>
  StatusOr<Reply> Call(grpc::Status (Stub::*method)(grpc::ClientContext*,
                                                    const Request&, Reply*),
                       Stub& stub, const Request& request) const {
    grpc::ClientContext context;
    Prepare(context);
    Reply reply;
    CAIRN_RETURN_IF_ERROR(StatusOf((stub.*method)(&context, request, &reply)));
    return reply;
  }

 private:
  struct Embedded;

  Client();
  Status OpenEmbedded(const GlobalOptions& options, WhenAbsent when_absent);
  Status Connect(const GlobalOptions& options);
  void MakeStubs(const std::shared_ptr<grpc::Channel>& channel);

  std::string key_;
  std::unique_ptr<Embedded> embedded_;  // Null with --server.
  std::unique_ptr<v1::AdminService::Stub> admin_;
  std::unique_ptr<v1::CollectionService::Stub> collections_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
  std::unique_ptr<v1::EntityService::Stub> entities_;
  std::unique_ptr<v1::QueryService::Stub> queries_;
};

}  // namespace cairn::cli
