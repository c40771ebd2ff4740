#include "models/bert/gemm_kernels.h"
#include "models/bert/int8_gemm.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstring>

namespace cairn {
namespace {

#define CAIRN_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

constexpr std::size_t kStrips = kPanelColumns / kStripColumns;

CAIRN_AVX512 inline __m512i Four(const std::uint8_t* left) {
  std::int32_t bytes;
  std::memcpy(&bytes, left, sizeof(bytes));
  return _mm512_set1_epi32(bytes);
}

// kRows rows of the whole panel: 4 kRows sums, 4 weights and a left side stay
// in the 32 registers.
template <std::size_t kRows>
CAIRN_AVX512 inline void Block(const std::uint8_t* left, std::size_t depth,
                               const std::int8_t* panel, std::int32_t* out) {
  __m512i sums[kRows][kStrips];
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t s = 0; s < kStrips; ++s) {
      sums[r][s] = _mm512_setzero_si512();
    }
  }
  for (std::size_t k = 0; k < depth; k += 4) {
    __m512i weights[kStrips];
    for (std::size_t s = 0; s < kStrips; ++s) {
      weights[s] = _mm512_load_si512(panel + (s * depth + k) * kStripColumns);
    }
    for (std::size_t r = 0; r < kRows; ++r) {
      const __m512i four = Four(left + r * depth + k);
      for (std::size_t s = 0; s < kStrips; ++s) {
        sums[r][s] = _mm512_dpbusd_epi32(sums[r][s], four, weights[s]);
      }
    }
  }
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t s = 0; s < kStrips; ++s) {
      _mm512_storeu_si512(out + r * kPanelColumns + s * kStripColumns,
                          sums[r][s]);
    }
  }
}

}  // namespace

bool CpuHasAvx512Vnni() {
  return __builtin_cpu_supports("avx512f") != 0 &&
         __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 &&
         __builtin_cpu_supports("avx512vnni") != 0;
}

CAIRN_AVX512 void MultiplyAvx512Vnni(const std::uint8_t* left, std::size_t rows,
                                     std::size_t depth,
                                     const std::int8_t* panel,
                                     std::int32_t* out) {
  constexpr std::size_t kRows = 6;
  std::size_t r = 0;
  for (; r + kRows <= rows; r += kRows) {
    Block<kRows>(left + r * depth, depth, panel, out + r * kPanelColumns);
  }
  for (; r + 2 <= rows; r += 2) {
    Block<2>(left + r * depth, depth, panel, out + r * kPanelColumns);
  }
  if (r < rows) {
    Block<1>(left + r * depth, depth, panel, out + r * kPanelColumns);
  }
}

}  // namespace cairn

#else

namespace cairn {

bool CpuHasAvx512Vnni() { return false; }
void MultiplyAvx512Vnni(const std::uint8_t*, std::size_t, std::size_t,
                        const std::int8_t*, std::int32_t*) {}

}  // namespace cairn

#endif
