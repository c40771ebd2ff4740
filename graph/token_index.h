// TokenIndex: chunks by the tokens that stand out in them.
//
// Place: GraphView asks it which chunks hold a name, alone or inside a longer
// one ("Mouscron" in "Arrondissement of Mouscron"). It looks at tokens, not at
// their order: two names that share a chunk may pass for one of both. That is
// rare among rare names, and only rare names are asked for.
// Memory: 4 bytes a token and chunk, 12 a token; a token of more than
// kCommonChunks is kept without its chunks.
// Threads: immutable once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cairn {

class TokenIndex {
 public:
  using Chunk = std::uint32_t;
  static constexpr std::size_t kCommonChunks = 4096;

  // Tokens in any order, each once; chunks ascending.
  void Add(std::string_view token, std::span<const Chunk> chunks);
  // Once, after the last Add.
  void Finish();

  // Chunks that hold every token, ascending; common tokens count as held
  // everywhere. Nothing when more than `limit`, when a token is nowhere, or
  // when all are common.
  std::vector<Chunk> Holders(std::span<const std::string_view> tokens,
                             std::size_t limit) const;

 private:
  struct Row {
    std::uint64_t token = 0;  // Fingerprint.
    std::uint32_t begin = 0, size = 0;
  };
  const Row* Find(std::string_view token) const;
  std::span<const Chunk> ChunksOf(const Row& row) const {
    return std::span(chunks_).subspan(row.begin, row.size);
  }

  std::vector<Row> rows_;  // By token.
  std::vector<Chunk> chunks_;
};

}  // namespace cairn
