// FakeEmbedder: vectors of hashed words, for tests.
//
// Place: stands in for an encoder where a test wants no model file. Texts that
// share folded words are near each other, others nearly orthogonal; nothing
// deeper is understood, and passages and questions are embedded alike.
// Threads: safe; pure.
// Errors: none; every byte string has a vector.
// Stable: vectors are the same on every machine, in every version.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/embedder.h"
#include "models/tokenizer.h"

namespace cairn {

// One token a folded word (text/words.h); the id is a hash, at least 1. Of all
// words it knows "floor" alone.
class FakeTokenizer final : public Tokenizer {
 public:
  std::vector<std::int32_t> Encode(
      std::string_view text, std::size_t max_tokens = SIZE_MAX) const override;
  std::size_t CountTokens(std::string_view text) const override;
  bool Knows(std::string_view word) const override { return word == "floor"; }
};

class FakeEmbedder final : public Embedder {
 public:
  static constexpr std::size_t kDefaultDimension = 64;

  // `dimension` of 0 is taken as 1.
  explicit FakeEmbedder(std::size_t dimension = kDefaultDimension);

  // "fake-64".
  const std::string& model_id() const override { return model_id_; }
  std::size_t dimension() const override { return dimension_; }
  std::size_t max_tokens() const override { return 510; }
  const Tokenizer& tokenizer() const override { return tokenizer_; }
  // A text without words has the first axis as its vector.
  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override;

 private:
  const std::size_t dimension_;
  const std::string model_id_;
  const FakeTokenizer tokenizer_;
};

}  // namespace cairn
