#include "index/dense/kernels.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "index/dense/kernels.cc"
#include "hwy/cache_control.h"
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace cairn {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// `Load(i)` gives the left factor's lanes at i as int16.
template <class Left>
HWY_INLINE std::int32_t Dot(Left left, const std::int8_t* codes,
                            std::size_t stride) {
  const hn::CappedTag<std::int16_t, 32> d16;
  const hn::Rebind<std::int8_t, decltype(d16)> d8;
  const hn::RepartitionToWide<decltype(d16)> d32;
  auto a0 = hn::Zero(d32), a1 = hn::Zero(d32);
  auto b0 = hn::Zero(d32), b1 = hn::Zero(d32);
  const std::size_t step = hn::Lanes(d16);
  for (std::size_t i = 0; i < stride; i += 2 * step) {
    const auto x = hn::PromoteTo(d16, hn::LoadU(d8, codes + i));
    const auto y = hn::PromoteTo(d16, hn::LoadU(d8, codes + i + step));
    a0 = hn::ReorderWidenMulAccumulate(d32, left(i), x, a0, a1);
    b0 = hn::ReorderWidenMulAccumulate(d32, left(i + step), y, b0, b1);
  }
  const auto sum = hn::Add(hn::Add(a0, a1), hn::Add(b0, b1));
  return hn::GetLane(hn::SumOfLanes(d32, sum));
}

void DotRowsImpl(const std::int16_t* query, const std::int8_t* codes,
                 std::size_t stride, std::size_t rows, std::int32_t* out) {
  const hn::CappedTag<std::int16_t, 32> d16;
  const auto left = [&](std::size_t i) { return hn::LoadU(d16, query + i); };
  for (std::size_t r = 0; r < rows; ++r) {
    out[r] = Dot(left, codes + r * stride, stride);
  }
}

HWY_INLINE void Fetch(const std::int8_t* codes, std::size_t stride) {
  for (std::size_t i = 0; i < stride; i += 64) hwy::Prefetch(codes + i);
}

void DotRowsAtImpl(const std::int16_t* query, const std::int8_t* const* codes,
                   std::size_t stride, std::size_t rows, std::int32_t* out) {
  constexpr std::size_t kAhead = 3;
  const hn::CappedTag<std::int16_t, 32> d16;
  const auto left = [&](std::size_t i) { return hn::LoadU(d16, query + i); };
  for (std::size_t r = 0; r < rows && r < kAhead; ++r) Fetch(codes[r], stride);
  for (std::size_t r = 0; r < rows; ++r) {
    if (r + kAhead < rows) Fetch(codes[r + kAhead], stride);
    out[r] = Dot(left, codes[r], stride);
  }
}

float DotHalvesImpl(const float* query, const std::uint16_t* halves,
                    std::size_t stride) {
  constexpr std::size_t kSums = 16;
  const hn::CappedTag<float, kSums> d32;
  const hn::Rebind<hwy::float16_t, decltype(d32)> d16;
  const auto* from = reinterpret_cast<const hwy::float16_t*>(halves);
  HWY_ALIGN float sums[kSums];
  for (std::size_t lane = 0; lane < kSums; lane += hn::Lanes(d32)) {
    auto sum = hn::Zero(d32);
    for (std::size_t i = lane; i < stride; i += kSums) {
      const auto value = hn::PromoteTo(d32, hn::LoadU(d16, from + i));
      sum = hn::Add(sum, hn::Mul(value, hn::LoadU(d32, query + i)));
    }
    hn::Store(sum, d32, sums + lane);
  }
  double total = 0;
  for (const float sum : sums) total += sum;
  return static_cast<float>(total);
}

std::int32_t DotCodesImpl(const std::int8_t* a, const std::int8_t* b,
                          std::size_t stride) {
  const hn::CappedTag<std::int16_t, 32> d16;
  const hn::Rebind<std::int8_t, decltype(d16)> d8;
  return Dot(
      [&](std::size_t i) { return hn::PromoteTo(d16, hn::LoadU(d8, a + i)); },
      b, stride);
}

}  // namespace HWY_NAMESPACE
}  // namespace cairn
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cairn {
HWY_EXPORT(DotRowsImpl);
HWY_EXPORT(DotRowsAtImpl);
HWY_EXPORT(DotHalvesImpl);
HWY_EXPORT(DotCodesImpl);

void DotRows(const std::int16_t* query, const std::int8_t* codes,
             std::size_t stride, std::size_t rows, std::int32_t* out) {
  HWY_DYNAMIC_DISPATCH(DotRowsImpl)(query, codes, stride, rows, out);
}

void DotRowsAt(const std::int16_t* query, const std::int8_t* const* codes,
               std::size_t stride, std::size_t rows, std::int32_t* out) {
  HWY_DYNAMIC_DISPATCH(DotRowsAtImpl)(query, codes, stride, rows, out);
}

float DotHalves(const float* query, const std::uint16_t* halves,
                std::size_t stride) {
  return HWY_DYNAMIC_DISPATCH(DotHalvesImpl)(query, halves, stride);
}

std::int32_t DotCodes(const std::int8_t* a, const std::int8_t* b,
                      std::size_t stride) {
  return HWY_DYNAMIC_DISPATCH(DotCodesImpl)(a, b, stride);
}
}  // namespace cairn
#endif
