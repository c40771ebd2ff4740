// BertPass: texts on their way through the layers of an encoder, together.
//
// Place: BertNetwork sends texts through in passes. The rows (tokens) of the
// texts follow each other; only attention knows where a text ends.
// Threads: one owner; its Crew's second thread may help.
#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "models/bert/bert_math.h"
#include "models/bert/bert_weights.h"
#include "models/bert/crew.h"

namespace cairn {

// Memory of a pass. All matrices have room for `capacity` rows, a multiple of
// kGemmRowStep.
struct BertWorkspace {
  BertWorkspace(const BertWeights& weights, std::size_t room);

  std::size_t capacity;
  hwy::AlignedFreeUniquePtr<float[]> states;
  hwy::AlignedFreeUniquePtr<float[]> wide;
  hwy::AlignedFreeUniquePtr<float[]> narrow;
  hwy::AlignedFreeUniquePtr<std::uint8_t[]> codes;
  std::unique_ptr<Quantization[]> quantized;  // Of the rows of `codes`.
  struct Hand {
    hwy::AlignedFreeUniquePtr<std::int32_t[]> sums;
    hwy::AlignedFreeUniquePtr<float[]> scratch;
  };
  Hand hands[Crew::kHands];
};

class BertPass {
 public:
  enum class Rows { kAll, kFirstOfEach };

  // All of them outlive the pass.
  BertPass(const BertWeights& weights, GemmKernel kernel, Crew& crew,
           BertWorkspace& work)
      : weights_(weights), kernel_(kernel), crew_(crew), work_(work) {}

  // Adds a text, checked by the caller. All come before the first layer.
  void Add(std::span<const std::int64_t> ids);
  // kFirstOfEach: from here on, only the first token of each text is there.
  void RunLayer(const BertLayerWeights& layer, Rows wanted);
  // Of `rows()` tokens, row by row, behind the last layer that was run.
  const float* states() const { return work_.states.get(); }
  std::size_t rows() const { return rows_; }

 private:
  // work(first row, number of rows), over all rows, some at a time.
  template <class Work>
  void ForRows(const Work& work);
  void Quantize(const float* from, std::size_t depth);
  // The rows of `codes` times `linear`, into `to`.
  void Multiply(const LinearWeights& linear, bool gelu, float* to);
  void Attend(Rows wanted);
  // Rows that are not wanted any more fall out: the others move up.
  void KeepFirsts();
  // Adds `from` to the states, and readies them for the next product.
  void AddAndNormalize(const float* from, const NormWeights& norm);

  const BertWeights& weights_;
  const GemmKernel kernel_;
  Crew& crew_;
  BertWorkspace& work_;
  std::size_t rows_ = 0;
  std::vector<std::size_t> lengths_;  // Of the texts.
};

}  // namespace cairn
