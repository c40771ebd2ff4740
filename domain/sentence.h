// SentenceVector: one sentence of a chunk and its direction in 8-bit codes.
//
// Only the direction counts: the vector is codes / |codes|. It needs no scale
// beside it, and coding a decoded vector again changes nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "domain/span.h"

namespace cairn {

// A chunk has at most this many; see documents/chunking/sentences.h.
inline constexpr std::size_t kChunkSentencesMax = 32;

struct SentenceVector {
  ByteSpan span;                   // In the canonical text.
  std::vector<std::int8_t> codes;  // The largest is 127 or -127.
  friend bool operator==(const SentenceVector&,
                         const SentenceVector&) = default;
};

// Checks that the sentences are in order inside `chunk`, at most
// kChunkSentencesMax and of one dimension. Empty when all holds, else the first
// breach.
std::string FindBreach(std::span<const SentenceVector> sentences,
                       const ByteSpan& chunk, std::size_t dimension);

// Codes of a vector's direction; values that are not finite count as zero.
std::vector<std::int8_t> DirectionCodes(std::span<const float> vector);

}  // namespace cairn
