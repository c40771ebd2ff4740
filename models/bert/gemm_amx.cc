#include "models/bert/gemm_kernels.h"
#include "models/bert/int8_gemm.h"

#if defined(__x86_64__) && defined(__linux__)

#include <cpuid.h>
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cairn {
namespace {

#define CAIRN_AMX __attribute__((target("amx-tile,amx-int8")))

constexpr std::size_t kTileRows = 16;
constexpr std::size_t kTileBytes = 64;  // Of a row of a tile.

// linux/arch_prctl.h and the number of the tiles' state (Intel SDM 13.1).
constexpr long kRequestPermission = 0x1023;
constexpr unsigned long kTileData = 18;

// Palette 1: eight tiles of 16 rows of 64 bytes.
struct alignas(64) TileConfig {
  std::uint8_t palette = 1;
  std::uint8_t start = 0;
  std::uint8_t reserved[14] = {};
  std::uint16_t bytes[16] = {64, 64, 64, 64, 64, 64, 64, 64};
  std::uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
static_assert(sizeof(TileConfig) == 64);

bool SystemAllowsTiles() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  constexpr unsigned kTile = 1U << 24, kInt8 = 1U << 25;
  if ((d & kTile) == 0 || (d & kInt8) == 0) return false;
  return syscall(SYS_arch_prctl, kRequestPermission, kTileData) == 0;
}

// 32 rows of 32 columns: two tiles of the left side, two strips.
CAIRN_AMX void Block(const std::uint8_t* left, std::size_t depth,
                     const std::int8_t* strips, std::int32_t* out) {
  const std::int8_t* second = strips + depth * kStripColumns;
  const std::uint8_t* below = left + kTileRows * depth;
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (std::size_t k = 0; k < depth; k += kTileBytes) {
    _tile_loadd(4, left + k, depth);
    _tile_loadd(6, strips + k * kStripColumns, kTileBytes);
    _tile_loadd(7, second + k * kStripColumns, kTileBytes);
    _tile_dpbusd(0, 4, 6);
    _tile_dpbusd(1, 4, 7);
    _tile_loadd(5, below + k, depth);
    _tile_dpbusd(2, 5, 6);
    _tile_dpbusd(3, 5, 7);
  }
  constexpr std::size_t kStride = kPanelColumns * sizeof(std::int32_t);
  std::int32_t* lower = out + kTileRows * kPanelColumns;
  _tile_stored(0, out, kStride);
  _tile_stored(1, out + kStripColumns, kStride);
  _tile_stored(2, lower, kStride);
  _tile_stored(3, lower + kStripColumns, kStride);
}

// 16 rows of the whole panel.
CAIRN_AMX void LastBlock(const std::uint8_t* left, std::size_t depth,
                         const std::int8_t* panel, std::int32_t* out) {
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  const std::size_t strip = depth * kStripColumns;
  for (std::size_t k = 0; k < depth; k += kTileBytes) {
    const std::int8_t* weights = panel + k * kStripColumns;
    _tile_loadd(4, left + k, depth);
    _tile_loadd(6, weights, kTileBytes);
    _tile_dpbusd(0, 4, 6);
    _tile_loadd(7, weights + strip, kTileBytes);
    _tile_dpbusd(1, 4, 7);
    _tile_loadd(6, weights + 2 * strip, kTileBytes);
    _tile_dpbusd(2, 4, 6);
    _tile_loadd(7, weights + 3 * strip, kTileBytes);
    _tile_dpbusd(3, 4, 7);
  }
  constexpr std::size_t kStride = kPanelColumns * sizeof(std::int32_t);
  _tile_stored(0, out, kStride);
  _tile_stored(1, out + kStripColumns, kStride);
  _tile_stored(2, out + 2 * kStripColumns, kStride);
  _tile_stored(3, out + 3 * kStripColumns, kStride);
}

}  // namespace

bool CpuHasAmx() {
  static const bool allowed = SystemAllowsTiles();
  return allowed;
}

CAIRN_AMX void ConfigureTiles() {
  // Static: compilers take the instruction to read but the first bytes.
  static constexpr TileConfig kConfig;
  _tile_loadconfig(&kConfig);
}

CAIRN_AMX void ReleaseTiles() { _tile_release(); }

void MultiplyAmx(const std::uint8_t* left, std::size_t rows, std::size_t depth,
                 const std::int8_t* panel, std::int32_t* out) {
  constexpr std::size_t kPair = 2 * kStripColumns;
  for (std::size_t c = 0; c < kPanelColumns; c += kPair) {
    for (std::size_t r = 0; r + kTileRows < rows; r += 2 * kTileRows) {
      Block(left + r * depth, depth, panel + c * depth,
            out + r * kPanelColumns + c);
    }
  }
  const std::size_t rest = rows % (2 * kTileRows);
  if (rest == 0 || rest > kTileRows) return;
  const std::size_t r = rows - rest;
  LastBlock(left + r * depth, depth, panel, out + r * kPanelColumns);
}

}  // namespace cairn

#else

namespace cairn {

bool CpuHasAmx() { return false; }
void ConfigureTiles() {}
void ReleaseTiles() {}
void MultiplyAmx(const std::uint8_t*, std::size_t, std::size_t,
                 const std::int8_t*, std::int32_t*) {}

}  // namespace cairn

#endif
