// Line decoder: signs from the columns of a recognising network (connectionist
// temporal classification, read greedily).
//
// The network says of every column how probable each class is. Class 0 is
// "between signs"; a class that goes on over columns is one sign. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cairn::ocr {

// The most probable class of one column.
struct ColumnChoice {
  std::uint32_t cls = 0;
  float probability = 0;
};

// `probabilities`: `classes` for each column. The first of equals.
std::vector<ColumnChoice> BestOfColumns(std::span<const float> probabilities,
                                        std::size_t classes);

// A sign and the columns that say so, `to` excluded.
struct DecodedSign {
  char32_t sign = 0;
  std::uint32_t from = 0, to = 0;
  float probability = 0;  // The highest of its columns.
};

// Class i is signs[i - 1]; classes beyond the signs are left out.
std::vector<DecodedSign> DecodeColumns(std::span<const ColumnChoice> columns,
                                       std::span<const char32_t> signs);

}  // namespace cairn::ocr
