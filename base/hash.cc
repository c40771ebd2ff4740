#include "base/hash.h"

#include <openssl/sha.h>
#include <xxhash.h>

#include "base/coding.h"

namespace cairn {

std::uint64_t Fingerprint64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::string Sha256Hex(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         digest);
  return ToHex({reinterpret_cast<const char*>(digest), sizeof digest});
}

}  // namespace cairn
