// The kernels behind int8_gemm.h, a file each; on other CPUs than x86-64 none
// of them runs. Only int8_gemm.cc includes this.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/bert/int8_gemm.h"

namespace cairn {

// Columns of a strip: 64 bytes hold four rows of it.
inline constexpr std::size_t kStripColumns = 16;

bool CpuHasAvx2();
bool CpuHasAvxVnni();
bool CpuHasAvx512Vnni();
// Also asks the system, once for the process, to keep the tiles of threads.
bool CpuHasAmx();

void MultiplyAvx2(const std::uint8_t* left, std::size_t rows, std::size_t depth,
                  const std::int8_t* panel, std::int32_t* out);
void MultiplyAvxVnni(const std::uint8_t* left, std::size_t rows,
                     std::size_t depth, const std::int8_t* panel,
                     std::int32_t* out);
void MultiplyAvx512Vnni(const std::uint8_t* left, std::size_t rows,
                        std::size_t depth, const std::int8_t* panel,
                        std::int32_t* out);
// Writes PaddedRows(rows) rows.
void MultiplyAmx(const std::uint8_t* left, std::size_t rows, std::size_t depth,
                 const std::int8_t* panel, std::int32_t* out);
// Six rows at a time, then two, then one, each by its own function over the
// same weights.
using GemmBlock = void (*)(const std::uint8_t* left, std::size_t depth,
                           const std::int8_t* weights, std::int32_t* out);
template <GemmBlock kSix, GemmBlock kTwo, GemmBlock kOne>
void MultiplyByRows(const std::uint8_t* left, std::size_t rows,
                    std::size_t depth, const std::int8_t* weights,
                    std::int32_t* out) {
  std::size_t r = 0;
  for (; r + 6 <= rows; r += 6) {
    kSix(left + r * depth, depth, weights, out + r * kPanelColumns);
  }
  for (; r + 2 <= rows; r += 2) {
    kTwo(left + r * depth, depth, weights, out + r * kPanelColumns);
  }
  if (r < rows) kOne(left + r * depth, depth, weights, out + r * kPanelColumns);
}

// Of the calling thread.
void ConfigureTiles();
void ReleaseTiles();

}  // namespace cairn
