// Chunker: canonical text and blocks to chunks, by structure.
//
// Rules: a chunk never crosses a heading of level 1 or 2, never splits a table
// row; sentences are split only when one alone exceeds the cap. Short sections
// under the same level-2 heading are joined up to the target. A table that is
// longer than a chunk is cut between rows; every part's context repeats the
// caption and the header row.
// Purity: a pure function of its input; the same text gives the same chunks.
// Errors: RESOURCE_EXHAUSTED (TOO_MANY_CHUNKS) above limits.chunks_max.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/status.h"
#include "domain/chunk.h"
#include "domain/document.h"

namespace cairn {

// Tokens of the embedding model in a text, without the special ones.
using TokenCounter = std::function<std::size_t(std::string_view)>;

struct ChunkerOptions {
  std::size_t target_tokens =
      220;                       // A chunk is closed once it holds this many.
  std::size_t max_tokens = 500;  // Context and text together; never exceeded.
  std::size_t context_tokens_max = 96;  // Longer context headers are cut.
};

StatusOr<std::vector<Chunk>> MakeChunks(const ParsedDocument& document,
                                        std::string_view title,
                                        const ChunkerOptions& options,
                                        const TokenCounter& count_tokens,
                                        const Limits& limits);

// What is embedded and indexed for a chunk: context, newline, text.
std::string EmbeddedText(const Chunk& chunk, std::string_view canonical_text);

}  // namespace cairn
