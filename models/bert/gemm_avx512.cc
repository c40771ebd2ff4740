#include "models/bert/gemm_kernels.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstring>

namespace cairn {
namespace {

#define CAIRN_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))

static_assert(kPanelColumns == 4 * kStripColumns);

CAIRN_AVX512 inline __m512i Four(const std::uint8_t* left) {
  std::int32_t bytes;
  std::memcpy(&bytes, left, sizeof(bytes));
  return _mm512_set1_epi32(bytes);
}

// One row of sums over the panel's four strips. Named, and not an array: GCC
// stores each element of an array again after every product.
struct Row {
  __m512i a, b, c, d;
};

struct Weights {
  __m512i a, b, c, d;
};

CAIRN_AVX512 inline Weights Load(const std::int8_t* panel, std::size_t strip) {
  return {.a = _mm512_load_si512(panel),
          .b = _mm512_load_si512(panel + strip),
          .c = _mm512_load_si512(panel + 2 * strip),
          .d = _mm512_load_si512(panel + 3 * strip)};
}

CAIRN_AVX512 inline void Add(const std::uint8_t* left, const Weights& weights,
                             Row& row) {
  const __m512i four = Four(left);
  row.a = _mm512_dpbusd_epi32(row.a, four, weights.a);
  row.b = _mm512_dpbusd_epi32(row.b, four, weights.b);
  row.c = _mm512_dpbusd_epi32(row.c, four, weights.c);
  row.d = _mm512_dpbusd_epi32(row.d, four, weights.d);
}

CAIRN_AVX512 inline void Store(const Row& row, std::int32_t* out) {
  _mm512_storeu_si512(out, row.a);
  _mm512_storeu_si512(out + kStripColumns, row.b);
  _mm512_storeu_si512(out + 2 * kStripColumns, row.c);
  _mm512_storeu_si512(out + 3 * kStripColumns, row.d);
}

// kRows rows of the whole panel, at most six: 24 sums, 4 weights and a left
// side stay in the 32 registers.
template <std::size_t kRows>
CAIRN_AVX512 inline void Block(const std::uint8_t* left, std::size_t depth,
                               const std::int8_t* panel, std::int32_t* out) {
  const __m512i zero = _mm512_setzero_si512();
  Row first{zero, zero, zero, zero}, second = first, third = first,
                                     fourth = first, fifth = first,
                                     sixth = first;
  for (std::size_t k = 0; k < depth; k += 4) {
    const Weights weights =
        Load(panel + k * kStripColumns, depth * kStripColumns);
    Add(left + k, weights, first);
    if constexpr (kRows > 1) Add(left + depth + k, weights, second);
    if constexpr (kRows > 2) Add(left + 2 * depth + k, weights, third);
    if constexpr (kRows > 3) Add(left + 3 * depth + k, weights, fourth);
    if constexpr (kRows > 4) Add(left + 4 * depth + k, weights, fifth);
    if constexpr (kRows > 5) Add(left + 5 * depth + k, weights, sixth);
  }
  Store(first, out);
  if constexpr (kRows > 1) Store(second, out + kPanelColumns);
  if constexpr (kRows > 2) Store(third, out + 2 * kPanelColumns);
  if constexpr (kRows > 3) Store(fourth, out + 3 * kPanelColumns);
  if constexpr (kRows > 4) Store(fifth, out + 4 * kPanelColumns);
  if constexpr (kRows > 5) Store(sixth, out + 5 * kPanelColumns);
}

}  // namespace

bool CpuHasAvx512Vnni() {
  return __builtin_cpu_supports("avx512f") != 0 &&
         __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512vl") != 0 &&
         __builtin_cpu_supports("avx512vnni") != 0;
}

void MultiplyAvx512Vnni(const std::uint8_t* left, std::size_t rows,
                        std::size_t depth, const std::int8_t* panel,
                        std::int32_t* out) {
  MultiplyByRows<Block<6>, Block<2>, Block<1>>(left, rows, depth, panel, out);
}

}  // namespace cairn

#else

namespace cairn {

bool CpuHasAvx512Vnni() { return false; }
void MultiplyAvx512Vnni(const std::uint8_t*, std::size_t, std::size_t,
                        const std::int8_t*, std::int32_t*) {}

}  // namespace cairn

#endif
