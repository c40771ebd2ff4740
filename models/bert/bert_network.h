// BertNetwork: a quantised BERT encoder on kernels of our own, for CPUs that
// have AVX2, AVX-512 VNNI or AMX.
//
// Place: OnnxEmbedder runs it instead of ONNX Runtime where it can. The weights
// are the runtime's; the states between them are cut to bytes by rows, not by
// texts, which keeps more of them. Vectors of texts agree with the runtime's to
// a cosine of .998 (docs/adr/0014-own-kernels.md): a collection may be read
// with either. Threads: safe; one run uses one thread, several run side by
// side. Promise: a text's states depend on nothing but the text and the CPU's
// vector width: every kernel gives the same sums, and texts that share a pass
// over the weights share nothing else. Limits: as many ids as the network has
// positions.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "models/bert/bert_weights.h"
#include "models/bert/int8_gemm.h"
#include "models/encoder_network.h"

namespace cairn {

class Crew;
struct BertWorkspace;

class BertNetwork final : public EncoderNetwork {
 public:
  // UNIMPLEMENTED: the network is of another form, or `kernel` does not run
  // here.
  static StatusOr<std::unique_ptr<BertNetwork>> FromOnnx(
      std::string_view network, std::string_view output,
      GemmKernel kernel = BestGemmKernel());
  ~BertNetwork() override;

  std::string engine() const override;
  std::size_t width() const override { return weights_.width; }
  std::size_t layers() const { return weights_.layers.size(); }
  GemmKernel kernel() const { return kernel_; }

  // INVALID_ARGUMENT for ids that the network does not have, for none, or for
  // too many; UNIMPLEMENTED for a layer it does not have.
  StatusOr<std::vector<std::vector<float>>> Run(
      std::span<const std::int64_t> ids,
      std::span<const std::size_t> layers) const override;
  StatusOr<std::vector<std::vector<float>>> FirstStates(
      std::span<const std::vector<std::int64_t>> texts,
      std::size_t threads) const override;

 private:
  BertNetwork(BertWeights weights, GemmKernel kernel);
  Status Check(std::span<const std::int64_t> ids,
               std::span<const std::size_t> layers) const;
  std::unique_ptr<BertWorkspace> Take(std::size_t tokens) const;
  void Return(std::unique_ptr<BertWorkspace> work) const;
  // Texts that were checked.
  void RunPass(std::span<const std::vector<std::int64_t>> texts, Crew& crew,
               std::vector<std::vector<float>>& firsts) const;

  const BertWeights weights_;
  const GemmKernel kernel_;
  mutable std::atomic<int> running_ = 0;  // Calls of FirstStates.
  mutable std::mutex mutex_;
  // Kept for the next runs; guarded by mutex_.
  mutable std::vector<std::unique_ptr<BertWorkspace>> idle_;
};

}  // namespace cairn
