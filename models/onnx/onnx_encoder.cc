#include "models/onnx/onnx_encoder.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <exception>
#include <span>
#include <utility>

#include "models/onnx/inner_outputs.h"
#include "models/onnx/runtime.h"

namespace cairn {
namespace {

// What readers ask for beside the last layer. Shown outputs leave the vectors
// as they are, to the bit (compared over texts of 5, 40 and 230 tokens).
const std::vector<std::size_t> kShownLayers = {4, 8};
// The layer whose states are the network's output, when it shows inner ones.
constexpr std::size_t kOutputLayer = 12;

class OnnxEncoder final : public EncoderNetwork {
 public:
  explicit OnnxEncoder(const ModelManifest& manifest)
      : output_(manifest.output),
        width_(manifest.dimension),
        model_id_(manifest.model_id()),
        // Errors come back as Status; they need not be logged as well.
        env_(ORT_LOGGING_LEVEL_FATAL, "cairn"),
        memory_(
            Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault)) {}

  // Before anything else; may throw what the runtime throws.
  Status Load(std::string network, const std::string& file) {
    shown_layers_ = LayersIn(network, kShownLayers);
    for (const std::size_t layer : shown_layers_) {
      network += OutputPatch(LayerTensor(layer));
    }
    session_ = Ort::Session(env_, network.data(), network.size(),
                            MakeSessionOptions());
    CAIRN_ASSIGN_OR_RETURN(input_names_, CheckNetwork(session_, file, output_));
    return OkStatus();
  }

  std::string engine() const override { return "ONNX Runtime"; }
  std::size_t width() const override { return width_; }

  StatusOr<std::vector<std::vector<float>>> Run(
      std::span<const std::int64_t> ids,
      std::span<const std::size_t> layers) const override {
    std::vector<std::string> names;
    for (const std::size_t layer : layers) {
      CAIRN_ASSIGN_OR_RETURN(std::string name, OutputOf(layer));
      names.push_back(std::move(name));
    }
    try {
      return StatesOf(RunSession({ids.begin(), ids.end()}, names), ids.size());
    } catch (const std::exception& error) {
      return RuntimeError("running " + model_id_, error);
    }
  }

 private:
  StatusOr<std::string> OutputOf(std::size_t layer) const {
    if (layer == kLastLayer || layer == kOutputLayer) return output_;
    if (std::find(shown_layers_.begin(), shown_layers_.end(), layer) !=
        shown_layers_.end()) {
      return LayerTensor(layer);
    }
    return UnimplementedError(model_id_ + " does not show its layer " +
                              std::to_string(layer));
  }

  // Throws what the runtime throws.
  std::vector<Ort::Value> RunSession(
      std::vector<std::int64_t> ids,
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
        1, static_cast<std::int64_t>(rows), static_cast<std::int64_t>(width_)};
    if (shape == expected) return OkStatus();
    return InternalError(model_id_ +
                         ": the network's output has another shape than the "
                         "manifest says");
  }

  StatusOr<std::vector<std::vector<float>>> StatesOf(
      const std::vector<Ort::Value>& outputs, std::size_t rows) const {
    std::vector<std::vector<float>> states;
    for (const Ort::Value& output : outputs) {
      CAIRN_RETURN_IF_ERROR(CheckShape(output, rows));
      const float* values = output.GetTensorData<float>();
      states.emplace_back(values, values + rows * width_);
    }
    return states;
  }

  const std::string output_;
  const std::size_t width_;
  const std::string model_id_;
  const Ort::Env env_;
  const Ort::MemoryInfo memory_;
  mutable Ort::Session session_{nullptr};
  std::vector<std::string> input_names_;
  std::vector<std::size_t> shown_layers_;
};

}  // namespace

StatusOr<std::unique_ptr<EncoderNetwork>> LoadOnnxEncoder(
    const ModelManifest& manifest, std::string network) {
  CAIRN_RETURN_IF_ERROR(InitRuntime());
  auto encoder = std::make_unique<OnnxEncoder>(manifest);
  CAIRN_RETURN_IF_ERROR(encoder->Load(std::move(network), manifest.model));
  return encoder;
}

}  // namespace cairn
