// EncoderNetwork: ids of tokens to their states, on whatever computes them.
//
// Place: OnnxEmbedder frames texts, runs one of these and pools what it gives.
// Implementations: bert/BertNetwork (kernels of our own), onnx/OnnxEncoder
// (ONNX Runtime).
// Threads: safe; one run uses one thread, or as many as it is told.
// Errors: INVALID_ARGUMENT for ids the network does not have; UNIMPLEMENTED for
// a layer it does not show; INTERNAL with the runtime's words.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"

namespace cairn {

// Stands for the layer whose states the network was trained to give.
inline constexpr std::size_t kLastLayer = 0;

class EncoderNetwork {
 public:
  virtual ~EncoderNetwork() = default;
  // What computes, for people: "AMX kernels", "ONNX Runtime".
  virtual std::string engine() const = 0;
  virtual std::size_t width() const = 0;
  // The states of all tokens after each of `layers` (from 1, or kLastLayer),
  // in that order: ids.size() x width() numbers each, by rows.
  virtual StatusOr<std::vector<std::vector<float>>> Run(
      std::span<const std::int64_t> ids,
      std::span<const std::size_t> layers) const = 0;
  // The state of the first token of each text after the last layer, width()
  // numbers each: the same as Run gives, whatever the other texts are and
  // whatever `threads`, which is how many may work on it (a network may use
  // fewer). Faster where several texts share one pass over the weights.
  virtual StatusOr<std::vector<std::vector<float>>> FirstStates(
      std::span<const std::vector<std::int64_t>> texts,
      std::size_t threads) const {
    static_cast<void>(threads);
    constexpr std::size_t kLayers[] = {kLastLayer};
    std::vector<std::vector<float>> firsts;
    for (const std::vector<std::int64_t>& ids : texts) {
      CAIRN_ASSIGN_OR_RETURN(std::vector<std::vector<float>> states,
                             Run(ids, kLayers));
      states[0].resize(width());
      firsts.push_back(std::move(states[0]));
    }
    return firsts;
  }
};

}  // namespace cairn
