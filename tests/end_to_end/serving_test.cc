// The server's life: who may call, what tenants see of each other, what a
// signal does to work that is under way, and what no request may do.
#include <cairn/v1/document_service.grpc.pb.h>
#include <cairn/v1/query_service.grpc.pb.h>
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <csignal>
#include <memory>

#include "tests/program/program.h"

namespace cairn {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr char kText[] = "The lighthouse of Varne was built by Tomas Elg.\n";

std::shared_ptr<grpc::Channel> ChannelTo(const Server& server) {
  return grpc::CreateChannel(server.address(),
                             grpc::InsecureChannelCredentials());
}

v1::UploadDocumentRequest MetadataFor(const std::string& id) {
  v1::UploadDocumentRequest request;
  request.mutable_metadata()->set_parent("collections/default");
  request.mutable_metadata()->set_document_id(id);
  return request;
}

// Follows grpc.health.v1.Health/Watch of the whole server.
class HealthWatch {
 public:
  explicit HealthWatch(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(channel) {
    call_ =
        stub_.PrepareCall(&context_, "/grpc.health.v1.Health/Watch", &queue_);
    call_->StartCall(this);
    Await();
    // An empty message asks for the server as a whole.
    const grpc::Slice nothing;
    call_->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), this);
    Await();
  }
  ~HealthWatch() {
    context_.TryCancel();
    grpc::Status status;
    call_->Finish(&status, this);
    Await();
    queue_.Shutdown();
  }
  HealthWatch(const HealthWatch&) = delete;
  HealthWatch& operator=(const HealthWatch&) = delete;

  // The next status: 1 serving, 2 not serving; 0: the stream ended.
  int Next() {
    grpc::ByteBuffer message;
    call_->Read(&message, this);
    if (!Await()) return 0;
    grpc::Slice slice;
    // HealthCheckResponse: field 1, a number below 128.
    const bool whole = message.DumpToSingleSlice(&slice).ok();
    return whole && slice.size() == 2 && slice.begin()[0] == 0x08
               ? slice.begin()[1]
               : -1;
  }

 private:
  bool Await() {
    void* tag = nullptr;
    bool ok = false;
    return queue_.Next(&tag, &ok) && ok;
  }

  grpc::GenericStub stub_;
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

TEST(Serving, ASignalTurnsHealthThenLetsTheUploadUnderWayFinish) {
  const TestFolder folder;
  Server server(folder.At("data"));
  const auto channel = ChannelTo(server);
  const auto stub = v1::DocumentService::NewStub(channel);
  grpc::ClientContext context;
  v1::UploadDocumentResponse reply;
  const auto writer = stub->UploadDocument(&context, &reply);
  ASSERT_TRUE(writer->Write(MetadataFor("late")));
  v1::UploadDocumentRequest half;
  half.set_data("The first half. ");
  ASSERT_TRUE(writer->Write(half));
  {
    HealthWatch health(channel);
    EXPECT_EQ(health.Next(), 1);
    server.Signal(SIGTERM);
    EXPECT_EQ(health.Next(), 2);
  }
  half.set_data("The second half.");
  EXPECT_TRUE(writer->Write(half));
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  EXPECT_TRUE(status.ok()) << status.error_message();
  const RunResult ended = server.Finish();
  EXPECT_EQ(ended.exit_code, 0) << ended;
  EXPECT_THAT(ended.err, HasSubstr("stopped"));
  EXPECT_EQ(Cairn::On(folder.At("data")).TextOf("late"),
            "The first half. The second half.");
}

TEST(Serving, ASecondServerOnThePortIsRefused) {
  const TestFolder folder;
  Server server(folder.At("data"));
  const RunResult second = RunProgram(
      {"--data", folder.At("other"), "serve", "--grpc", server.address()});
  EXPECT_EQ(second.exit_code, 4) << second;
  EXPECT_THAT(second.err, AllOf(HasSubstr(server.address()),
                                HasSubstr("is another server there")));
}

TEST(Serving, OtherMachinesAreServedOnlyWithKeys) {
  const TestFolder folder;
  const RunResult open =
      RunProgram({"--data", folder.At("data"), "serve", "--grpc", "0.0.0.0:0"});
  EXPECT_EQ(open.exit_code, 2) << open;
  EXPECT_THAT(open.err, AllOf(HasSubstr("--require-key"),
                              HasSubstr("--allow-anonymous")));
}

class Keys : public ::testing::Test {
 protected:
  std::string MakeKey(const std::string& tenant) const {
    const RunResult made =
        Cairn::On(folder_.At("data"))
            .Run({"key", "create", "--tenant", tenant, "--json"});
    EXPECT_EQ(made.exit_code, 0) << made;
    return made.json()["key"];
  }
  static RunOptions With(const std::string& key) {
    return {.variables = {"CAIRN_API_KEY=" + key}};
  }

  const TestFolder folder_;
};

TEST_F(Keys, WithoutTheRightKeyNothingIsAnswered) {
  const std::string key = MakeKey("acme");
  const std::string file = folder_.Write("good.txt", kText);
  Server server(folder_.At("data"), {"--require-key"});
  const Cairn cairn = Cairn::At(server);
  std::string wrong = key;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  const std::vector<Arguments> commands = {
      {"ingest", file},
      {"search", "lighthouse"},
      {"ask", "Who built the lighthouse?"},
      {"entity", "Varne"},
      {"document", "list"},
      {"document", "get", "--text", "good.txt"},
      {"document", "delete", "good.txt"},
      {"collection", "list"},
      {"collection", "create", "papers"},
      {"status"},
      {"verify"}};
  for (const Arguments& command : commands) {
    for (const std::string& refused : {std::string(), wrong, "x" + key}) {
      const RunResult result = cairn.Run(command, With(refused));
      EXPECT_EQ(result.exit_code, 4) << command.front() << ": " << result;
      EXPECT_THAT(result.err, AllOf(HasSubstr("[BAD_API_KEY]"),
                                    HasSubstr("CAIRN_API_KEY")));
    }
  }
  EXPECT_EQ(cairn.Run({"ingest", file}, With(key)).exit_code, 0);
  const std::string key_file = folder_.Write("key.txt", key + "\n");
  EXPECT_EQ(
      cairn.Run({"--key-file", key_file, "search", "lighthouse"}).exit_code, 0);
  EXPECT_EQ(server.Stop().exit_code, 0);
}

TEST_F(Keys, TenantsDoNotSeeEachOther) {
  const RunOptions acme = With(MakeKey("acme"));
  const RunOptions zenith = With(MakeKey("zenith"));
  const std::string secret = folder_.Write("secret.txt", kText);
  const std::string other =
      folder_.Write("other.txt", "The observatory of Zenith has one dome.\n");
  Server server(folder_.At("data"), {"--require-key"});
  const Cairn cairn = Cairn::At(server);
  ASSERT_EQ(cairn.Run({"ingest", secret}, acme).exit_code, 0);
  ASSERT_EQ(cairn.Run({"collection", "create", "private"}, acme).exit_code, 0);

  // Zenith has nothing yet, not even the collection.
  EXPECT_EQ(cairn.Run({"collection", "list"}, zenith).out, "");
  EXPECT_EQ(cairn.Run({"search", "lighthouse"}, zenith).exit_code, 3);
  ASSERT_EQ(cairn.Run({"ingest", other}, zenith).exit_code, 0);

  for (const char* mode : {"auto", "dense", "lexical", "graph"}) {
    const Json found =
        cairn
            .Run({"search", "--json", "--mode", mode, "lighthouse Varne"},
                 zenith)
            .json();
    for (const Json& hit : found["hits"]) {
      EXPECT_EQ(hit["document"], "other.txt") << mode;
    }
  }
  const RunResult answer = cairn.Run(
      {"ask", "--json", "Who built the lighthouse of Varne?"}, zenith);
  EXPECT_THAT(answer.out, ::testing::Not(HasSubstr("Tomas Elg")));
  EXPECT_EQ(cairn.Run({"entity", "Tomas Elg"}, zenith).exit_code, 3);
  EXPECT_EQ(cairn.Run({"document", "get", "secret.txt"}, zenith).exit_code, 3);
  EXPECT_EQ(
      cairn.Run({"document", "get", "--text", "secret.txt"}, zenith).exit_code,
      3);
  EXPECT_EQ(cairn.Run({"document", "delete", "secret.txt"}, zenith).exit_code,
            3);
  EXPECT_EQ(cairn.Run({"collection", "delete", "private"}, zenith).exit_code,
            3);
  EXPECT_THAT(cairn.Run({"document", "list"}, zenith).out,
              ::testing::Not(HasSubstr("secret")));
  const Json status = cairn.Run({"status", "--json"}, zenith).json();
  EXPECT_EQ(status["collections"].size(), 1U);
  EXPECT_EQ(status["data_folder"], "");

  EXPECT_EQ(cairn.Run({"entity", "Tomas Elg"}, acme).exit_code, 0);
  EXPECT_EQ(cairn.Run({"document", "get", "--text", "secret.txt"}, acme).out,
            kText);
  EXPECT_EQ(server.Stop().exit_code, 0);
}

class RequestLimits : public ::testing::Test {
 protected:
  ~RequestLimits() override {
    // Whatever it was sent, it lives and stops in order.
    const RunResult alive = Cairn::At(server_).Run({"search", "lighthouse"});
    EXPECT_EQ(alive.exit_code, 0) << alive;
    EXPECT_EQ(server_.Stop().exit_code, 0);
  }
  void SetUp() override {
    const std::string file = folder_.Write("good.txt", kText);
    ASSERT_EQ(Cairn::At(server_).Run({"ingest", file}).exit_code, 0);
  }

  grpc::Status Upload(const v1::UploadDocumentRequest& metadata,
                      const std::string& bytes) {
    const auto stub = v1::DocumentService::NewStub(ChannelTo(server_));
    grpc::ClientContext context;
    v1::UploadDocumentResponse reply;
    const auto writer = stub->UploadDocument(&context, &reply);
    v1::UploadDocumentRequest data;
    data.set_data(bytes);
    (void)(writer->Write(metadata) && writer->Write(data));
    writer->WritesDone();
    return writer->Finish();
  }
  grpc::Status Retrieve(const v1::RetrieveRequest& request) {
    const auto stub = v1::QueryService::NewStub(ChannelTo(server_));
    grpc::ClientContext context;
    v1::RetrieveResponse reply;
    return stub->Retrieve(&context, request, &reply);
  }

  const TestFolder folder_;
  Server server_{folder_.At("data")};
};

TEST_F(RequestLimits, AMessageAboveTheLimitIsRefused) {
  const grpc::Status status =
      Upload(MetadataFor("large"), std::string(17 << 20, 'x'));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_THAT(status.error_message(), HasSubstr("larger than max"));
}

TEST_F(RequestLimits, HeadersAboveTheLimitAreRefused) {
  const auto stub = v1::QueryService::NewStub(ChannelTo(server_));
  grpc::ClientContext context;
  context.AddMetadata("x-large", std::string(40 << 10, 'x'));
  v1::RetrieveRequest request;
  request.set_parent("collections/default");
  request.set_query("lighthouse");
  v1::RetrieveResponse reply;
  const grpc::Status status = stub->Retrieve(&context, request, &reply);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(RequestLimits, DocumentMetadataAboveTheLimitIsRefusedByItsField) {
  v1::UploadDocumentRequest many = MetadataFor("many");
  for (int i = 0; i < 65; ++i) {
    (*many.mutable_metadata()->mutable_metadata())[std::to_string(i)] = "x";
  }
  v1::UploadDocumentRequest large = MetadataFor("large");
  (*large.mutable_metadata()->mutable_metadata())["key"] =
      std::string(17 << 10, 'x');
  v1::UploadDocumentRequest title = MetadataFor("title");
  title.mutable_metadata()->set_title(std::string(1025, 'x'));
  v1::UploadDocumentRequest id = MetadataFor(std::string(513, 'x'));
  v1::UploadDocumentRequest announced = MetadataFor("announced");
  announced.mutable_metadata()->set_size_bytes(std::uint64_t{1} << 40);
  for (const auto& metadata : {many, large, title, id, announced}) {
    const grpc::Status status = Upload(metadata, kText);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(),
                AnyOf(HasSubstr("longer"), HasSubstr("larger"),
                      HasSubstr("more than")));
  }
}

TEST_F(RequestLimits, AQuestionAboveTheLimitIsRefusedByItsField) {
  v1::RetrieveRequest request;
  request.set_parent("collections/default");
  request.set_query(std::string((16 << 10) + 1, 'x'));
  grpc::Status status = Retrieve(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(),
              AllOf(HasSubstr("query"), HasSubstr("16384")));
  request.set_query("lighthouse");
  request.set_limit(1001);
  status = Retrieve(request);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(),
              AllOf(HasSubstr("limit"), HasSubstr("1000")));
  // The longest that is allowed is answered.
  request.set_limit(3);
  request.set_query(std::string(16 << 10, 'x'));
  EXPECT_TRUE(Retrieve(request).ok());
}

TEST_F(RequestLimits, AnUploadThatEndsEarlyIsNoDocument) {
  v1::UploadDocumentRequest metadata = MetadataFor("early");
  metadata.mutable_metadata()->set_size_bytes(100);
  const grpc::Status status = Upload(metadata, kText);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("ended after"));
  EXPECT_EQ(Cairn::At(server_).Run({"document", "get", "early"}).exit_code, 3);
}

}  // namespace
}  // namespace cairn
