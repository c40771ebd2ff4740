#include "models/bert/bert_network.h"

#include <hwy/aligned_allocator.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "models/bert/bert_math.h"

namespace cairn {
namespace {

// Of the texts of one pass: enough to be bound by arithmetic and not by reading
// the weights, and few enough for the caches.
constexpr std::size_t kPassTokens = 256;

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

// Memory of one run, whose texts' rows follow each other. All matrices have
// room for PaddedRows(rows) rows.
struct BertNetwork::Workspace {
  Workspace(const BertWeights& weights, std::size_t room)
      : capacity(room),
        states(hwy::AllocateAligned<float>(room * weights.width)),
        wide(hwy::AllocateAligned<float>(
            room * std::max(3 * weights.width, weights.inner_width))),
        narrow(hwy::AllocateAligned<float>(room * weights.width)),
        codes(hwy::AllocateAligned<std::uint8_t>(
            room * std::max(weights.width, weights.inner_width))),
        quantized(std::make_unique<Quantization[]>(room)),
        sums(hwy::AllocateAligned<std::int32_t>(kGemmRowStep * kPanelColumns)),
        scratch(hwy::AllocateAligned<float>(
            AttentionScratch(room, weights.head_width))) {}

  // `from` (rows x depth) times `linear`, into `to`.
  void Multiply(GemmKernel kernel, const float* from,
                const LinearWeights& linear, float* to) const {
    const std::size_t depth = linear.weights.depth();
    const std::size_t columns = linear.weights.columns();
    QuantizeRows(from, rows, depth, codes.get(), quantized.get());
    PanelScaling scaling;
    for (std::size_t c = 0; c < columns; c += kPanelColumns) {
      scaling.column_sums = linear.weights.sums().data() + c;
      scaling.scales = linear.scales.data() + c;
      scaling.bias = linear.bias.data() + c;
      // Few rows at a time: their sums stay in the nearest cache.
      for (std::size_t r = 0; r < rows; r += kGemmRowStep) {
        const std::size_t some = std::min(kGemmRowStep, rows - r);
        MultiplyPanel(kernel, codes.get() + r * depth, some, depth,
                      linear.weights.panel(c / kPanelColumns), sums.get());
        scaling.rows = quantized.get() + r;
        ScalePanel(sums.get(), some, scaling, to + r * columns + c, columns);
      }
    }
  }

  std::size_t capacity;  // Rows.
  std::size_t rows = 0;
  std::vector<std::size_t> lengths;  // Of the texts.
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
  work->rows = 0;
  work->lengths.clear();
  return work;
}

void BertNetwork::Return(std::unique_ptr<Workspace> work) const {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(work));
}

void BertNetwork::Embed(std::span<const std::int64_t> ids,
                        Workspace& work) const {
  const std::size_t width = weights_.width;
  float* const first = work.narrow.get() + work.rows * width;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    float* row = first + i * width;
    std::fill_n(row, width, 0.0F);
    AddRow(weights_.words, static_cast<std::size_t>(ids[i]), width, row);
    AddRow(weights_.types, 0, width, row);
    AddRow(weights_.positions, i, width, row);
  }
  AddAndNormalize(first, nullptr, ids.size(), width,
                  View(weights_.norm, weights_.epsilon),
                  work.states.get() + work.rows * width);
  work.rows += ids.size();
  work.lengths.push_back(ids.size());
}

// What each text's tokens take from each other, into `narrow`. Rows that are
// not wanted any more fall out here: the others move up.
void BertNetwork::AttendEach(Rows rows, Workspace& work) const {
  const std::size_t width = weights_.width;
  AttentionShape shape{.width = width, .head = weights_.head_width};
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t& length : work.lengths) {
    shape.tokens = length;
    shape.asking = rows == Rows::kAll ? length : 1;
    Attend(work.wide.get() + from * 3 * width, shape, work.scratch.get(),
           work.narrow.get() + to * width);
    if (from != to) {
      std::copy_n(work.states.get() + from * width, shape.asking * width,
                  work.states.get() + to * width);
    }
    from += length;
    to += shape.asking;
    length = shape.asking;
  }
  work.rows = to;
}

void BertNetwork::RunLayer(const BertLayerWeights& layer, Rows rows,
                           Workspace& work) const {
  const std::size_t width = weights_.width;
  float* const states = work.states.get();
  float* const wide = work.wide.get();
  float* const narrow = work.narrow.get();
  work.Multiply(kernel_, states, layer.attention, wide);
  AttendEach(rows, work);
  work.Multiply(kernel_, narrow, layer.attention_output, wide);
  AddAndNormalize(wide, states, work.rows, width,
                  View(layer.attention_norm, weights_.epsilon), states);
  work.Multiply(kernel_, states, layer.intermediate, wide);
  Gelu(wide, work.rows * weights_.inner_width);
  work.Multiply(kernel_, wide, layer.output, narrow);
  AddAndNormalize(narrow, states, work.rows, width,
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
    RunLayer(weights_.layers[number - 1], Rows::kAll, *work);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (number_of(layers[i]) != number) continue;
      shown[i].assign(work->states.get(),
                      work->states.get() + ids.size() * weights_.width);
    }
  }
  Return(std::move(work));
  return shown;
}

void BertNetwork::RunPass(std::span<const std::vector<std::int64_t>> texts,
                          std::vector<std::vector<float>>& firsts) const {
  std::size_t tokens = 0;
  for (const std::vector<std::int64_t>& ids : texts) tokens += ids.size();
  std::unique_ptr<Workspace> work = Take(tokens);
  const TileState tiles(kernel_);
  for (const std::vector<std::int64_t>& ids : texts) Embed(ids, *work);
  for (const BertLayerWeights& layer : weights_.layers) {
    const bool last = &layer == &weights_.layers.back();
    RunLayer(layer, last ? Rows::kFirstOfEach : Rows::kAll, *work);
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const float* state = work->states.get() + i * weights_.width;
    firsts.emplace_back(state, state + weights_.width);
  }
  Return(std::move(work));
}

StatusOr<std::vector<std::vector<float>>> BertNetwork::FirstStates(
    std::span<const std::vector<std::int64_t>> texts) const {
  for (const std::vector<std::int64_t>& ids : texts) {
    CAIRN_RETURN_IF_ERROR(Check(ids, {}));
  }
  std::vector<std::vector<float>> firsts;
  for (std::size_t begin = 0; begin < texts.size();) {
    std::size_t end = begin + 1;
    std::size_t tokens = texts[begin].size();
    while (end < texts.size() && tokens + texts[end].size() <= kPassTokens) {
      tokens += texts[end++].size();
    }
    RunPass(texts.subspan(begin, end - begin), firsts);
    begin = end;
  }
  return firsts;
}

}  // namespace cairn
