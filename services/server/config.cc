#include "services/server/config.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "base/file.h"

namespace cairn {
namespace {

constexpr char kModel[] = "bge-small-en-v1.5-int8";

bool StartsWith(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

// Without port and brackets.
std::string_view HostOf(std::string_view address) {
  if (StartsWith(address, "[")) {
    const std::size_t end = address.find(']');
    return end == std::string_view::npos ? address : address.substr(1, end - 1);
  }
  return address.substr(0, address.rfind(':'));
}

}  // namespace

std::string FindModelFolder(const std::string& given) {
  std::string folder = given;
  if (folder.empty()) {
    const char* environment = std::getenv("CAIRN_MODELS");
    if (environment != nullptr) folder = environment;
  }
  if (folder.empty()) folder = ProgramFolder() + "/../deps/models";
  std::error_code ignored;
  const std::string inside = folder + "/" + kModel;
  if (std::filesystem::is_directory(inside, ignored)) folder = inside;
  return std::filesystem::path(folder).lexically_normal().string();
}

bool IsLoopback(std::string_view address) {
  if (StartsWith(address, "unix:") || StartsWith(address, "unix-abstract:")) {
    return true;
  }
  const std::string_view host = HostOf(address);
  return host == "localhost" || host == "::1" || StartsWith(host, "127.");
}

Status Check(const ServerConfig& server, bool require_key) {
  if (server.address.empty()) {
    return InvalidArgumentError("the address to listen on is empty",
                                "BAD_CONFIGURATION");
  }
  if (server.tls_certificate.empty() != server.tls_private_key.empty()) {
    return InvalidArgumentError(
        "TLS needs both a certificate and its private key",
        "BAD_CONFIGURATION");
  }
  if (!IsLoopback(server.address) && !require_key && !server.allow_anonymous) {
    return InvalidArgumentError(
        "refusing to serve " + server.address +
            " without keys: anybody who reaches it could read and delete "
            "everything; make a key and give --require-key, or give "
            "--allow-anonymous if the network is yours alone",
        "BAD_CONFIGURATION");
  }
  return OkStatus();
}

}  // namespace cairn
