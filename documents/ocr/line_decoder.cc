#include "documents/ocr/line_decoder.h"

#include <algorithm>

namespace cairn::ocr {

std::vector<ColumnChoice> BestOfColumns(std::span<const float> probabilities,
                                        std::size_t classes) {
  std::vector<ColumnChoice> out;
  if (classes == 0) return out;
  for (std::size_t at = 0; at + classes <= probabilities.size();
       at += classes) {
    const auto column = probabilities.subspan(at, classes);
    const auto best = std::max_element(column.begin(), column.end());
    out.push_back({static_cast<std::uint32_t>(best - column.begin()), *best});
  }
  return out;
}

std::vector<DecodedSign> DecodeColumns(std::span<const ColumnChoice> columns,
                                       std::span<const char32_t> signs) {
  std::vector<DecodedSign> out;
  for (std::size_t from = 0, to = 0; from < columns.size(); from = to) {
    const std::uint32_t cls = columns[from].cls;
    float probability = 0;
    for (to = from; to < columns.size() && columns[to].cls == cls; ++to) {
      probability = std::max(probability, columns[to].probability);
    }
    if (cls == 0 || cls > signs.size()) continue;
    out.push_back({signs[cls - 1], static_cast<std::uint32_t>(from),
                   static_cast<std::uint32_t>(to), probability});
  }
  return out;
}

}  // namespace cairn::ocr
