// Products of a matrix of bytes with packed weights: where an encoder spends
// its time.
//
// Place: Linear layers of BertNetwork. Integer arithmetic without saturation:
// every kernel gives the same sums.
// Threads: safe; a thread that multiplies on tiles holds a TileState.
// Limits: depth a multiple of 64; weights of at most 64 in magnitude (7 bits,
// as quantisers make them for CPUs whose products saturate at 16 bits). Source
// of the AMX form: Intel SDM, "TDPBUSD"; of the packing: the same, the layout
// of its second operand.
#pragma once

#include <hwy/aligned_allocator.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cairn {

enum class GemmKernel {
  kPortable,  // Plain loops: the oracle of the others.
  kAvx2,
  kAvxVnni,  // Without AVX-512.
  kAvx512Vnni,
  kAmx,
};

// The fastest that this CPU and its system allow. Asks once.
GemmKernel BestGemmKernel();
bool Runs(GemmKernel kernel);
const char* NameOf(GemmKernel kernel);

inline constexpr std::size_t kGemmDepthStep = 64;
inline constexpr int kGemmWeightMax = 64;
// Columns of a panel, the unit of one call.
inline constexpr std::size_t kPanelColumns = 64;
// Rows of the left side and of the sums are there up to a multiple of this.
inline constexpr std::size_t kGemmRowStep = 32;

constexpr std::size_t PaddedRows(std::size_t rows) {
  return (rows + kGemmRowStep - 1) / kGemmRowStep * kGemmRowStep;
}

// A matrix of weights, depth x columns, cut into panels of 64 columns; those
// into strips of 16 columns, which hold four rows of the matrix side by side.
class PackedWeights {
 public:
  PackedWeights() = default;
  // `columns` is a multiple of kPanelColumns; weights by rows.
  PackedWeights(std::span<const std::int8_t> weights, std::size_t depth,
                std::size_t columns);

  std::size_t depth() const { return depth_; }
  std::size_t columns() const { return columns_; }
  const std::int8_t* panel(std::size_t number) const {
    return data_.get() + number * depth_ * kPanelColumns;
  }
  // Of each column.
  const std::vector<std::int32_t>& sums() const { return sums_; }

 private:
  std::size_t depth_ = 0;
  std::size_t columns_ = 0;
  hwy::AlignedFreeUniquePtr<std::int8_t[]> data_;
  std::vector<std::int32_t> sums_;
};

// Readies the calling thread for kernel kAmx; nothing for the others.
class TileState {
 public:
  explicit TileState(GemmKernel kernel);
  ~TileState();
  TileState(const TileState&) = delete;
  TileState& operator=(const TileState&) = delete;

 private:
  const bool tiles_;
};

// out[r * 64 + c] = sum over k of left[r * depth + k] * weight(k, c), for the
// columns of one panel. `left` and `out` have PaddedRows(rows) rows; those past
// `rows` may hold anything. A TileState of `kernel` lives on this thread.
void MultiplyPanel(GemmKernel kernel, const std::uint8_t* left,
                   std::size_t rows, std::size_t depth,
                   const std::int8_t* panel, std::int32_t* out);

}  // namespace cairn
