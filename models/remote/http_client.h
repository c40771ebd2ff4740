// HttpClient: a request to a server, and JSON back.
//
// Place: what the adapters of models/remote send with; the one user of libcurl.
// Safety: http and https only, certificates are checked, redirects are not
// followed, replies are bounded. A key is refused over plain http to another
// machine. Proxies are those of the environment, none for this machine itself.
// Threads: safe; connections are kept and shared.
// Errors, none of which holds a key, a body or a query string:
//   INVALID_ARGUMENT (BAD_URL, BAD_KEY);
//   DEADLINE_EXCEEDED: the caller's deadline came;
//   UNAVAILABLE (SERVER_UNREACHABLE): no connection, no reply within the time
//     of an attempt, or 429 and 5xx, after all attempts;
//   UNAUTHENTICATED: 401, 403; FAILED_PRECONDITION (SERVER_REFUSED): other
//     answers; RESOURCE_EXHAUSTED: a reply above the limit.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/status.h"

namespace cairn {

// Parts of "https://host:port/path?query".
struct HttpUrl {
  std::string whole;
  std::string shown;  // Without the query: for messages and identities.
  bool encrypted = false;
  bool loopback = false;
};
// BAD_URL for another scheme, no host, or a name and password inside.
StatusOr<HttpUrl> ParseHttpUrl(const std::string& url);

struct HttpClientOptions {
  std::string url;
  std::string key;  // Sent as "Authorization: Bearer KEY"; empty: none.
  std::chrono::milliseconds attempt_max{10'000};  // Of one attempt.
  std::size_t attempts_max = 3;
  // Waited before the second attempt, twice that before the third; a server's
  // Retry-After counts instead, up to retry_after_max.
  std::chrono::milliseconds backoff{100};
  std::chrono::milliseconds retry_after_max{5'000};
  std::size_t reply_bytes_max = std::size_t{4} << 20;
};

class HttpClient {
 public:
  static StatusOr<std::unique_ptr<HttpClient>> Make(
      const HttpClientOptions& options);
  virtual ~HttpClient() = default;

  virtual const HttpUrl& url() const = 0;
  // The body of a reply of 200 to 299. `media_type` is that of the body sent.
  virtual StatusOr<std::string> Post(const std::string& media_type,
                                     const std::string& body,
                                     const Deadline& deadline) = 0;
  StatusOr<std::string> PostJson(const std::string& body,
                                 const Deadline& deadline) {
    return Post("application/json", body, deadline);
  }
};

}  // namespace cairn
