#include "models/onnx/onnx_embedder.h"

#include <onnxruntime_cxx_api.h>

#include <array>
#include <cmath>
#include <vector>

#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {
namespace {

// The vector of a text from its token vectors, by the model's pooling, of unit
// length.
std::vector<float> Pool(const float* tokens, std::size_t count,
                        std::size_t dimension, bool mean) {
  std::vector<float> vector(tokens, tokens + dimension);
  if (mean) {
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = 0; j < dimension; ++j) {
        vector[j] += tokens[i * dimension + j];
      }
    }
  }
  double squares = 0;
  for (const float value : vector) squares += double{value} * value;
  const double scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
  for (float& value : vector) value = static_cast<float>(value * scale);
  return vector;
}

class OnnxEmbedder final : public Embedder {
 public:
  OnnxEmbedder(ModelManifest manifest,
               std::unique_ptr<WordPieceTokenizer> tokenizer,
               const std::string& model)
      : manifest_(std::move(manifest)),
        model_id_(manifest_.model_id()),
        tokenizer_(std::move(tokenizer)),
        environment_(ORT_LOGGING_LEVEL_ERROR, "cairn"),
        session_(environment_, model.data(), model.size(), Options()) {}

  const std::string& model_id() const override { return model_id_; }
  std::size_t dimension() const override { return manifest_.dimension; }
  std::size_t max_tokens() const override { return manifest_.max_tokens; }
  const Tokenizer& tokenizer() const override { return *tokenizer_; }

  StatusOr<std::vector<float>> Embed(std::string_view text,
                                     EmbedKind kind) const override {
    std::string with_prefix = kind == EmbedKind::kQuery
                                  ? manifest_.query_prefix
                                  : manifest_.passage_prefix;
    with_prefix += text;
    const auto pieces = tokenizer_->Encode(with_prefix, manifest_.max_tokens);
    std::vector<std::int64_t> ids;
    ids.reserve(pieces.size() + 2);
    ids.push_back(tokenizer_->special_ids().start);
    ids.insert(ids.end(), pieces.begin(), pieces.end());
    ids.push_back(tokenizer_->special_ids().separator);
    try {
      return Run(ids);
    } catch (const Ort::Exception& error) {
      return InternalError(std::string("the embedding model failed: ") +
                           error.what());
    }
  }

 private:
  static Ort::SessionOptions Options() {
    Ort::SessionOptions options;
    options.SetIntraOpNumThreads(1);
    options.SetInterOpNumThreads(1);
    options.SetExecutionMode(ORT_SEQUENTIAL);
    options.SetGraphOptimizationLevel(ORT_ENABLE_ALL);
    // Every text has its own length: plans for one shape never serve another.
    options.DisableMemPattern();
    return options;
  }

  StatusOr<std::vector<float>> Run(std::vector<std::int64_t>& ids) const {
    std::vector<std::int64_t> mask(ids.size(), 1);
    std::vector<std::int64_t> types(ids.size(), 0);
    const std::array<std::int64_t, 2> shape = {
        1, static_cast<std::int64_t>(ids.size())};
    const auto memory =
        Ort::MemoryInfo::CreateCpu(OrtDeviceAllocator, OrtMemTypeCPU);
    const auto tensor = [&](std::vector<std::int64_t>& values) {
      return Ort::Value::CreateTensor<std::int64_t>(
          memory, values.data(), values.size(), shape.data(), shape.size());
    };
    const std::array<Ort::Value, 3> inputs = {tensor(ids), tensor(mask),
                                              tensor(types)};
    const std::array<const char*, 3> names = {"input_ids", "attention_mask",
                                              "token_type_ids"};
    const char* output = manifest_.output.c_str();
    // Run is thread-safe; the C++ wrapper is only not marked const.
    const auto results = session_.Run(Ort::RunOptions{nullptr}, names.data(),
                                      inputs.data(), inputs.size(), &output, 1);
    const auto found = results.front().GetTensorTypeAndShapeInfo().GetShape();
    if (found.size() != 3 ||
        found[1] != static_cast<std::int64_t>(ids.size()) ||
        found[2] != static_cast<std::int64_t>(manifest_.dimension)) {
      return InternalError("the embedding model's output " + manifest_.output +
                           " does not have the shape of its manifest");
    }
    return Pool(results.front().GetTensorData<float>(), ids.size(),
                manifest_.dimension, manifest_.mean_pooling);
  }

  const ModelManifest manifest_;
  const std::string model_id_;
  const std::unique_ptr<WordPieceTokenizer> tokenizer_;
  const Ort::Env environment_;
  mutable Ort::Session session_;
};

}  // namespace

StatusOr<std::unique_ptr<Embedder>> OpenOnnxEmbedder(
    const std::string& folder) {
  if (OrtGetApiBase()->GetApi(ORT_API_VERSION) == nullptr) {
    return FailedPreconditionError(
        std::string("ONNX Runtime ") + OrtGetApiBase()->GetVersionString() +
            " is too old for this program; run ./run setup",
        "RUNTIME_TOO_OLD");
  }
  CAIRN_ASSIGN_OR_RETURN(ModelManifest manifest, ReadManifest(folder));
  CAIRN_ASSIGN_OR_RETURN(const std::string model,
                         ReadModelFile(folder, manifest, manifest.model));
  CAIRN_ASSIGN_OR_RETURN(const std::string json,
                         ReadModelFile(folder, manifest, manifest.tokenizer));
  CAIRN_ASSIGN_OR_RETURN(auto tokenizer, WordPieceTokenizer::FromJson(json));
  try {
    return std::unique_ptr<Embedder>(std::make_unique<OnnxEmbedder>(
        std::move(manifest), std::move(tokenizer), model));
  } catch (const Ort::Exception& error) {
    return InternalError("cannot load the model in " + folder + ": " +
                         error.what());
  }
}

}  // namespace cairn
