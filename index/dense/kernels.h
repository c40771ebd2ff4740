// The SIMD inner loops of dense search, chosen for the CPU at run time
// (Highway). The same result on every target: integer arithmetic, or floats
// in a fixed order and without fused steps.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cairn {

// Every row is padded with zeros to a multiple of this many codes.
inline constexpr std::size_t kCodePadding = 64;

// out[r] = dot(query, codes + r * stride). `stride` is a multiple of
// kCodePadding; the caller keeps the sums within 32 bits.
void DotRows(const std::int16_t* query, const std::int8_t* codes,
             std::size_t stride, std::size_t rows, std::int32_t* out);
// The same for rows that lie anywhere, fetched ahead of use.
void DotRowsAt(const std::int16_t* query, const std::int8_t* const* codes,
               std::size_t stride, std::size_t rows, std::int32_t* out);
// Of half floats, in 16 sums that are added in order: the same on every CPU.
// `stride` is a multiple of 16.
float DotHalves(const float* query, const std::uint16_t* halves,
                std::size_t stride);
std::int32_t DotCodes(const std::int8_t* a, const std::int8_t* b,
                      std::size_t stride);

}  // namespace cairn
