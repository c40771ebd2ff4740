#include "models/bert/gemm_kernels.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

#include <cstring>

namespace cairn {
namespace {

#define CAIRN_AVX_VNNI __attribute__((target("avx2,avxvnni")))

// One row of sums over a strip's two halves. Named, and not an array: see
// gemm_avx512.cc.
struct Row {
  __m256i low, high;
};

CAIRN_AVX_VNNI inline void Add(const std::uint8_t* left, __m256i low,
                               __m256i high, Row& row) {
  std::int32_t bytes;
  std::memcpy(&bytes, left, sizeof(bytes));
  const __m256i four = _mm256_set1_epi32(bytes);
  row.low = _mm256_dpbusd_avx_epi32(row.low, four, low);
  row.high = _mm256_dpbusd_avx_epi32(row.high, four, high);
}

CAIRN_AVX_VNNI inline void Store(const Row& row, std::int32_t* out) {
  auto* to = reinterpret_cast<__m256i*>(out);
  _mm256_storeu_si256(to, row.low);
  _mm256_storeu_si256(to + 1, row.high);
}

// kRows rows of one strip, at most six: 12 sums, 2 weights and a left side stay
// in the 16 registers.
template <std::size_t kRows>
CAIRN_AVX_VNNI inline void Block(const std::uint8_t* left, std::size_t depth,
                                 const std::int8_t* strip, std::int32_t* out) {
  const __m256i zero = _mm256_setzero_si256();
  Row first{zero, zero}, second = first, third = first, fourth = first,
                         fifth = first, sixth = first;
  for (std::size_t k = 0; k < depth; k += 4) {
    const auto* from =
        reinterpret_cast<const __m256i*>(strip + k * kStripColumns);
    const __m256i low = _mm256_load_si256(from);
    const __m256i high = _mm256_load_si256(from + 1);
    Add(left + k, low, high, first);
    if constexpr (kRows > 1) Add(left + depth + k, low, high, second);
    if constexpr (kRows > 2) Add(left + 2 * depth + k, low, high, third);
    if constexpr (kRows > 3) Add(left + 3 * depth + k, low, high, fourth);
    if constexpr (kRows > 4) Add(left + 4 * depth + k, low, high, fifth);
    if constexpr (kRows > 5) Add(left + 5 * depth + k, low, high, sixth);
  }
  Store(first, out);
  if constexpr (kRows > 1) Store(second, out + kPanelColumns);
  if constexpr (kRows > 2) Store(third, out + 2 * kPanelColumns);
  if constexpr (kRows > 3) Store(fourth, out + 3 * kPanelColumns);
  if constexpr (kRows > 4) Store(fifth, out + 4 * kPanelColumns);
  if constexpr (kRows > 5) Store(sixth, out + 5 * kPanelColumns);
}

}  // namespace

// Asked of the CPU itself: not every compiler has a name for it. Registers of
// 256 bits are kept by the system where AVX2 is supported.
bool CpuHasAvxVnni() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  constexpr unsigned kAvxVnni = 1U << 4;
  return CpuHasAvx2() && __get_cpuid_count(7, 1, &a, &b, &c, &d) != 0 &&
         (a & kAvxVnni) != 0;
}

void MultiplyAvxVnni(const std::uint8_t* left, std::size_t rows,
                     std::size_t depth, const std::int8_t* panel,
                     std::int32_t* out) {
  for (std::size_t c = 0; c < kPanelColumns; c += kStripColumns) {
    MultiplyByRows<Block<6>, Block<2>, Block<1>>(left, rows, depth,
                                                 panel + c * depth, out + c);
  }
}

}  // namespace cairn

#else

namespace cairn {

bool CpuHasAvxVnni() { return false; }
void MultiplyAvxVnni(const std::uint8_t*, std::size_t, std::size_t,
                     const std::int8_t*, std::int32_t*) {}

}  // namespace cairn

#endif
