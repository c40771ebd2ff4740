#include "models/onnx/onnx_embedder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "models/bert/bert_network.h"
#include "models/encoder_network.h"
#include "models/onnx/onnx_encoder.h"
#include "models/onnx/runtime.h"
#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {
namespace {

// The mean of the rows of `states`.
std::vector<float> MeanOf(const std::vector<float>& states, std::size_t width) {
  const std::size_t rows = states.size() / width;
  std::vector<double> sum(width, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < width; ++i) sum[i] += states[row * width + i];
  }
  std::vector<float> mean(width);
  for (std::size_t i = 0; i < width; ++i) {
    mean[i] = static_cast<float>(sum[i] / static_cast<double>(rows));
  }
  return mean;
}

// False when there is no direction: all zero, or not numbers.
bool NormalizeInPlace(std::vector<float>& vector) {
  double squares = 0;
  for (const float value : vector) {
    squares += static_cast<double>(value) * value;
  }
  if (!std::isfinite(squares) || squares <= 0) return false;
  const double scale = 1 / std::sqrt(squares);
  for (float& value : vector) value = static_cast<float>(value * scale);
  return true;
}

class OnnxEmbedder final : public Embedder {
 public:
  OnnxEmbedder(ModelManifest manifest,
               std::unique_ptr<WordPieceTokenizer> tokenizer,
               std::unique_ptr<EncoderNetwork> network)
      : manifest_(std::move(manifest)),
        model_id_(manifest_.model_id()),
        tokenizer_(std::move(tokenizer)),
        network_(std::move(network)) {}

  const std::string& model_id() const override { return model_id_; }
  std::size_t dimension() const override { return manifest_.dimension; }
  std::size_t max_tokens() const override { return manifest_.max_tokens; }
  const Tokenizer& tokenizer() const override { return *tokenizer_; }

  std::string engine() const override { return network_->engine(); }

  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override {
    const std::vector<std::int64_t> ids = Frame(text, kind);
    CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<float>> vectors,
                           Encode(std::span(&ids, 1), 1));
    return std::move(vectors.front());
  }

  StatusOr<std::vector<std::vector<float>>> EmbedMany(
      std::span<const std::string> texts, EmbedKind kind,
      std::size_t threads) const override {
    std::vector<std::vector<std::int64_t>> ids;
    ids.reserve(texts.size());
    for (const std::string& text : texts) ids.push_back(Frame(text, kind));
    return Encode(ids, threads);
  }

  StatusOr<TokenStates> EncodeTokens(
      std::span<const std::vector<std::int32_t>> parts,
      std::span<const std::size_t> layers) const override {
    std::vector<std::int64_t> ids = {tokenizer_->special_ids().start};
    for (const std::vector<std::int32_t>& part : parts) {
      ids.insert(ids.end(), part.begin(), part.end());
      ids.push_back(tokenizer_->special_ids().separator);
    }
    if (ids.size() > manifest_.max_tokens + 2) {
      return InvalidArgumentError(
          std::to_string(ids.size()) + " tokens are more than " + model_id_ +
          " takes, " + std::to_string(manifest_.max_tokens + 2));
    }
    if (std::find(layers.begin(), layers.end(), kLastLayer) != layers.end()) {
      return UnimplementedError("layers are counted from 1");
    }
    TokenStates states{
        .tokens = ids.size(), .width = manifest_.dimension, .layers = {}};
    CAIRN_ASSIGN_OR_RETURN(states.layers, network_->Run(ids, layers));
    return states;
  }

 private:
  StatusOr<std::vector<std::vector<float>>> Encode(
      std::span<const std::vector<std::int64_t>> texts,
      std::size_t threads) const {
    auto vectors = manifest_.pooling == Pooling::kFirst
                       ? network_->FirstStates(texts, threads)
                       : Means(texts);
    if (!vectors.ok()) return vectors;
    for (std::vector<float>& vector : *vectors) {
      if (!NormalizeInPlace(vector)) {
        return InternalError(model_id_ +
                             ": the vector of the text is not finite");
      }
    }
    return vectors;
  }

  StatusOr<std::vector<std::vector<float>>> Means(
      std::span<const std::vector<std::int64_t>> texts) const {
    constexpr std::size_t kLayers[] = {kLastLayer};
    std::vector<std::vector<float>> means;
    for (const std::vector<std::int64_t>& ids : texts) {
      CAIRN_ASSIGN_OR_RETURN(const std::vector<std::vector<float>> states,
                             network_->Run(ids, kLayers));
      means.push_back(MeanOf(states[0], manifest_.dimension));
    }
    return means;
  }

  // The ids between the special tokens the network was trained with.
  std::vector<std::int64_t> Frame(std::string_view text, EmbedKind kind) const {
    const std::string& prefix = kind == EmbedKind::kQuery
                                    ? manifest_.query_prefix
                                    : manifest_.passage_prefix;
    // One string: a prefix may end inside a word.
    const std::vector<std::int32_t> inner =
        prefix.empty() ? tokenizer_->Encode(text, manifest_.max_tokens)
                       : tokenizer_->Encode(prefix + std::string(text),
                                            manifest_.max_tokens);
    std::vector<std::int64_t> ids;
    ids.reserve(inner.size() + 2);
    ids.push_back(tokenizer_->special_ids().start);
    ids.insert(ids.end(), inner.begin(), inner.end());
    ids.push_back(tokenizer_->special_ids().separator);
    return ids;
  }

  const ModelManifest manifest_;
  const std::string model_id_;
  const std::unique_ptr<WordPieceTokenizer> tokenizer_;
  const std::unique_ptr<EncoderNetwork> network_;
};

// Our own kernels where they can run the network, ONNX Runtime elsewhere.
StatusOr<std::unique_ptr<EncoderNetwork>> LoadNetwork(
    const ModelManifest& manifest, std::string bytes, EncoderEngine engine) {
  if (engine == EncoderEngine::kBest &&
      BestGemmKernel() != GemmKernel::kPortable) {
    auto own = BertNetwork::FromOnnx(bytes, manifest.output);
    if (own.ok() && (*own)->width() == manifest.dimension) {
      return std::unique_ptr<EncoderNetwork>(*std::move(own));
    }
    // Another form; what is damaged the runtime will say in its words.
  }
  try {
    return LoadOnnxEncoder(manifest, std::move(bytes));
  } catch (const std::exception& error) {
    return RuntimeError("loading the model", error);
  }
}

}  // namespace

StatusOr<std::string> OnnxRuntimeVersion() {
  CAIRN_RETURN_IF_ERROR(InitRuntime());
  return std::string(OrtGetApiBase()->GetVersionString());
}

StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(const std::string& folder,
                                                     EncoderEngine engine) {
  CAIRN_ASSIGN_OR_RETURN(ModelManifest manifest, ReadManifest(folder));
  CAIRN_ASSIGN_OR_RETURN(const std::string json,
                         ReadModelFile(folder, manifest, manifest.tokenizer));
  CAIRN_ASSIGN_OR_RETURN(std::string bytes,
                         ReadModelFile(folder, manifest, manifest.model));
  auto tokenizer = WordPieceTokenizer::FromJson(json);
  if (!tokenizer.ok()) return Annotate(tokenizer.status(), folder);
  auto network = LoadNetwork(manifest, std::move(bytes), engine);
  if (!network.ok()) return Annotate(network.status(), folder);
  return std::make_unique<OnnxEmbedder>(
      std::move(manifest), *std::move(tokenizer), *std::move(network));
}

}  // namespace cairn
