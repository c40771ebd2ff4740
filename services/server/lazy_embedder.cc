#include "services/server/lazy_embedder.h"

#include <utility>

namespace cairn {

LazyEmbedder::LazyEmbedder(Description description, Loader loader)
    : description_(std::move(description)),
      loader_(std::move(loader)),
      tokenizer_(*this) {}

Status LazyEmbedder::Load() const {
  std::call_once(once_, [this] {
    auto loaded = loader_();
    status_ = loaded.status();
    if (!loaded.ok()) return;
    if ((*loaded)->model_id() != description_.model_id) {
      status_ = FailedPreconditionError(
          "the embedding model says it is " + (*loaded)->model_id() +
              ", its manifest says " + description_.model_id,
          "MODEL_MISMATCH");
      return;
    }
    model_ = std::move(loaded).value();
  });
  return status_;
}

StatusOr<std::vector<float>> LazyEmbedder::Embed(std::string_view text,
                                                 EmbedKind kind) const {
  CAIRN_RETURN_IF_ERROR(Load());
  return model_->Embed(text, kind);
}

StatusOr<std::vector<std::vector<float>>> LazyEmbedder::EmbedMany(
    std::span<const std::string> texts, EmbedKind kind,
    std::size_t threads) const {
  CAIRN_RETURN_IF_ERROR(Load());
  return model_->EmbedMany(texts, kind, threads);
}

StatusOr<TokenStates> LazyEmbedder::EncodeTokens(
    std::span<const std::vector<std::int32_t>> parts,
    std::span<const std::size_t> layers) const {
  CAIRN_RETURN_IF_ERROR(Load());
  return model_->EncodeTokens(parts, layers);
}

std::vector<std::int32_t> LazyEmbedder::LazyTokenizer::Encode(
    std::string_view text, std::size_t max_tokens) const {
  if (!owner_.Load().ok()) return {};
  return owner_.model_->tokenizer().Encode(text, max_tokens);
}

std::size_t LazyEmbedder::LazyTokenizer::CountTokens(
    std::string_view text) const {
  if (!owner_.Load().ok()) return 0;
  return owner_.model_->tokenizer().CountTokens(text);
}

bool LazyEmbedder::LazyTokenizer::Knows(std::string_view word) const {
  return owner_.Load().ok() && owner_.model_->tokenizer().Knows(word);
}

}  // namespace cairn
