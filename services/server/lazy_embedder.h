// LazyEmbedder: an embedding model that is described at once and loaded at its
// first use, so that listing documents does not wait for a model.
//
// Place: the engine wraps the ONNX embedder in it.
// Threads: safe; the first users wait for one load.
// Errors: Load, and Embed by it, answer with what loading said; a failed load
// is not tried again. The tokenizer of a model that cannot be loaded counts
// nothing: whoever counts for something that is kept calls Load first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/embedder.h"

namespace cairn {

class LazyEmbedder final : public Embedder {
 public:
  struct Description {
    std::string model_id;
    std::size_t dimension = 0;
    std::size_t max_tokens = 0;
  };
  using Loader = std::function<StatusOr<std::unique_ptr<Embedder>>()>;

  LazyEmbedder(Description description, Loader loader);

  // Loads the model unless it was.
  Status Load() const;

  const std::string& model_id() const override { return description_.model_id; }
  std::size_t dimension() const override { return description_.dimension; }
  std::size_t max_tokens() const override { return description_.max_tokens; }
  const Tokenizer& tokenizer() const override { return tokenizer_; }
  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override;
  StatusOr<std::vector<std::vector<float>>> EmbedMany(
      std::span<const std::string> texts, EmbedKind kind,
      std::size_t threads) const override;
  StatusOr<TokenStates> EncodeTokens(
      std::span<const std::vector<std::int32_t>> parts,
      std::span<const std::size_t> layers) const override;

 private:
  class LazyTokenizer final : public Tokenizer {
   public:
    explicit LazyTokenizer(const LazyEmbedder& owner) : owner_(owner) {}
    std::vector<std::int32_t> Encode(std::string_view text,
                                     std::size_t max_tokens) const override;
    std::size_t CountTokens(std::string_view text) const override;
    bool Knows(std::string_view word) const override;

   private:
    const LazyEmbedder& owner_;
  };

  const Description description_;
  const Loader loader_;
  const LazyTokenizer tokenizer_;
  mutable std::once_flag once_;
  // Written once under once_, then read only.
  mutable Status status_;
  mutable std::unique_ptr<Embedder> model_;
};

}  // namespace cairn
