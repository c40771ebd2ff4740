#include "base/hash.h"

#include <openssl/sha.h>
#include <xxhash.h>

namespace cairn {

std::uint64_t Fingerprint64(std::string_view bytes) {
  return XXH3_64bits(bytes.data(), bytes.size());
}

std::string Sha256Hex(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         digest);
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

}  // namespace cairn
