#include "models/bert/bert_network.h"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "models/bert/bert_math.h"

namespace cairn {
namespace {

// Adds a row of a table of bytes to `out`.
void AddRow(const EmbeddingTable& table, std::size_t row, std::size_t width,
            float* out) {
  const std::uint8_t* codes = table.codes.data() + row * width;
  for (std::size_t i = 0; i < width; ++i) {
    out[i] += table.scale * static_cast<float>(codes[i] - table.zero);
  }
}

LayerNormOf View(const NormWeights& norm, float epsilon) {
  return {.weight = norm.weight.data(),
          .bias = norm.bias.data(),
          .epsilon = epsilon};
}

}  // namespace

// Memory of one run. All matrices have room for PaddedRows(tokens) rows.
struct BertNetwork::Workspace {
  Workspace(const BertWeights& weights, std::size_t rows)
      : capacity(rows),
        states(hwy::AllocateAligned<float>(rows * weights.width)),
        wide(hwy::AllocateAligned<float>(
            rows * std::max(3 * weights.width, weights.inner_width))),
        narrow(hwy::AllocateAligned<float>(rows * weights.width)),
        codes(hwy::AllocateAligned<std::uint8_t>(
            rows * std::max(weights.width, weights.inner_width))),
        quantized(std::make_unique<Quantization[]>(rows)),
        sums(hwy::AllocateAligned<std::int32_t>(kGemmRowStep * kPanelColumns)),
        scratch(hwy::AllocateAligned<float>(
            AttentionScratch(rows, weights.head_width))) {}

  // `from` (tokens x depth) times `linear`, into `to`.
  void Multiply(GemmKernel kernel, const float* from,
                const LinearWeights& linear, float* to) const {
    const std::size_t depth = linear.weights.depth();
    const std::size_t columns = linear.weights.columns();
    QuantizeRows(from, tokens, depth, codes.get(), quantized.get());
    PanelScaling scaling;
    for (std::size_t c = 0; c < columns; c += kPanelColumns) {
      scaling.column_sums = linear.weights.sums().data() + c;
      scaling.scales = linear.scales.data() + c;
      scaling.bias = linear.bias.data() + c;
      // Few rows at a time: their sums stay in the nearest cache.
      for (std::size_t r = 0; r < tokens; r += kGemmRowStep) {
        const std::size_t rows = std::min(kGemmRowStep, tokens - r);
        MultiplyPanel(kernel, codes.get() + r * depth, rows, depth,
                      linear.weights.panel(c / kPanelColumns), sums.get());
        scaling.rows = quantized.get() + r;
        ScalePanel(sums.get(), rows, scaling, to + r * columns + c, columns);
      }
    }
  }

  std::size_t capacity;  // Rows.
  std::size_t tokens = 0;
  hwy::AlignedFreeUniquePtr<float[]> states;
  hwy::AlignedFreeUniquePtr<float[]> wide;
  hwy::AlignedFreeUniquePtr<float[]> narrow;
  hwy::AlignedFreeUniquePtr<std::uint8_t[]> codes;
  std::unique_ptr<Quantization[]> quantized;  // Of the rows of `codes`.
  hwy::AlignedFreeUniquePtr<std::int32_t[]> sums;
  hwy::AlignedFreeUniquePtr<float[]> scratch;
};

StatusOr<std::unique_ptr<BertNetwork>> BertNetwork::FromOnnx(
    std::string_view network, std::string_view output, GemmKernel kernel) {
  if (!Runs(kernel)) {
    return UnimplementedError(std::string(NameOf(kernel)) +
                              " is not there on this CPU");
  }
  CAIRN_ASSIGN_OR_RETURN(BertWeights weights, ReadBertWeights(network, output));
  return std::unique_ptr<BertNetwork>(
      new BertNetwork(std::move(weights), kernel));
}

BertNetwork::BertNetwork(BertWeights weights, GemmKernel kernel)
    : weights_(std::move(weights)), kernel_(kernel) {}

BertNetwork::~BertNetwork() = default;

std::string BertNetwork::engine() const {
  return std::string(NameOf(kernel_)) + " kernels";
}

Status BertNetwork::Check(std::span<const std::int64_t> ids,
                          std::span<const std::size_t> layers) const {
  if (ids.empty() || ids.size() > weights_.positions.rows) {
    return InvalidArgumentError(std::to_string(ids.size()) +
                                " ids; the network takes 1 to " +
                                std::to_string(weights_.positions.rows));
  }
  for (const std::int64_t id : ids) {
    if (id < 0 || static_cast<std::size_t>(id) >= weights_.words.rows) {
      return InvalidArgumentError("the network has no id " +
                                  std::to_string(id));
    }
  }
  for (const std::size_t layer : layers) {
    if (layer > weights_.layers.size()) {
      return UnimplementedError("the network has no layer " +
                                std::to_string(layer));
    }
  }
  return OkStatus();
}

std::unique_ptr<BertNetwork::Workspace> BertNetwork::Take(
    std::size_t tokens) const {
  const std::size_t rows = PaddedRows(tokens);
  std::unique_ptr<Workspace> work;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      work = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (work == nullptr || work->capacity < rows) {
    work = std::make_unique<Workspace>(weights_, rows);
  }
  work->tokens = tokens;
  return work;
}

void BertNetwork::Embed(std::span<const std::int64_t> ids,
                        Workspace& work) const {
  const std::size_t width = weights_.width;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    float* row = work.narrow.get() + i * width;
    std::fill_n(row, width, 0.0F);
    AddRow(weights_.words, static_cast<std::size_t>(ids[i]), width, row);
    AddRow(weights_.types, 0, width, row);
    AddRow(weights_.positions, i, width, row);
  }
  AddAndNormalize(work.narrow.get(), nullptr, ids.size(), width,
                  View(weights_.norm, weights_.epsilon), work.states.get());
}

void BertNetwork::RunLayer(const BertLayerWeights& layer,
                           Workspace& work) const {
  const std::size_t width = weights_.width;
  const std::size_t tokens = work.tokens;
  float* const states = work.states.get();
  float* const wide = work.wide.get();
  float* const narrow = work.narrow.get();
  work.Multiply(kernel_, states, layer.attention, wide);
  Attend(wide, tokens, width, weights_.head_width, work.scratch.get(), narrow);
  work.Multiply(kernel_, narrow, layer.attention_output, wide);
  AddAndNormalize(wide, states, tokens, width,
                  View(layer.attention_norm, weights_.epsilon), states);
  work.Multiply(kernel_, states, layer.intermediate, wide);
  Gelu(wide, tokens * weights_.inner_width);
  work.Multiply(kernel_, wide, layer.output, narrow);
  AddAndNormalize(narrow, states, tokens, width,
                  View(layer.output_norm, weights_.epsilon), states);
}

StatusOr<std::vector<std::vector<float>>> BertNetwork::Run(
    std::span<const std::int64_t> ids,
    std::span<const std::size_t> layers) const {
  CAIRN_RETURN_IF_ERROR(Check(ids, layers));
  const auto number_of = [&](std::size_t layer) {
    return layer == kLastLayer ? weights_.layers.size() : layer;
  };
  std::size_t last = 0;
  for (const std::size_t layer : layers)
    last = std::max(last, number_of(layer));
  std::unique_ptr<Workspace> work = Take(ids.size());
  const TileState tiles(kernel_);
  Embed(ids, *work);
  std::vector<std::vector<float>> shown(layers.size());
  for (std::size_t number = 1; number <= last; ++number) {
    RunLayer(weights_.layers[number - 1], *work);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (number_of(layers[i]) != number) continue;
      shown[i].assign(work->states.get(),
                      work->states.get() + ids.size() * weights_.width);
    }
  }
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(work));
  return shown;
}

}  // namespace cairn
