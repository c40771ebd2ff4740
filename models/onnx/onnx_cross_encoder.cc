#include "models/onnx/onnx_cross_encoder.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "models/onnx/batch_walk.h"
#include "models/onnx/runtime.h"
#include "models/wordpiece/wordpiece_tokenizer.h"

namespace cairn {
namespace {

constexpr double kNewest = 0.2;  // Share of the newest batch in the average.

double Sigmoid(double logit) { return 1 / (1 + std::exp(-logit)); }

// Ids of a batch, padded to the longest.
struct Batch {
  std::size_t rows = 0, columns = 0;
  std::vector<std::int64_t> ids, mask, types;
};

class OnnxCrossEncoder final : public Reranker {
 public:
  OnnxCrossEncoder(CrossEncoderManifest manifest,
                   const CrossEncoderOptions& options,
                   std::unique_ptr<WordPieceTokenizer> tokenizer)
      : manifest_(std::move(manifest)),
        id_(manifest_.model_id()),
        threads_(std::max<std::size_t>(1, options.threads)),
        tokenizer_(std::move(tokenizer)),
        // Errors come back as Status; they need not be logged as well.
        env_(ORT_LOGGING_LEVEL_FATAL, "cairn"),
        memory_(
            Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault)) {}

  // Before anything else; may throw what the runtime throws.
  Status Load(const std::string& network) {
    session_ = Ort::Session(env_, network.data(), network.size(),
                            MakeSessionOptions());
    CAIRN_ASSIGN_OR_RETURN(input_names_, CheckNetwork(session_, manifest_.model,
                                                      manifest_.output));
    return OkStatus();
  }

  const std::string& id() const override { return id_; }

  StatusOr<std::vector<double>> Score(std::string_view query,
                                      std::span<const std::string> passages,
                                      const Deadline& deadline) const override {
    const std::size_t step = manifest_.batch_passages;
    const std::size_t batches = (passages.size() + step - 1) / step;
    const std::vector<std::int32_t> question =
        tokenizer_->Encode(query, manifest_.max_tokens / 2);
    std::vector<double> scores(passages.size());
    const auto work = [&](std::size_t batch) {
      const std::size_t from = batch * step;
      const std::size_t size = std::min(step, passages.size() - from);
      const Stopwatch watch;
      const Status status = ScoreBatch(question, passages.subspan(from, size),
                                       std::span(scores).subspan(from, size));
      NoteCost(watch.ElapsedMs());
      return status;
    };
    const auto may_begin = [&] { return Affords(deadline); };
    CAIRN_ASSIGN_OR_RETURN(const std::size_t ran,
                           WalkBatches(batches, threads_, may_begin, work));
    scores.resize(std::min(scores.size(), ran * step));
    return scores;
  }

 private:
  bool Affords(const Deadline& deadline) const {
    if (deadline.infinite()) return true;
    const double left_ms =
        std::chrono::duration<double, std::milli>(deadline.remaining()).count();
    return left_ms > 0 && left_ms >= batch_ms_;
  }

  // Two threads may each lose the other's note; it is an estimate.
  void NoteCost(double ms) const {
    const double known = batch_ms_;
    batch_ms_ = known == 0 ? ms : known + kNewest * (ms - known);
  }

  void Append(const std::vector<std::int32_t>& question,
              const std::vector<std::int32_t>& passage, Batch& batch) const {
    const SpecialIds& special = tokenizer_->special_ids();
    std::vector<std::int64_t> ids;
    ids.push_back(special.start);
    ids.insert(ids.end(), question.begin(), question.end());
    ids.push_back(special.separator);
    const std::size_t first = ids.size();
    ids.insert(ids.end(), passage.begin(), passage.end());
    ids.push_back(special.separator);
    for (std::size_t i = 0; i < batch.columns; ++i) {
      const bool real = i < ids.size();
      batch.ids.push_back(real ? ids[i] : special.padding);
      batch.mask.push_back(real ? 1 : 0);
      batch.types.push_back(real && i >= first ? 1 : 0);
    }
  }

  Batch MakeBatch(const std::vector<std::int32_t>& question,
                  std::span<const std::string> passages) const {
    Batch batch{.rows = passages.size()};
    std::vector<std::vector<std::int32_t>> encoded;
    for (const std::string& passage : passages) {
      encoded.push_back(
          tokenizer_->Encode(passage, manifest_.max_tokens - question.size()));
      batch.columns =
          std::max(batch.columns, question.size() + encoded.back().size() + 3);
    }
    for (const auto& passage : encoded) Append(question, passage, batch);
    return batch;
  }

  Status ScoreBatch(const std::vector<std::int32_t>& question,
                    std::span<const std::string> passages,
                    std::span<double> scores) const {
    Batch batch = MakeBatch(question, passages);
    try {
      return Run(batch, scores);
    } catch (const std::exception& error) {
      return RuntimeError("running " + id_, error);
    }
  }

  Status Run(Batch& batch, std::span<double> scores) const {
    const std::array<std::int64_t, 2> shape = {
        static_cast<std::int64_t>(batch.rows),
        static_cast<std::int64_t>(batch.columns)};
    std::vector<const char*> names;
    std::vector<Ort::Value> inputs;
    for (const std::string& name : input_names_) {
      std::vector<std::int64_t>& values = name == "input_ids" ? batch.ids
                                          : name == "attention_mask"
                                              ? batch.mask
                                              : batch.types;
      names.push_back(name.c_str());
      inputs.push_back(Ort::Value::CreateTensor<std::int64_t>(
          memory_, values.data(), values.size(), shape.data(), shape.size()));
    }
    const char* output = manifest_.output.c_str();
    // The C++ wrapper's Run is not const, the runtime's is safe to share.
    const std::vector<Ort::Value> outputs =
        session_.Run(Ort::RunOptions{nullptr}, names.data(), inputs.data(),
                     inputs.size(), &output, 1);
    return ReadScores(outputs.at(0), scores);
  }

  Status ReadScores(const Ort::Value& output, std::span<double> scores) const {
    const auto info = output.GetTensorTypeAndShapeInfo();
    const std::vector<std::int64_t> shape = info.GetShape();
    const auto rows = static_cast<std::int64_t>(scores.size());
    const std::int64_t width = shape.size() == 2 ? shape[1] : 1;
    if (info.GetElementType() != ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT ||
        shape.empty() || shape.size() > 2 || shape[0] != rows ||
        (width != 1 && width != 2)) {
      return InternalError(id_ + ": the output " + manifest_.output +
                           " is not one or two floats a passage");
    }
    const float* values = output.GetTensorData<float>();
    for (std::size_t i = 0; i < scores.size(); ++i) {
      const double score = width == 1
                               ? ScoreOf(values[i])
                               : ScoreOf(values[2 * i], values[2 * i + 1]);
      if (!std::isfinite(score)) {
        return InternalError(id_ + ": the score of a passage is not a number");
      }
      scores[i] = std::clamp(score, 0.0, 1.0);
    }
    return OkStatus();
  }

  double ScoreOf(double value) const {
    return manifest_.probabilities ? value : Sigmoid(value);
  }
  double ScoreOf(double against, double in_favour) const {
    // The softmax of two is the sigmoid of their difference.
    return manifest_.probabilities ? in_favour : Sigmoid(in_favour - against);
  }

  const CrossEncoderManifest manifest_;
  const std::string id_;
  const std::size_t threads_;
  const std::unique_ptr<WordPieceTokenizer> tokenizer_;
  const Ort::Env env_;
  const Ort::MemoryInfo memory_;
  mutable Ort::Session session_{nullptr};
  std::vector<std::string> input_names_;
  mutable std::atomic<double> batch_ms_ = 0;  // 0: none has run yet.
};

}  // namespace

StatusOr<std::unique_ptr<Reranker>> OpenOnnxCrossEncoder(
    const std::string& folder, const CrossEncoderOptions& options) {
  CAIRN_RETURN_IF_ERROR(InitRuntime());
  CAIRN_ASSIGN_OR_RETURN(CrossEncoderManifest manifest,
                         ReadCrossEncoderManifest(folder));
  CAIRN_ASSIGN_OR_RETURN(const std::string json,
                         ReadModelFile(folder, manifest, manifest.tokenizer));
  CAIRN_ASSIGN_OR_RETURN(const std::string network,
                         ReadModelFile(folder, manifest, manifest.model));
  auto tokenizer = WordPieceTokenizer::FromJson(json);
  if (!tokenizer.ok()) return Annotate(tokenizer.status(), folder);
  try {
    auto encoder = std::make_unique<OnnxCrossEncoder>(
        std::move(manifest), options, *std::move(tokenizer));
    CAIRN_RETURN_IF_ERROR(Annotate(encoder->Load(network), folder));
    return encoder;
  } catch (const std::exception& error) {
    return RuntimeError("loading the model in " + folder, error);
  }
}

}  // namespace cairn
