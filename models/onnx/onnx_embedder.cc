#include "models/onnx/onnx_embedder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <exception>
#include <string_view>
#include <utility>
#include <vector>

#include "models/onnx/inner_outputs.h"
#include "models/onnx/runtime.h"
#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {
namespace {

// What readers ask for beside the last layer. Shown outputs leave the vectors
// as they are, to the bit (compared over texts of 5, 40 and 230 tokens).
const std::vector<std::size_t> kShownLayers = {4, 8};
constexpr std::size_t kLastLayer = 12;

// Pools `rows` token vectors into `vector`.
void Pool(Pooling pooling, const float* tokens, std::size_t rows,
          std::vector<float>& vector) {
  const std::size_t width = vector.size();
  if (pooling == Pooling::kFirst) {
    std::copy_n(tokens, width, vector.begin());
    return;
  }
  std::vector<double> sum(width, 0.0);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < width; ++i) sum[i] += tokens[row * width + i];
  }
  for (std::size_t i = 0; i < width; ++i) {
    vector[i] = static_cast<float>(sum[i] / static_cast<double>(rows));
  }
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
               std::unique_ptr<WordPieceTokenizer> tokenizer)
      : manifest_(std::move(manifest)),
        model_id_(manifest_.model_id()),
        tokenizer_(std::move(tokenizer)),
        // Errors come back as Status; they need not be logged as well.
        env_(ORT_LOGGING_LEVEL_FATAL, "cairn"),
        memory_(
            Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault)) {}

  // Before anything else; may throw what the runtime throws.
  Status Load(std::string network) {
    shown_layers_ = LayersIn(network, kShownLayers);
    for (const std::size_t layer : shown_layers_) {
      network += OutputPatch(LayerTensor(layer));
    }
    session_ = Ort::Session(env_, network.data(), network.size(),
                            MakeSessionOptions());
    CAIRN_ASSIGN_OR_RETURN(input_names_, CheckNetwork(session_, manifest_.model,
                                                      manifest_.output));
    return OkStatus();
  }

  const std::string& model_id() const override { return model_id_; }
  std::size_t dimension() const override { return manifest_.dimension; }
  std::size_t max_tokens() const override { return manifest_.max_tokens; }
  const Tokenizer& tokenizer() const override { return *tokenizer_; }

  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override {
    std::vector<std::int64_t> ids = Frame(text, kind);
    try {
      const std::vector<Ort::Value> outputs = Run(ids, {manifest_.output});
      return VectorOf(outputs.at(0), ids.size());
    } catch (const std::exception& error) {
      return RuntimeError("running " + model_id_, error);
    }
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
    std::vector<std::string> names;
    for (const std::size_t layer : layers) {
      CAIRN_ASSIGN_OR_RETURN(std::string name, OutputOf(layer));
      names.push_back(std::move(name));
    }
    try {
      return StatesOf(Run(ids, names), ids.size());
    } catch (const std::exception& error) {
      return RuntimeError("running " + model_id_, error);
    }
  }

 private:
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

  StatusOr<std::string> OutputOf(std::size_t layer) const {
    if (layer == kLastLayer) return manifest_.output;
    if (std::find(shown_layers_.begin(), shown_layers_.end(), layer) !=
        shown_layers_.end()) {
      return LayerTensor(layer);
    }
    return UnimplementedError(model_id_ + " does not show its layer " +
                              std::to_string(layer));
  }

  // Throws what the runtime throws.
  std::vector<Ort::Value> Run(std::vector<std::int64_t>& ids,
                              const std::vector<std::string>& outputs) const {
    std::vector<std::int64_t> ones(ids.size(), 1);
    std::vector<std::int64_t> zeros(ids.size(), 0);
    const std::array<std::int64_t, 2> shape = {
        1, static_cast<std::int64_t>(ids.size())};
    std::vector<const char*> names;
    std::vector<Ort::Value> inputs;
    for (const std::string& name : input_names_) {
      std::vector<std::int64_t>& values = name == "input_ids"        ? ids
                                          : name == "attention_mask" ? ones
                                                                     : zeros;
      names.push_back(name.c_str());
      inputs.push_back(Ort::Value::CreateTensor<std::int64_t>(
          memory_, values.data(), values.size(), shape.data(), shape.size()));
    }
    std::vector<const char*> wanted;
    for (const std::string& name : outputs) wanted.push_back(name.c_str());
    // The C++ wrapper's Run is not const, the runtime's is safe to share.
    return session_.Run(Ort::RunOptions{nullptr}, names.data(), inputs.data(),
                        inputs.size(), wanted.data(), wanted.size());
  }

  Status CheckShape(const Ort::Value& output, std::size_t rows) const {
    const std::vector<std::int64_t> shape =
        output.GetTensorTypeAndShapeInfo().GetShape();
    const std::vector<std::int64_t> expected = {
        1, static_cast<std::int64_t>(rows),
        static_cast<std::int64_t>(manifest_.dimension)};
    if (shape == expected) return OkStatus();
    return InternalError(model_id_ +
                         ": the network's output has another shape than the "
                         "manifest says");
  }

  StatusOr<TokenStates> StatesOf(const std::vector<Ort::Value>& outputs,
                                 std::size_t rows) const {
    TokenStates states{
        .tokens = rows, .width = manifest_.dimension, .layers = {}};
    for (const Ort::Value& output : outputs) {
      CAIRN_RETURN_IF_ERROR(CheckShape(output, rows));
      const float* values = output.GetTensorData<float>();
      states.layers.emplace_back(values, values + rows * states.width);
    }
    return states;
  }

  StatusOr<std::vector<float>> VectorOf(const Ort::Value& output,
                                        std::size_t rows) const {
    CAIRN_RETURN_IF_ERROR(CheckShape(output, rows));
    std::vector<float> vector(manifest_.dimension);
    Pool(manifest_.pooling, output.GetTensorData<float>(), rows, vector);
    if (!NormalizeInPlace(vector)) {
      return InternalError(model_id_ +
                           ": the vector of the text is not finite");
    }
    return vector;
  }

  const ModelManifest manifest_;
  const std::string model_id_;
  const std::unique_ptr<WordPieceTokenizer> tokenizer_;
  const Ort::Env env_;
  const Ort::MemoryInfo memory_;
  mutable Ort::Session session_{nullptr};
  std::vector<std::string> input_names_;
  std::vector<std::size_t> shown_layers_;
};

}  // namespace

StatusOr<std::string> OnnxRuntimeVersion() {
  CAIRN_RETURN_IF_ERROR(InitRuntime());
  return std::string(OrtGetApiBase()->GetVersionString());
}

StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(
    const std::string& folder) {
  CAIRN_RETURN_IF_ERROR(InitRuntime());
  CAIRN_ASSIGN_OR_RETURN(ModelManifest manifest, ReadManifest(folder));
  CAIRN_ASSIGN_OR_RETURN(const std::string json,
                         ReadModelFile(folder, manifest, manifest.tokenizer));
  CAIRN_ASSIGN_OR_RETURN(std::string network,
                         ReadModelFile(folder, manifest, manifest.model));
  auto tokenizer = WordPieceTokenizer::FromJson(json);
  if (!tokenizer.ok()) return Annotate(tokenizer.status(), folder);
  try {
    auto embedder = std::make_unique<OnnxEmbedder>(std::move(manifest),
                                                   *std::move(tokenizer));
    CAIRN_RETURN_IF_ERROR(Annotate(embedder->Load(std::move(network)), folder));
    return embedder;
  } catch (const std::exception& error) {
    return RuntimeError("loading the model in " + folder, error);
  }
}

}  // namespace cairn
