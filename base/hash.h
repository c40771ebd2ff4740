// Hashes: fast fingerprints for keys and equality, SHA-256 for identity that
// must resist an attacker (content of documents, model files, API keys).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cairn {

// XXH3-64 with seed 0. Stable for ever: it is part of stored keys.
std::uint64_t Fingerprint64(std::string_view bytes);

// SHA-256 as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

}  // namespace cairn
