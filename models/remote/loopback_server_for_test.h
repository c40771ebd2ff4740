// LoopbackServer: an HTTP server on this machine for the tests of adapters.
//
// One request a connection, one connection after another; the handler decides
// what comes back. Reads what a client of ours sends, no more of HTTP.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace cairn {

struct TestRequest {
  std::string head;  // Request line and headers, as they came.
  std::string body;
};

struct TestReply {
  int status = 200;
  std::string body;
  std::string headers;   // Further ones, each with "\r\n".
  bool hang_up = false;  // Close without a word.
};

class LoopbackServer {
 public:
  using Handler = std::function<TestReply(const TestRequest&)>;

  explicit LoopbackServer(Handler handler) : handler_(std::move(handler)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(::bind(listener_, any, size), 0);
    EXPECT_EQ(::listen(listener_, 64), 0);
    EXPECT_EQ(::getsockname(listener_, any, &size), 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { Serve(); });
  }
  ~LoopbackServer() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);  // Wakes accept.
    thread_.join();
    ::close(listener_);
  }
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  std::string Url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }
  int requests() const { return requests_; }

 private:
  void Serve() {
    while (!stopping_) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) continue;
      TestRequest request;
      if (Read(connection, request)) {
        ++requests_;
        Write(connection, handler_(request));
      }
      ::close(connection);
    }
  }

  static bool Read(int connection, TestRequest& request) {
    std::string bytes;
    std::size_t head_end = std::string::npos;
    std::size_t wanted = 0;
    char buffer[65536];
    while (head_end == std::string::npos ||
           bytes.size() < head_end + 4 + wanted) {
      const ssize_t got = ::recv(connection, buffer, sizeof buffer, 0);
      if (got <= 0) return false;
      bytes.append(buffer, static_cast<std::size_t>(got));
      if (head_end != std::string::npos) continue;
      head_end = bytes.find("\r\n\r\n");
      const std::size_t length = bytes.find("Content-Length: ");
      if (head_end != std::string::npos && length < head_end) {
        wanted = std::strtoull(bytes.c_str() + length + 16, nullptr, 10);
      }
    }
    request.head = bytes.substr(0, head_end + 2);
    request.body = bytes.substr(head_end + 4);
    return true;
  }

  static void Write(int connection, const TestReply& reply) {
    if (reply.hang_up) return;
    const std::string bytes =
        "HTTP/1.1 " + std::to_string(reply.status) + " Told\r\n" +
        reply.headers + "Content-Length: " + std::to_string(reply.body.size()) +
        "\r\nConnection: close\r\n\r\n" + reply.body;
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      // A client that is gone is no reason to end the test program.
      const ssize_t more = ::send(connection, bytes.data() + sent,
                                  bytes.size() - sent, MSG_NOSIGNAL);
      if (more <= 0) return;
      sent += static_cast<std::size_t>(more);
    }
  }

  const Handler handler_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> requests_ = 0;
  std::thread thread_;
};

}  // namespace cairn
