#include "models/remote/http_client.h"

#include <curl/curl.h>

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace cairn {
namespace {

using std::chrono::milliseconds;

struct HandleDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, HandleDeleter>;

struct HeadersDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, HeadersDeleter>;

void InitCurl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)code;
}

Status BadUrl(std::string_view what) {
  return InvalidArgumentError("the address of the server " + std::string(what) +
                                  "; write it as https://HOST[:PORT]/PATH",
                              "BAD_URL");
}

std::string PartOf(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string copy(text);
  curl_free(text);
  return copy;
}

// "127." may also begin a name.
bool IsLoopbackHost(std::string_view host) {
  const bool number =
      host.find_first_not_of("0123456789.") == std::string_view::npos;
  return host == "localhost" || host == "[::1]" ||
         (number && host.substr(0, 4) == "127.");
}

// A line break would begin another header.
bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char sign) { return sign > ' ' && sign < '\x7f'; });
}

// What one attempt came to.
struct Reply {
  CURLcode code = CURLE_OK;
  long status = 0;
  std::string body;
  bool too_large = false;
  milliseconds retry_after{0};  // 0: not said.
};

bool MayPass(const Reply& reply) {
  switch (reply.code) {
    case CURLE_OK:
      return reply.status == 429 || reply.status == 500 ||
             reply.status == 502 || reply.status == 503 || reply.status == 504;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
      return true;
    default:
      return false;
  }
}

struct Sink {
  Reply* reply;
  std::size_t bytes_max;
};

std::size_t TakeBytes(char* bytes, std::size_t size, std::size_t count,
                      void* target) {
  auto& sink = *static_cast<Sink*>(target);
  const std::size_t length = size * count;
  if (sink.reply->body.size() + length > sink.bytes_max) {
    sink.reply->too_large = true;
    return 0;  // Ends the transfer.
  }
  sink.reply->body.append(bytes, length);
  return length;
}

class CurlClient final : public HttpClient {
 public:
  CurlClient(HttpClientOptions options, HttpUrl url)
      : options_(std::move(options)), url_(std::move(url)) {}

  const HttpUrl& url() const override { return url_; }

  StatusOr<std::string> Post(const std::string& media_type,
                             const std::string& body,
                             const Deadline& deadline) override {
    milliseconds wait = options_.backoff;
    for (std::size_t attempt = 1;; ++attempt) {
      if (deadline.expired()) return TimeIsUp();
      Reply reply = Send(media_type, body, deadline);
      if (!MayPass(reply) || attempt >= options_.attempts_max) {
        if (deadline.expired() && MayPass(reply)) return TimeIsUp();
        return ResultOf(std::move(reply));
      }
      const milliseconds pause =
          reply.retry_after.count() > 0
              ? std::min(reply.retry_after, options_.retry_after_max)
              : wait;
      if (deadline.remaining() <= pause) return TimeIsUp();
      std::this_thread::sleep_for(pause);
      wait *= 2;
    }
  }

 private:
  // A handle holds its connection, so that the next request need not make one.
  Handle TakeHandle() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        Handle handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
      }
    }
    InitCurl();
    return Handle(curl_easy_init());
  }
  void GiveBack(Handle handle) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(handle));
  }

  Headers MakeHeaders(const std::string& media_type) const {
    Headers headers;
    const auto add = [&](const std::string& line) {
      curl_slist* longer = curl_slist_append(headers.get(), line.c_str());
      if (longer == nullptr) return;  // Out of memory: the server will refuse.
      (void)headers.release();
      headers.reset(longer);
    };
    add("Content-Type: " + media_type);
    add("Accept: application/json");
    add("Expect:");  // No waiting for "100 Continue".
    if (!options_.key.empty()) add("Authorization: Bearer " + options_.key);
    return headers;
  }

  long TimeoutMs(const Deadline& deadline) const {
    milliseconds most = options_.attempt_max;
    if (!deadline.infinite()) {
      // At least 1: libcurl takes 0 for no limit.
      most = std::clamp(
          std::chrono::duration_cast<milliseconds>(deadline.remaining()),
          milliseconds(1), most);
    }
    return static_cast<long>(most.count());
  }

  Reply Send(const std::string& media_type, const std::string& body,
             const Deadline& deadline) {
    Reply reply;
    Handle handle = TakeHandle();
    if (handle == nullptr) {
      reply.code = CURLE_FAILED_INIT;
      return reply;
    }
    CURL* const curl = handle.get();
    const Headers headers = MakeHeaders(media_type);
    Sink sink{&reply, options_.reply_bytes_max};
    curl_easy_setopt(curl, CURLOPT_URL, url_.whole.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    if (url_.loopback) curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, TimeoutMs(deadline));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "cairn");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_POST, 1L);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &TakeBytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    reply.code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_off_t seconds = 0;
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
    reply.retry_after =
        milliseconds(1000 * std::clamp<curl_off_t>(seconds, 0, 1'000'000));
    curl_easy_reset(curl);  // Keeps the connection, forgets the pointers.
    GiveBack(std::move(handle));
    return reply;
  }

  Status TimeIsUp() const {
    return DeadlineExceededError("no time was left for " + url_.shown);
  }

  StatusOr<std::string> ResultOf(Reply reply) const {
    const std::string status = std::to_string(reply.status);
    if (reply.too_large) {
      return ResourceExhaustedError(url_.shown + " replied with more than " +
                                    std::to_string(options_.reply_bytes_max) +
                                    " bytes");
    }
    if (reply.code != CURLE_OK) {
      return UnavailableError(
          "cannot reach " + url_.shown + ": " + curl_easy_strerror(reply.code) +
              "; is the server running, and is the address right?",
          "SERVER_UNREACHABLE");
    }
    if (reply.status >= 200 && reply.status < 300) {
      return std::move(reply.body);
    }
    if (reply.status == 401 || reply.status == 403) {
      return UnauthenticatedError(url_.shown + " answered " + status +
                                  "; it wants a key, or another one");
    }
    if (MayPass(reply)) {
      return UnavailableError(url_.shown + " answered " + status + " " +
                                  std::to_string(options_.attempts_max) +
                                  " times; look at its log",
                              "SERVER_UNREACHABLE");
    }
    if (reply.status >= 300 && reply.status < 400) {
      return FailedPreconditionError(
          url_.shown + " answered " + status +
              "; redirects are not followed, name the place they lead to",
          "SERVER_REFUSED");
    }
    return FailedPreconditionError(
        url_.shown + " answered " + status +
            "; check path, model and form of the request",
        "SERVER_REFUSED");
  }

  const HttpClientOptions options_;
  const HttpUrl url_;
  std::mutex mutex_;
  std::vector<Handle> idle_;  // Guarded by mutex_.
};

}  // namespace

StatusOr<HttpUrl> ParseHttpUrl(const std::string& url) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parts(curl_url(),
                                                       &curl_url_cleanup);
  if (parts == nullptr ||
      curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) {
    return BadUrl("cannot be read");
  }
  const std::string scheme = PartOf(parts.get(), CURLUPART_SCHEME);
  if (scheme != "http" && scheme != "https") {
    return BadUrl("is neither http nor https");
  }
  if (!PartOf(parts.get(), CURLUPART_USER).empty() ||
      !PartOf(parts.get(), CURLUPART_PASSWORD).empty()) {
    return BadUrl("holds a name or a password; give a key instead");
  }
  const std::string host = PartOf(parts.get(), CURLUPART_HOST);
  if (host.empty()) return BadUrl("names no host");
  HttpUrl parsed{.whole = url};
  parsed.encrypted = scheme == "https";
  parsed.loopback = IsLoopbackHost(host);
  const std::string port = PartOf(parts.get(), CURLUPART_PORT);
  parsed.shown = scheme + "://" + host + (port.empty() ? "" : ":" + port) +
                 PartOf(parts.get(), CURLUPART_PATH);
  return parsed;
}

StatusOr<std::unique_ptr<HttpClient>> HttpClient::Make(
    const HttpClientOptions& options) {
  CAIRN_ASSIGN_OR_RETURN(HttpUrl url, ParseHttpUrl(options.url));
  if (!IsPrintable(options.key)) {
    return InvalidArgumentError(
        "the key for " + url.shown + " holds blanks or control signs",
        "BAD_KEY");
  }
  if (!options.key.empty() && !url.encrypted && !url.loopback) {
    return InvalidArgumentError(
        "refusing to send the key for " + url.shown +
            " unencrypted; use https, or leave the key out",
        "BAD_KEY");
  }
  return std::make_unique<CurlClient>(options, std::move(url));
}

}  // namespace cairn
