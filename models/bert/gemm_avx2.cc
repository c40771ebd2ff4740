#include "models/bert/gemm_kernels.h"
#include "models/bert/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstring>

namespace cairn {
namespace {

#define CAIRN_AVX2 __attribute__((target("avx2")))

// Products of weights of 7 bits: two of them fit 16 bits.
CAIRN_AVX2 inline __m256i Add(__m256i sum, __m256i left, __m256i weights) {
  const __m256i pairs = _mm256_maddubs_epi16(left, weights);
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

CAIRN_AVX2 inline __m256i Four(const std::uint8_t* left) {
  std::int32_t bytes;
  std::memcpy(&bytes, left, sizeof(bytes));
  return _mm256_set1_epi32(bytes);
}

// kRows rows of one strip.
template <std::size_t kRows>
CAIRN_AVX2 inline void Block(const std::uint8_t* left, std::size_t depth,
                             const std::int8_t* strip, std::int32_t* out) {
  __m256i low[kRows], high[kRows];
  for (std::size_t r = 0; r < kRows; ++r) {
    low[r] = high[r] = _mm256_setzero_si256();
  }
  for (std::size_t k = 0; k < depth; k += 4) {
    const auto* from = reinterpret_cast<const __m256i*>(strip + k * 16);
    const __m256i a = _mm256_load_si256(from);
    const __m256i b = _mm256_load_si256(from + 1);
    for (std::size_t r = 0; r < kRows; ++r) {
      const __m256i four = Four(left + r * depth + k);
      low[r] = Add(low[r], four, a);
      high[r] = Add(high[r], four, b);
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    auto* to = reinterpret_cast<__m256i*>(out + r * kPanelColumns);
    _mm256_storeu_si256(to, low[r]);
    _mm256_storeu_si256(to + 1, high[r]);
  }
}

}  // namespace

bool CpuHasAvx2() { return __builtin_cpu_supports("avx2") != 0; }

CAIRN_AVX2 void MultiplyAvx2(const std::uint8_t* left, std::size_t rows,
                             std::size_t depth, const std::int8_t* panel,
                             std::int32_t* out) {
  constexpr std::size_t kRows = 4;
  for (std::size_t c = 0; c < kPanelColumns; c += kStripColumns) {
    const std::int8_t* strip = panel + c * depth;
    std::size_t r = 0;
    for (; r + kRows <= rows; r += kRows) {
      Block<kRows>(left + r * depth, depth, strip, out + r * kPanelColumns + c);
    }
    for (; r < rows; ++r) {
      Block<1>(left + r * depth, depth, strip, out + r * kPanelColumns + c);
    }
  }
}

}  // namespace cairn

#else

namespace cairn {

bool CpuHasAvx2() { return false; }
void MultiplyAvx2(const std::uint8_t*, std::size_t, std::size_t,
                  const std::int8_t*, std::int32_t*) {}

}  // namespace cairn

#endif
