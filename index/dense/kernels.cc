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
HWY_EXPORT(DotCodesImpl);

void DotRows(const std::int16_t* query, const std::int8_t* codes,
             std::size_t stride, std::size_t rows, std::int32_t* out) {
  HWY_DYNAMIC_DISPATCH(DotRowsImpl)(query, codes, stride, rows, out);
}

void DotRowsAt(const std::int16_t* query, const std::int8_t* const* codes,
               std::size_t stride, std::size_t rows, std::int32_t* out) {
  HWY_DYNAMIC_DISPATCH(DotRowsAtImpl)(query, codes, stride, rows, out);
}

std::int32_t DotCodes(const std::int8_t* a, const std::int8_t* b,
                      std::size_t stride) {
  return HWY_DYNAMIC_DISPATCH(DotCodesImpl)(a, b, stride);
}
}  // namespace cairn
#endif
