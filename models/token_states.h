// TokenStates: what an encoder thinks of each token of a text, between its
// layers. Readers that judge words work on them (models/reader).
#pragma once

#include <cstddef>
#include <vector>

namespace cairn {

struct TokenStates {
  std::size_t tokens = 0;  // Special ones included.
  std::size_t width = 0;   // Of one state.
  // One matrix a layer asked for, in that order: tokens x width, by rows.
  std::vector<std::vector<float>> layers;
};

}  // namespace cairn
