#include "models/bert/bert_math.h"

#include <algorithm>
#include <cmath>

#include "models/bert/int8_gemm.h"

// Vectors stand in arrays here, which those of unknown size cannot.
#define HWY_DISABLED_TARGETS \
  (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#ifndef CAIRN_BERT_MATH_ONCE
#define CAIRN_BERT_MATH_ONCE
namespace cairn {
constexpr std::size_t kBlockMax = 8;  // Rows of attention made together.
inline std::size_t PaddedTokens(std::size_t tokens) {
  return (tokens + 31) / 32 * 32;
}
}  // namespace cairn
#endif

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/bert/bert_math.cc"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace cairn {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// No more than 16 lanes: the widths are multiples of that.
using Floats = hn::CappedTag<float, 16>;
using Ints = hn::RebindToSigned<Floats>;
using Vec = hn::Vec<Floats>;
constexpr Floats kFloats;
constexpr Ints kInts;

// Sixteen sums, whatever the lanes, added in one order: floats are then the
// same on all CPUs with fused products, and so are vectors of one text.
constexpr std::size_t kSums = 16;
constexpr std::size_t kParts = kSums / hn::MaxLanes(kFloats);
struct Sums {
  Vec parts[kParts];
  HWY_INLINE Sums() {
    for (Vec& part : parts) part = hn::Zero(kFloats);
  }
  // i to i + 8, i to i + 4, then the last four.
  HWY_INLINE float Total() const {
    const hn::CappedTag<float, 4> four;
    HWY_ALIGN float sums[kSums];
    for (std::size_t p = 0; p < kParts; ++p) {
      hn::Store(parts[p], kFloats, sums + p * hn::Lanes(kFloats));
    }
    const auto a = hn::Add(hn::Load(four, sums), hn::Load(four, sums + 8));
    const auto b = hn::Add(hn::Load(four, sums + 4), hn::Load(four, sums + 12));
    return hn::GetLane(hn::SumOfLanes(four, hn::Add(a, b)));
  }
};

// e^x for x <= 0 as a power of 2, relative error below 1e-5; 0 below -87.
HWY_INLINE Vec ExpOfNegative(Vec x) {
  const Vec low = hn::Set(kFloats, -87.0F);
  const auto tiny = hn::Lt(x, low);
  const Vec y = hn::Mul(hn::Max(x, low), hn::Set(kFloats, 1.44269504F));
  const Vec n = hn::Round(y);
  const Vec f = hn::Sub(y, n);
  // Taylor of 2^f on [-0.5, 0.5]; the first term left out is below 2e-6.
  Vec p = hn::Set(kFloats, 1.33335581e-3F);
  for (const float c :
       {9.61812911e-3F, 5.55041087e-2F, 2.40226507e-1F, 6.93147181e-1F, 1.0F}) {
    p = hn::MulAdd(p, f, hn::Set(kFloats, c));
  }
  const auto exponent = hn::ShiftLeft<23>(hn::ConvertTo(kInts, n));
  const auto scaled = hn::Add(hn::BitCast(kInts, p), exponent);
  return hn::IfThenZeroElse(tiny, hn::BitCast(kFloats, scaled));
}

HWY_INLINE Vec Erf(Vec x) {
  const Vec one = hn::Set(kFloats, 1.0F);
  const Vec a = hn::Abs(x);
  // Not by the CPU's approximate reciprocal: each make of CPU has its own.
  const Vec t = hn::Div(one, hn::MulAdd(a, hn::Set(kFloats, 0.3275911F), one));
  Vec p = hn::Set(kFloats, 1.061405429F);
  for (const float c :
       {-1.453152027F, 1.421413741F, -0.284496736F, 0.254829592F}) {
    p = hn::MulAdd(p, t, hn::Set(kFloats, c));
  }
  const Vec tail =
      hn::Mul(hn::Mul(p, t), ExpOfNegative(hn::Neg(hn::Mul(a, a))));
  return hn::CopySign(hn::Sub(one, tail), x);
}

Quantization QuantizeRow(const float* values, std::size_t width,
                         std::uint8_t* codes) {
  const std::size_t lanes = hn::Lanes(kFloats);
  Vec least = hn::Zero(kFloats), most = hn::Zero(kFloats);
  for (std::size_t i = 0; i < width; i += lanes) {
    const Vec x = hn::LoadU(kFloats, values + i);
    least = hn::Min(least, x);
    most = hn::Max(most, x);
  }
  const float low = hn::GetLane(hn::MinOfLanes(kFloats, least));
  const float high = hn::GetLane(hn::MaxOfLanes(kFloats, most));
  Quantization made;
  if (high > low) made.scale = (high - low) / 255.0F;
  made.zero = static_cast<std::int32_t>(
      std::nearbyint(std::clamp(-low / made.scale, 0.0F, 255.0F)));
  const Vec factor = hn::Set(kFloats, 1.0F / made.scale);
  const auto zero = hn::Set(kInts, made.zero);
  const hn::Rebind<std::uint8_t, Floats> bytes;
  for (std::size_t i = 0; i < width; i += lanes) {
    const Vec x = hn::Mul(hn::LoadU(kFloats, values + i), factor);
    const auto code = hn::Add(hn::NearestInt(x), zero);
    hn::StoreU(hn::DemoteTo(bytes, code), bytes, codes + i);
  }
  return made;
}

void QuantizeRowsImpl(const float* values, std::size_t rows, std::size_t width,
                      std::uint8_t* codes, Quantization* made) {
  for (std::size_t r = 0; r < rows; ++r) {
    made[r] = QuantizeRow(values + r * width, width, codes + r * width);
  }
}

void ScalePanelImpl(const std::int32_t* sums, std::size_t rows,
                    const PanelScaling& scaling, float* out,
                    std::size_t stride) {
  const std::size_t lanes = hn::Lanes(kFloats);
  // Half a panel at a time: its six vectors stay in registers.
  for (std::size_t half = 0; half < kPanelColumns; half += 2 * lanes) {
    const auto sum_a = hn::LoadU(kInts, scaling.column_sums + half);
    const auto sum_b = hn::LoadU(kInts, scaling.column_sums + half + lanes);
    const Vec scale_a = hn::LoadU(kFloats, scaling.scales + half);
    const Vec scale_b = hn::LoadU(kFloats, scaling.scales + half + lanes);
    const Vec bias_a = hn::LoadU(kFloats, scaling.bias + half);
    const Vec bias_b = hn::LoadU(kFloats, scaling.bias + half + lanes);
    for (std::size_t r = 0; r < rows; ++r) {
      const auto zero = hn::Set(kInts, scaling.rows[r].zero);
      const Vec factor = hn::Set(kFloats, scaling.rows[r].scale);
      const std::int32_t* from = sums + r * kPanelColumns + half;
      float* to = out + r * stride + half;
      const auto a = hn::Sub(hn::LoadU(kInts, from), hn::Mul(sum_a, zero));
      const auto b =
          hn::Sub(hn::LoadU(kInts, from + lanes), hn::Mul(sum_b, zero));
      hn::StoreU(hn::MulAdd(hn::Mul(hn::ConvertTo(kFloats, a), factor), scale_a,
                            bias_a),
                 kFloats, to);
      hn::StoreU(hn::MulAdd(hn::Mul(hn::ConvertTo(kFloats, b), factor), scale_b,
                            bias_b),
                 kFloats, to + lanes);
    }
  }
}

void GeluImpl(float* values, std::size_t rows, std::size_t width,
              std::size_t stride) {
  const Vec half = hn::Set(kFloats, 0.5F);
  const Vec root = hn::Set(kFloats, 0.70710678F);
  for (std::size_t r = 0; r < rows; ++r) {
    float* const row = values + r * stride;
    for (std::size_t i = 0; i < width; i += hn::Lanes(kFloats)) {
      const Vec x = hn::LoadU(kFloats, row + i);
      const Vec y = hn::Mul(half, x);
      hn::StoreU(hn::MulAdd(y, Erf(hn::Mul(x, root)), y), kFloats, row + i);
    }
  }
}

void NormalizeRow(const float* values, const float* residual, std::size_t width,
                  const LayerNormOf& norm, float* out) {
  const std::size_t lanes = hn::Lanes(kFloats);
  const auto n = static_cast<float>(width);
  Sums sum;
  for (std::size_t i = 0; i < width;) {
    for (Vec& part : sum.parts) {
      Vec x = hn::LoadU(kFloats, values + i);
      if (residual != nullptr) x = hn::Add(x, hn::LoadU(kFloats, residual + i));
      hn::StoreU(x, kFloats, out + i);
      part = hn::Add(part, x);
      i += lanes;
    }
  }
  const Vec mean = hn::Set(kFloats, sum.Total() / n);
  Sums squares;
  for (std::size_t i = 0; i < width;) {
    for (Vec& part : squares.parts) {
      const Vec x = hn::Sub(hn::LoadU(kFloats, out + i), mean);
      part = hn::MulAdd(x, x, part);
      i += lanes;
    }
  }
  const float deviation = std::sqrt(squares.Total() / n + norm.epsilon);
  const Vec scale = hn::Set(kFloats, 1.0F / deviation);
  for (std::size_t i = 0; i < width; i += lanes) {
    const Vec x = hn::Sub(hn::LoadU(kFloats, out + i), mean);
    const Vec y =
        hn::MulAdd(hn::Mul(x, scale), hn::LoadU(kFloats, norm.weight + i),
                   hn::LoadU(kFloats, norm.bias + i));
    hn::StoreU(y, kFloats, out + i);
  }
}

void AddAndNormalizeImpl(const float* values, const float* residual,
                         std::size_t rows, std::size_t width,
                         const LayerNormOf& norm, float* out) {
  for (std::size_t r = 0; r < rows; ++r) {
    NormalizeRow(values + r * width,
                 residual == nullptr ? nullptr : residual + r * width, width,
                 norm, out + r * width);
  }
}

// Rows of scores that are made, normalised and used together: their sums, two
// vectors a row, fill half of the registers.
constexpr std::size_t kBlock = hn::MaxLanes(kFloats) >= 16 ? 8 : 4;
static_assert(kBlock <= kBlockMax);

// One head: where its numbers are, and what it needs room for.
struct Head {
  const float* queries;
  const float* keys;
  const float* values;
  std::size_t tokens, asking, padded, stride, size;
  float* turned;  // Keys by columns: size x padded, zero behind the last token.
  float* scores;  // kBlock x padded.
};

void TurnKeys(const Head& head) {
  // A few tokens at a time: their rows are far apart.
  constexpr std::size_t kTogether = 16;
  for (std::size_t t = 0; t < head.padded; t += kTogether) {
    const std::size_t count =
        t < head.tokens ? std::min(kTogether, head.tokens - t) : 0;
    for (std::size_t d = 0; d < head.size; ++d) {
      float* to = head.turned + d * head.padded + t;
      const float* from = head.keys + t * head.stride + d;
      for (std::size_t i = 0; i < count; ++i) to[i] = from[i * head.stride];
      std::fill(to + count, to + kTogether, 0.0F);
    }
  }
}

// Scores of kBlock queries from `first` on (clamped to the last that asks).
void ScoreBlock(const Head& head, std::size_t first, float scale) {
  const std::size_t lanes = hn::Lanes(kFloats);
  const float* query[kBlock];
  for (std::size_t r = 0; r < kBlock; ++r) {
    query[r] =
        head.queries + std::min(first + r, head.asking - 1) * head.stride;
  }
  const Vec factor = hn::Set(kFloats, scale);
  for (std::size_t t = 0; t < head.padded; t += 2 * lanes) {
    Vec left[kBlock], right[kBlock];
    for (std::size_t r = 0; r < kBlock; ++r) {
      left[r] = right[r] = hn::Zero(kFloats);
    }
    for (std::size_t d = 0; d < head.size; ++d) {
      const float* keys = head.turned + d * head.padded + t;
      const Vec a = hn::LoadU(kFloats, keys);
      const Vec b = hn::LoadU(kFloats, keys + lanes);
      for (std::size_t r = 0; r < kBlock; ++r) {
        const Vec q = hn::Set(kFloats, query[r][d]);
        left[r] = hn::MulAdd(q, a, left[r]);
        right[r] = hn::MulAdd(q, b, right[r]);
      }
    }
    for (std::size_t r = 0; r < kBlock; ++r) {
      float* to = head.scores + r * head.padded + t;
      hn::StoreU(hn::Mul(left[r], factor), kFloats, to);
      hn::StoreU(hn::Mul(right[r], factor), kFloats, to + lanes);
    }
  }
}

// e^(score - best) over one row; returns 1 / their sum.
float Softmax(const Head& head, float* scores) {
  const std::size_t lanes = hn::Lanes(kFloats);
  // Padding never counts.
  std::fill(scores + head.tokens, scores + head.padded, -1e30F);
  Vec best = hn::LoadU(kFloats, scores);
  for (std::size_t t = lanes; t < head.padded; t += lanes) {
    best = hn::Max(best, hn::LoadU(kFloats, scores + t));
  }
  best = hn::MaxOfLanes(kFloats, best);
  Sums sum;
  for (std::size_t t = 0; t < head.padded;) {
    for (Vec& part : sum.parts) {
      const Vec e =
          ExpOfNegative(hn::Sub(hn::LoadU(kFloats, scores + t), best));
      hn::StoreU(e, kFloats, scores + t);
      part = hn::Add(part, e);
      t += lanes;
    }
  }
  return 1.0F / sum.Total();
}

// Mixes the values of the tokens by the scores of a block.
void MixBlock(const Head& head, std::size_t first, const float* shares,
              std::size_t width, float* out) {
  const std::size_t lanes = hn::Lanes(kFloats);
  // A head may be one vector wide: then both halves are that.
  const std::size_t second = head.size > lanes ? lanes : 0;
  for (std::size_t d = 0; d < head.size; d += lanes + second) {
    Vec left[kBlock], right[kBlock];
    for (std::size_t r = 0; r < kBlock; ++r) {
      left[r] = right[r] = hn::Zero(kFloats);
    }
    for (std::size_t t = 0; t < head.tokens; ++t) {
      const float* at = head.values + t * head.stride + d;
      const Vec a = hn::LoadU(kFloats, at);
      const Vec b = hn::LoadU(kFloats, at + second);
      for (std::size_t r = 0; r < kBlock; ++r) {
        const Vec score = hn::Set(kFloats, head.scores[r * head.padded + t]);
        left[r] = hn::MulAdd(score, a, left[r]);
        right[r] = hn::MulAdd(score, b, right[r]);
      }
    }
    // A bound that is known: else the sums would live in memory.
    for (std::size_t r = 0; r < kBlock; ++r) {
      if (first + r >= head.asking) break;
      const Vec share = hn::Set(kFloats, shares[r]);
      float* to = out + (first + r) * width + d;
      hn::StoreU(hn::Mul(left[r], share), kFloats, to);
      hn::StoreU(hn::Mul(right[r], share), kFloats, to + second);
    }
  }
}

void AttendHeadImpl(const float* rows, const AttentionShape& shape,
                    std::size_t number, float* scratch, float* out) {
  const std::size_t at = number * shape.head;
  const std::size_t padded = PaddedTokens(shape.tokens);
  const float scale = 1.0F / std::sqrt(static_cast<float>(shape.head));
  const Head head{.queries = rows + at,
                  .keys = rows + shape.width + at,
                  .values = rows + 2 * shape.width + at,
                  .tokens = shape.tokens,
                  .asking = shape.asking,
                  .padded = padded,
                  .stride = 3 * shape.width,
                  .size = shape.head,
                  .turned = scratch,
                  .scores = scratch + shape.head * padded};
  TurnKeys(head);
  for (std::size_t first = 0; first < shape.asking; first += kBlock) {
    ScoreBlock(head, first, scale);
    float shares[kBlock];
    for (std::size_t r = 0; r < kBlock; ++r) {
      shares[r] = Softmax(head, head.scores + r * padded);
    }
    MixBlock(head, first, shares, shape.width, out + at);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn {
HWY_EXPORT(QuantizeRowsImpl);
HWY_EXPORT(ScalePanelImpl);
HWY_EXPORT(GeluImpl);
HWY_EXPORT(AddAndNormalizeImpl);
HWY_EXPORT(AttendHeadImpl);

void QuantizeRows(const float* values, std::size_t rows, std::size_t width,
                  std::uint8_t* codes, Quantization* made) {
  HWY_DYNAMIC_DISPATCH(QuantizeRowsImpl)(values, rows, width, codes, made);
}

void ScalePanel(const std::int32_t* sums, std::size_t rows,
                const PanelScaling& scaling, float* out, std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(ScalePanelImpl)(sums, rows, scaling, out, stride);
}

void Gelu(float* values, std::size_t rows, std::size_t width,
          std::size_t stride) {
  HWY_DYNAMIC_DISPATCH(GeluImpl)(values, rows, width, stride);
}

void AddAndNormalize(const float* values, const float* residual,
                     std::size_t rows, std::size_t width,
                     const LayerNormOf& norm, float* out) {
  HWY_DYNAMIC_DISPATCH(AddAndNormalizeImpl)
  (values, residual, rows, width, norm, out);
}

std::size_t AttentionScratch(std::size_t tokens, std::size_t head) {
  return (head + kBlockMax) * PaddedTokens(tokens);
}

void AttendHead(const float* rows, const AttentionShape& shape,
                std::size_t number, float* scratch, float* out) {
  HWY_DYNAMIC_DISPATCH(AttendHeadImpl)(rows, shape, number, scratch, out);
}
}  // namespace cairn
#endif
