#include "models/bert/bert_pass.h"

#include <algorithm>

namespace cairn {
namespace {

// Rows that a hand takes at a time where rows are cheap.
constexpr std::size_t kRowsTogether = 8;

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

BertWorkspace::BertWorkspace(const BertWeights& weights, std::size_t room)
    : capacity(room),
      states(hwy::AllocateAligned<float>(room * weights.width)),
      wide(hwy::AllocateAligned<float>(
          room * std::max(3 * weights.width, weights.inner_width))),
      narrow(hwy::AllocateAligned<float>(room * weights.width)),
      codes(hwy::AllocateAligned<std::uint8_t>(
          room * std::max(weights.width, weights.inner_width))),
      quantized(std::make_unique<Quantization[]>(room)) {
  for (Hand& hand : hands) {
    hand.sums =
        hwy::AllocateAligned<std::int32_t>(kGemmRowStep * kPanelColumns);
    hand.scratch =
        hwy::AllocateAligned<float>(AttentionScratch(room, weights.head_width));
  }
}

template <class Work>
void BertPass::ForRows(const Work& work) {
  const std::size_t count = (rows_ + kRowsTogether - 1) / kRowsTogether;
  crew_.For(count, [&](std::size_t item, std::size_t) {
    const std::size_t first = item * kRowsTogether;
    work(first, std::min(kRowsTogether, rows_ - first));
  });
}

void BertPass::Add(std::span<const std::int64_t> ids) {
  const std::size_t width = weights_.width;
  float* const first = work_.narrow.get() + rows_ * width;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    float* row = first + i * width;
    std::fill_n(row, width, 0.0F);
    AddRow(weights_.words, static_cast<std::size_t>(ids[i]), width, row);
    AddRow(weights_.types, 0, width, row);
    AddRow(weights_.positions, i, width, row);
  }
  float* const states = work_.states.get() + rows_ * width;
  cairn::AddAndNormalize(first, nullptr, ids.size(), width,
                         View(weights_.norm, weights_.epsilon), states);
  QuantizeRows(states, ids.size(), width, work_.codes.get() + rows_ * width,
               work_.quantized.get() + rows_);
  rows_ += ids.size();
  lengths_.push_back(ids.size());
}

void BertPass::Quantize(const float* from, std::size_t depth) {
  ForRows([&](std::size_t first, std::size_t count) {
    QuantizeRows(from + first * depth, count, depth,
                 work_.codes.get() + first * depth,
                 work_.quantized.get() + first);
  });
}

void BertPass::Multiply(const LinearWeights& linear, bool gelu, float* to) {
  const std::size_t depth = linear.weights.depth();
  const std::size_t columns = linear.weights.columns();
  crew_.For(columns / kPanelColumns, [&](std::size_t panel, std::size_t hand) {
    const std::size_t c = panel * kPanelColumns;
    std::int32_t* const sums = work_.hands[hand].sums.get();
    PanelScaling scaling{.column_sums = linear.weights.sums().data() + c,
                         .scales = linear.scales.data() + c,
                         .bias = linear.bias.data() + c};
    // Few rows at a time: their sums stay in the nearest cache.
    for (std::size_t r = 0; r < rows_; r += kGemmRowStep) {
      const std::size_t some = std::min(kGemmRowStep, rows_ - r);
      MultiplyPanel(kernel_, work_.codes.get() + r * depth, some, depth,
                    linear.weights.panel(panel), sums);
      scaling.rows = work_.quantized.get() + r;
      float* const out = to + r * columns + c;
      ScalePanel(sums, some, scaling, out, columns);
      if (gelu) Gelu(out, some, kPanelColumns, columns);
    }
  });
}

void BertPass::Attend(Rows wanted) {
  const std::size_t width = weights_.width;
  const std::size_t heads = width / weights_.head_width;
  struct Text {
    AttentionShape shape;
    const float* from;
    float* to;
  };
  std::vector<Text> texts;
  std::size_t from = 0;
  std::size_t to = 0;
  for (const std::size_t length : lengths_) {
    const std::size_t asking = wanted == Rows::kAll ? length : 1;
    texts.push_back({.shape = {.tokens = length,
                               .asking = asking,
                               .width = width,
                               .head = weights_.head_width},
                     .from = work_.wide.get() + from * 3 * width,
                     .to = work_.narrow.get() + to * width});
    from += length;
    to += asking;
  }
  crew_.For(texts.size() * heads, [&](std::size_t item, std::size_t hand) {
    const Text& text = texts[item / heads];
    AttendHead(text.from, text.shape, item % heads,
               work_.hands[hand].scratch.get(), text.to);
  });
}

void BertPass::KeepFirsts() {
  const std::size_t width = weights_.width;
  std::size_t from = 0;
  std::size_t to = 0;
  for (std::size_t& length : lengths_) {
    if (from != to) {
      std::copy_n(work_.states.get() + from * width, width,
                  work_.states.get() + to * width);
    }
    from += length;
    ++to;
    length = 1;
  }
  rows_ = to;
}

void BertPass::AddAndNormalize(const float* from, const NormWeights& norm) {
  const std::size_t width = weights_.width;
  ForRows([&](std::size_t first, std::size_t count) {
    float* const states = work_.states.get() + first * width;
    cairn::AddAndNormalize(from + first * width, states, count, width,
                           View(norm, weights_.epsilon), states);
    QuantizeRows(states, count, width, work_.codes.get() + first * width,
                 work_.quantized.get() + first);
  });
}

void BertPass::RunLayer(const BertLayerWeights& layer, Rows wanted) {
  float* const wide = work_.wide.get();
  float* const narrow = work_.narrow.get();
  Multiply(layer.attention, false, wide);
  Attend(wanted);
  if (wanted == Rows::kFirstOfEach) KeepFirsts();
  Quantize(narrow, weights_.width);
  Multiply(layer.attention_output, false, wide);
  AddAndNormalize(wide, layer.attention_norm);
  Multiply(layer.intermediate, true, wide);
  Quantize(wide, weights_.inner_width);
  Multiply(layer.output, false, narrow);
  AddAndNormalize(narrow, layer.output_norm);
}

}  // namespace cairn
