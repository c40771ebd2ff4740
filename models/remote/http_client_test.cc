#include "models/remote/http_client.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "models/remote/loopback_server_for_test.h"

namespace cairn {
namespace {

using std::chrono::milliseconds;

std::unique_ptr<HttpClient> ClientOf(HttpClientOptions options) {
  options.backoff = milliseconds(1);
  options.retry_after_max = milliseconds(1);
  auto made = HttpClient::Make(options);
  EXPECT_TRUE(made.ok()) << made.status();
  return made.ok() ? std::move(made).value() : nullptr;
}

StatusOr<std::string> Post(const HttpClientOptions& options,
                           const Deadline& deadline = Deadline::Infinite()) {
  return ClientOf(options)->PostJson("{\"a\":1}", deadline);
}

TEST(HttpClient, SendsTheBodyWithItsKeyAndGivesTheReply) {
  TestRequest seen;
  LoopbackServer server([&](const TestRequest& request) {
    seen = request;
    return TestReply{.body = "[2]"};
  });
  const auto reply =
      Post({.url = server.Url("/v1/rerank?x=1"), .key = "secret-key"});
  ASSERT_TRUE(reply.ok()) << reply.status();
  EXPECT_EQ(*reply, "[2]");
  EXPECT_EQ(seen.body, "{\"a\":1}");
  EXPECT_EQ(seen.head.find("POST /v1/rerank?x=1 HTTP/1.1\r\n"), 0U);
  EXPECT_NE(seen.head.find("Content-Type: application/json\r\n"),
            std::string::npos);
  EXPECT_NE(seen.head.find("Authorization: Bearer secret-key\r\n"),
            std::string::npos);
}

TEST(HttpClient, SendsNoCredentialWithoutAKey) {
  std::string head;
  LoopbackServer server([&](const TestRequest& request) {
    head = request.head;
    return TestReply{};
  });
  ASSERT_TRUE(Post({.url = server.Url("/")}).ok());
  EXPECT_EQ(head.find("Authorization"), std::string::npos);
}

TEST(HttpClient, TriesAgainWhatMayPass) {
  for (const int status : {429, 500, 502, 503, 504, 0}) {
    int calls = 0;
    LoopbackServer server([&](const TestRequest&) {
      if (++calls == 3) return TestReply{.body = "done"};
      return TestReply{.status = status,
                       .headers = "Retry-After: 3600\r\n",
                       .hang_up = status == 0};
    });
    const auto reply = Post({.url = server.Url("/")});
    ASSERT_TRUE(reply.ok()) << status << ": " << reply.status();
    EXPECT_EQ(*reply, "done");
    EXPECT_EQ(server.requests(), 3);
  }
}

TEST(HttpClient, GivesUpAfterItsAttempts) {
  LoopbackServer server(
      [](const TestRequest&) { return TestReply{.status = 503}; });
  const Status status =
      Post({.url = server.Url("/"), .attempts_max = 4}).status();
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "SERVER_UNREACHABLE");
  EXPECT_EQ(server.requests(), 4);
}

TEST(HttpClient, AsksOnceWhatWillNotPass) {
  const std::vector<std::pair<int, StatusCode>> cases = {
      {400, StatusCode::kFailedPrecondition},
      {401, StatusCode::kUnauthenticated},
      {403, StatusCode::kUnauthenticated},
      {404, StatusCode::kFailedPrecondition},
      {302, StatusCode::kFailedPrecondition}};
  for (const auto& [answer, code] : cases) {
    LoopbackServer server([answer = answer](const TestRequest&) {
      return TestReply{.status = answer,
                       .body = "the question you asked",
                       .headers = "Location: http://127.0.0.1:1/\r\n"};
    });
    const Status status =
        Post({.url = server.Url("/rerank?token=abc"), .key = "secret-key"})
            .status();
    EXPECT_EQ(status.code(), code) << answer;
    EXPECT_EQ(server.requests(), 1);
    // Neither keys nor what was sent or received stand in messages.
    EXPECT_EQ(MessageOf(status).find("secret"), std::string::npos);
    EXPECT_EQ(MessageOf(status).find("abc"), std::string::npos);
    EXPECT_EQ(MessageOf(status).find("question"), std::string::npos);
    EXPECT_NE(MessageOf(status).find("/rerank"), std::string::npos);
  }
}

// Answers only when it is told to.
class Gate {
 public:
  void Open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    opened_.notify_all();
  }
  void Wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool open_ = false;
};

TEST(HttpClient, ObeysTheDeadline) {
  Gate gate;
  LoopbackServer server([&](const TestRequest&) {
    gate.Wait();
    return TestReply{};
  });
  EXPECT_EQ(Post({.url = server.Url("/")}, Deadline::After(milliseconds(20)))
                .status()
                .code(),
            StatusCode::kDeadlineExceeded);
  gate.Open();
  EXPECT_EQ(Post({.url = server.Url("/")}, Deadline::After(milliseconds(-1)))
                .status()
                .code(),
            StatusCode::kDeadlineExceeded);
}

TEST(HttpClient, ObeysTheTimeOfAnAttempt) {
  Gate gate;
  LoopbackServer server([&](const TestRequest&) {
    gate.Wait();
    return TestReply{};
  });
  const Status status = Post({.url = server.Url("/"),
                              .attempt_max = milliseconds(20),
                              .attempts_max = 2})
                            .status();
  EXPECT_EQ(ReasonOf(status), "SERVER_UNREACHABLE");
  gate.Open();
}

TEST(HttpClient, RefusesRepliesAboveTheLimit) {
  LoopbackServer server([](const TestRequest&) {
    return TestReply{.body = std::string(2000, 'x')};
  });
  EXPECT_EQ(
      Post({.url = server.Url("/"), .reply_bytes_max = 1999}).status().code(),
      StatusCode::kResourceExhausted);
  EXPECT_TRUE(Post({.url = server.Url("/"), .reply_bytes_max = 2000}).ok());
}

TEST(HttpClient, TellsWhenNobodyListens) {
  std::string url;
  {
    LoopbackServer server([](const TestRequest&) { return TestReply{}; });
    url = server.Url("/");
  }
  EXPECT_EQ(ReasonOf(Post({.url = url}).status()), "SERVER_UNREACHABLE");
}

TEST(HttpClient, RefusesAddressesAndKeysThatAreNotSafe) {
  for (const std::string url :
       {"", "ftp://host/", "file:///etc/passwd", "host", "http://",
        "https://user:password@host/", "http://[::1"}) {
    EXPECT_EQ(ReasonOf(HttpClient::Make({.url = url}).status()), "BAD_URL")
        << url;
  }
  EXPECT_EQ(ReasonOf(HttpClient::Make(
                         {.url = "http://example.org/", .key = "secret-key"})
                         .status()),
            "BAD_KEY");
  EXPECT_EQ(ReasonOf(HttpClient::Make({.url = "https://example.org/",
                                       .key = "a\r\nX-Other: b"})
                         .status()),
            "BAD_KEY");
  EXPECT_TRUE(
      HttpClient::Make({.url = "https://example.org/", .key = "secret-key"})
          .ok());
  EXPECT_TRUE(
      HttpClient::Make({.url = "http://localhost:1/", .key = "k"}).ok());
}

TEST(HttpClient, ShowsAddressesWithoutTheirQuery) {
  const auto url = ParseHttpUrl("https://example.org:8443/v1/rerank?key=abc#x");
  ASSERT_TRUE(url.ok());
  EXPECT_EQ(url->shown, "https://example.org:8443/v1/rerank");
  EXPECT_TRUE(url->encrypted);
  EXPECT_FALSE(url->loopback);
  // Names that only begin like this machine's.
  EXPECT_FALSE(ParseHttpUrl("http://127.example.org/")->loopback);
}

}  // namespace
}  // namespace cairn
