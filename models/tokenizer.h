// Tokenizer: text to the ids of an embedding model.
// Threads: safe. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace cairn {

class Tokenizer {
 public:
  virtual ~Tokenizer() = default;
  // Ids without special tokens; at most `max_tokens` of them.
  virtual std::vector<std::int32_t> Encode(
      std::string_view text, std::size_t max_tokens = SIZE_MAX) const = 0;
  // How many ids Encode would give; faster.
  virtual std::size_t CountTokens(std::string_view text) const = 0;
  // `word`, lower case, has an id of its own: it is a word that people use, or
  // a name that they know. False tells nothing.
  virtual bool Knows(std::string_view word) const = 0;
};

}  // namespace cairn
