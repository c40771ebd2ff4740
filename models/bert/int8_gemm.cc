#include "models/bert/int8_gemm.h"

#include "models/bert/gemm_kernels.h"

namespace cairn {
namespace {

constexpr std::size_t kSide = 4;  // Rows of the matrix side by side.

std::size_t PlaceOf(std::size_t k, std::size_t column, std::size_t depth) {
  const std::size_t panel = column / kPanelColumns;
  const std::size_t strip = column % kPanelColumns / kStripColumns;
  return panel * depth * kPanelColumns + strip * depth * kStripColumns +
         k / kSide * kSide * kStripColumns + column % kStripColumns * kSide +
         k % kSide;
}

GemmKernel ChooseKernel() {
  for (const GemmKernel kernel : {GemmKernel::kAmx, GemmKernel::kAvx512Vnni,
                                  GemmKernel::kAvxVnni, GemmKernel::kAvx2}) {
    if (Runs(kernel)) return kernel;
  }
  return GemmKernel::kPortable;
}

void MultiplyPortable(const std::uint8_t* left, std::size_t rows,
                      std::size_t depth, const std::int8_t* panel,
                      std::int32_t* out) {
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < kPanelColumns; ++column) {
      std::int32_t sum = 0;
      for (std::size_t k = 0; k < depth; ++k) {
        sum += left[row * depth + k] * panel[PlaceOf(k, column, depth)];
      }
      out[row * kPanelColumns + column] = sum;
    }
  }
}

}  // namespace

GemmKernel BestGemmKernel() {
  static const GemmKernel best = ChooseKernel();
  return best;
}

bool Runs(GemmKernel kernel) {
  switch (kernel) {
    case GemmKernel::kPortable:
      return true;
    case GemmKernel::kAvx2:
      return CpuHasAvx2();
    case GemmKernel::kAvxVnni:
      return CpuHasAvxVnni();
    case GemmKernel::kAvx512Vnni:
      return CpuHasAvx512Vnni();
    case GemmKernel::kAmx:
      return CpuHasAmx();
  }
  return false;
}

const char* NameOf(GemmKernel kernel) {
  switch (kernel) {
    case GemmKernel::kPortable:
      return "portable";
    case GemmKernel::kAvx2:
      return "AVX2";
    case GemmKernel::kAvxVnni:
      return "AVX-VNNI";
    case GemmKernel::kAvx512Vnni:
      return "AVX-512 VNNI";
    case GemmKernel::kAmx:
      return "AMX";
  }
  return "";
}

PackedWeights::PackedWeights(std::span<const std::int8_t> weights,
                             std::size_t depth, std::size_t columns)
    : depth_(depth),
      columns_(columns),
      data_(hwy::AllocateAligned<std::int8_t>(depth * columns)),
      sums_(columns, 0) {
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t column = 0; column < columns; ++column) {
      const std::int8_t weight = weights[k * columns + column];
      data_[PlaceOf(k, column, depth)] = weight;
      sums_[column] += weight;
    }
  }
}

TileState::TileState(GemmKernel kernel) : tiles_(kernel == GemmKernel::kAmx) {
  if (tiles_) ConfigureTiles();
}

TileState::~TileState() {
  if (tiles_) ReleaseTiles();
}

void MultiplyPanel(GemmKernel kernel, const std::uint8_t* left,
                   std::size_t rows, std::size_t depth,
                   const std::int8_t* panel, std::int32_t* out) {
  switch (kernel) {
    case GemmKernel::kPortable:
      return MultiplyPortable(left, rows, depth, panel, out);
    case GemmKernel::kAvx2:
      return MultiplyAvx2(left, rows, depth, panel, out);
    case GemmKernel::kAvxVnni:
      return MultiplyAvxVnni(left, rows, depth, panel, out);
    case GemmKernel::kAvx512Vnni:
      return MultiplyAvx512Vnni(left, rows, depth, panel, out);
    case GemmKernel::kAmx:
      return MultiplyAmx(left, rows, depth, panel, out);
  }
}

}  // namespace cairn
