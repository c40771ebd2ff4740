// Products of bytes a second, by kernel and rows, of a layer as large as those
// of the encoder (384 x 1536).
//   gemm_bench
#include <benchmark/benchmark.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/bert/int8_gemm.h"

namespace cairn {
namespace {

void BM_Layer(benchmark::State& state) {
  const auto kernel = static_cast<GemmKernel>(state.range(0));
  const auto rows = static_cast<std::size_t>(state.range(1));
  constexpr std::size_t kDepth = 384;
  constexpr std::size_t kColumns = 1536;
  state.SetLabel(NameOf(kernel));
  if (!Runs(kernel)) {
    state.SkipWithError("this CPU has none");
    return;
  }
  const PackedWeights weights(std::vector<std::int8_t>(kDepth * kColumns, 3),
                              kDepth, kColumns);
  const std::vector<std::uint8_t> left(PaddedRows(rows) * kDepth, 5);
  std::vector<std::int32_t> out(PaddedRows(rows) * kPanelColumns);
  const TileState tiles(kernel);
  for (auto _ : state) {
    for (std::size_t panel = 0; panel < kColumns / kPanelColumns; ++panel) {
      MultiplyPanel(kernel, left.data(), rows, kDepth, weights.panel(panel),
                    out.data());
      benchmark::DoNotOptimize(out.data());
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(rows * kDepth * kColumns) *
                          state.iterations());
}
BENCHMARK(BM_Layer)->ArgsProduct({{static_cast<int>(GemmKernel::kAvx2),
                                   static_cast<int>(GemmKernel::kAvxVnni),
                                   static_cast<int>(GemmKernel::kAvx512Vnni),
                                   static_cast<int>(GemmKernel::kAmx)},
                                  {1, 22, 32}});

}  // namespace
}  // namespace cairn
